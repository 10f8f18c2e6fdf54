"""How a firm stands to a segment by one clause: makes it, develops it, trades in it, merely names it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from analysis.matching.grammar import BRACKETED, NEGATED, OWN
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
    WASTE,
)
from analysis.matching.phrases import rows_of
from analysis.matching.reading import SELF
from analysis.matching.rules import SegmentRule
from analysis.matching.verbs import AGENCY, BUILD, INSTALL, INVEST, OPERATE, RD, SERVE, TRADE

(ABSENT, REFUSED, SOLD, BUILT, SERVED, OPERATED, BARE, SELFMADE, NAMED, LISTED_PRODUCT, DEVELOPED, DONE) = range(12)
RELATIONS = range(12)
_RANK = np.array([0, 2, 10, 12, 14, 16, 30, 40, 20, 60, 50, 70], dtype=np.uint64)
_GOOD_HEADS = (HEAD, JOINED, DEFINED, PART, FORM)

#: Layout of a reading's code: relation, head, prefix class, flags.
HEAD_SHIFT, PREFIX_SHIFT, FLAG_SHIFT = 4, 8, 11
IN_BRACKET, OWN_VERB, ALSO_SOLD, KEYWORD_VERB = 1, 2, 4, 8


def relate(hits: pl.DataFrame, tokens: pl.DataFrame, marks: np.ndarray, rules: Sequence[SegmentRule]) -> pl.DataFrame:
    """One row a clause and segment: ``code`` of the strongest reading, its ``rank``, the ``keyword`` and ``phrase``."""
    which, at = rows_of(tokens["phrase"].to_numpy(), hits["phrase"].to_numpy())
    rows = pl.concat([hits[which], tokens.select("clause", "verbs", "state")[at]], how="horizontal")
    counted = np.array([rule.counted for rule in rules], dtype=np.uint32)
    studied = np.array([rule.researched for rule in rules], dtype=np.uint32)
    serves = np.array([rule.resolved_kind in ("service", "support") for rule in rules], dtype=np.bool_)
    only_studied = np.array([rule.resolved_kind == "rd" for rule in rules], dtype=np.bool_)
    segment = rows["segment"].to_numpy()
    inner, state = rows["inner"].to_numpy(), rows["state"].to_numpy()
    verbs = np.where(inner > 0, inner, rows["verbs"].to_numpy())
    own, head = rows["own"].to_numpy(), rows["head"].to_numpy()
    prefix = rows["prefix_class"].to_numpy()
    relation = np.full(len(rows), SERVED, dtype=np.uint64)
    relation[(verbs & (BUILD | INSTALL)) > 0] = BUILT
    relation[(verbs & TRADE) > 0] = SOLD
    relation[(verbs & ~np.uint32(OPERATE)) == 0] = OPERATED
    relation[verbs == 0] = BARE
    selfmade = (marks[rows["phrase"].to_numpy()] & SELF) > 0
    relation[selfmade & ~serves[segment]] = SELFMADE
    # developing a site or a project is no research into a product
    relation[((verbs & studied[segment]) > 0) & ((verbs & (INVEST | BUILD | AGENCY)) == 0)] = DEVELOPED
    # a keyword that is itself an activity counts unless something else is done about it (检测设备销售, 运输代理)
    busy = (verbs & ~counted[segment] & ~np.uint32(OPERATE | SERVE)) > 0
    busy &= head != JOINED
    does = (verbs & counted[segment]) > 0
    does |= ((own & counted[segment]) > 0) & ~busy
    rest = rows["rest"].to_numpy()
    aside = ((verbs & AGENCY) > 0) | (((rest & RD) > 0) & ((rest & counted[segment]) == 0))
    does &= ~((serves | only_studied)[segment] & aside)
    does &= ~(only_studied[segment] & ((verbs & (INVEST | BUILD)) > 0))
    relation[does] = DONE
    refused = ((state & NEGATED) > 0) | (head == DENIED)
    relation[refused] = REFUSED
    rank = _RANK[relation]
    rank = np.where(np.isin(head, _GOOD_HEADS), rank, rank // 5)
    rank = np.where(np.isin(prefix, (WASTE, COMPOUND, EXCEPTED, QUALIFIED)), rank // 5, rank)
    rank += ((state & BRACKETED) == 0).astype(np.uint64)
    rank += np.where(np.isin(head, (HEAD, JOINED, DEFINED)), 2, 0).astype(np.uint64)
    flags = ((state & BRACKETED) > 0) * IN_BRACKET + ((state & OWN) > 0) * OWN_VERB
    flags = flags + ((verbs & TRADE) > 0) * ALSO_SOLD + ((own & counted[segment]) > 0) * KEYWORD_VERB
    code = (
        relation | head.astype(np.uint64) << np.uint64(HEAD_SHIFT) | prefix.astype(np.uint64) << np.uint64(PREFIX_SHIFT)
    )
    code |= flags.astype(np.uint64) << np.uint64(FLAG_SHIFT)
    packed = rank << np.uint64(56) | code << np.uint64(40) | rows["keyword"].to_numpy().astype(np.uint64)
    frame = rows.select("clause", "segment").with_columns(packed=pl.Series(packed, dtype=pl.UInt64))
    return frame.group_by("clause", "segment").agg(pl.col("packed").max()).sort("clause", "segment")
