"""How a firm stands to a segment by one clause: makes it, develops it, trades in it, merely names it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.matching.book import rows_of
from analysis.matching.grammar import BRACKETED, FAR, LISTED, NEGATED
from analysis.matching.heads import (
    COMPOUND,
    DEFINED,
    DENIED,
    EXCEPTED,
    FORM,
    HEAD,
    JOINED,
    PART,
    QUALIFIED,
    SERVICE,
    WASTE,
    WORKS,
)
from analysis.matching.reading import SELF
from analysis.matching.rules import SegmentRule
from analysis.matching.verbs import (
    AGENCY,
    BUILD,
    COLLECT,
    EXTRACT,
    GROW,
    INSTALL,
    INVEST,
    MAKING,
    MOVE,
    OPERATE,
    RD,
    RUN,
    SERVE,
    STORE,
    TRADE,
)

#: Relations; the strongest of a firm's is kept, see ``_RANK``.
(ABSENT, REFUSED, SOLD, BUILT, SERVED, OPERATED, BARE, SELFMADE, LISTED_PRODUCT, DEVELOPED, DONE) = range(11)
_RANK = np.array([0, 2, 10, 12, 14, 16, 30, 40, 60, 50, 70], dtype=np.uint64)
_NO_RESEARCH = np.uint32(INVEST | RUN | BUILD | AGENCY | COLLECT | EXTRACT)
_SERVICES = np.uint32(OPERATE | SERVE | MOVE | STORE | RUN)
_GOOD_HEADS = (HEAD, JOINED, DEFINED, PART, FORM)

#: A reading as one number: rank, code, keyword. The code: relation, head, class of the prefix, in brackets or not.
RANK_SHIFT, CODE_SHIFT = np.uint64(56), np.uint64(40)
HEAD_SHIFT, PREFIX_SHIFT, BRACKET_SHIFT = 4, 8, 11

Masks = npt.NDArray[np.uint32]
Bools = npt.NDArray[np.bool_]
Packed = npt.NDArray[np.uint64]


class _Rows:
    """Keywords in governed tokens, column by column."""

    def __init__(
        self, hits: pl.DataFrame, tokens: pl.DataFrame, marks: npt.NDArray[np.uint32], rules: Sequence[SegmentRule]
    ) -> None:
        which, at = rows_of(tokens["phrase"].to_numpy(), hits["phrase"].to_numpy())
        column = {name: hits[name].to_numpy()[which] for name in hits.columns}
        self.clause = tokens["clause"].to_numpy()[at]
        self.segment, self.keyword = column["segment"], column["keyword"]
        self.head, self.prefix = column["head"], column["prefix_class"]
        self.own, self.rest = column["own"], column["rest"]
        # 模具制造及其制品: the keyword's own verb goes before those of the list
        self.verbs: Masks = np.where(column["inner"] > 0, column["inner"], tokens["verbs"].to_numpy()[at])
        state = tokens["state"].to_numpy()[at]
        self.negated, self.bracketed = (state & NEGATED) > 0, (state & BRACKETED) > 0
        self.listed: Bools = (state & LISTED) > 0
        self.far: Bools = (state & FAR) > 0
        self.selfmade: Bools = (marks[column["phrase"]] & SELF) > 0
        self.counted: Masks = np.array([rule.counted for rule in rules], dtype=np.uint32)[self.segment]
        self.studied: Masks = np.array([rule.researched for rule in rules], dtype=np.uint32)[self.segment]
        kinds = np.array([rule.resolved_kind for rule in rules], dtype="U10")
        self.serves: Bools = np.isin(kinds, ("service", "support"))[self.segment]
        self.only_studied: Bools = (kinds == "rd")[self.segment]


def relate(
    hits: pl.DataFrame, tokens: pl.DataFrame, marks: npt.NDArray[np.uint32], rules: Sequence[SegmentRule]
) -> pl.DataFrame:
    """One row a clause and segment: the strongest reading, ``packed`` as rank, code and keyword."""
    rows = _Rows(hits, tokens, marks, rules)
    relation = _relation(rows)
    code = relation | rows.head.astype(np.uint64) << np.uint64(HEAD_SHIFT)
    code |= rows.prefix.astype(np.uint64) << np.uint64(PREFIX_SHIFT)
    code |= rows.bracketed.astype(np.uint64) << np.uint64(BRACKET_SHIFT)
    packed = _rank(rows, relation) << RANK_SHIFT | code << CODE_SHIFT | rows.keyword.astype(np.uint64)
    frame = pl.DataFrame({"clause": rows.clause, "segment": rows.segment, "packed": packed})
    return frame.group_by("clause", "segment").agg(pl.col("packed").max()).sort("clause", "segment")


def _relation(rows: _Rows) -> Packed:
    """The relation of each row; later lines go before earlier ones."""
    verbs = rows.verbs
    relation = np.full(len(verbs), SERVED, dtype=np.uint64)
    relation[(verbs & (BUILD | INSTALL)) > 0] = BUILT
    relation[(verbs & TRADE) > 0] = SOLD
    relation[(verbs & ~np.uint32(OPERATE)) == 0] = OPERATED
    relation[verbs == 0] = BARE
    relation[rows.selfmade & ~rows.serves] = SELFMADE
    # developing a site, a project or a resource is no research into a product
    relation[((verbs & rows.studied) > 0) & ((verbs & _NO_RESEARCH) == 0)] = DEVELOPED
    relation[_does(rows)] = DONE
    relation[rows.negated | (rows.head == DENIED)] = REFUSED
    return relation


def _does(rows: _Rows) -> Bools:
    """Rows that say that the firm does what the segment counts."""
    verbs, counted = rows.verbs, rows.counted
    idle = np.where(rows.serves, _SERVICES, np.uint32(OPERATE | SERVE))
    other = (verbs & ~counted & ~idle) > 0
    # 建筑工程设计服务: the service is the designing
    does: Bools = ((verbs & counted & ~np.uint32(SERVE)) > 0) | (((verbs & counted & SERVE) > 0) & ~other)
    # a keyword that is itself an activity counts unless something else is done about it (检测设备销售)
    busy = other & (rows.head != JOINED)
    # nor does a verb further on in the list concern it: 园林绿化工程，苗木种植销售
    goods = (verbs & ~np.uint32(TRADE | MAKING | GROW)) == 0
    busy &= ~(rows.serves & rows.listed & (goods | rows.far))
    # in brackets goods are described: 食品（含冷藏）
    does |= ((rows.own & counted) > 0) & ~busy & ~(rows.serves & rows.bracketed & (verbs == 0))
    # services are named without a verb: 货运站场服务, 园林绿化工程
    named = (rows.head == SERVICE) | ((rows.head == WORKS) & ((counted & BUILD) > 0))
    does |= rows.serves & (verbs == 0) & named
    # 运输代理, 检测技术开发
    aside = ((verbs & AGENCY & ~counted) > 0) | (((rows.rest & RD) > 0) & ((rows.rest & counted) == 0))
    does &= ~((rows.serves | rows.only_studied) & aside)
    return does & ~(rows.only_studied & ((verbs & (INVEST | BUILD)) > 0) & ((rows.own & counted) == 0))


def _rank(rows: _Rows, relation: Packed) -> Packed:
    """How much a reading counts against others of the same firm and segment."""
    rank = _RANK[relation]
    doubtful = ~np.isin(rows.head, _GOOD_HEADS)
    altered = np.isin(rows.prefix, (WASTE, COMPOUND, EXCEPTED, QUALIFIED))
    rank = np.where(doubtful, rank // 5, rank)
    rank = np.where(altered, rank // 5, rank)
    rank += (~rows.bracketed).astype(np.uint64)
    return rank + np.where(np.isin(rows.head, (HEAD, JOINED, DEFINED)), 2, 0).astype(np.uint64)
