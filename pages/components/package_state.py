"""What a person is changing in a chain package, kept for the session until it is saved or given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from chains.load import ChainInvalid
from chains.model import Chain
from chains.tables import EDGES, SEGMENTS, TABLES, Problem, TablesInvalid, chain_of, tables_of
from chains.write import as_written
from pages import cached
from services.packages import resolved_on

NUMBER = "行"
_KEPT = "package_work"
_STAMP = "package_stamp"
Rows = list[dict[str, Any]]


@dataclass
class Work:
    """A package being changed.

    base : the version in force when the work began, None for a new chain; based_on : the version the changes start from
    tables : what the editors begin with; edited : what they hold by now; stamp : changes when they begin anew
    origin : the file that was loaded, if any; ids : the segments of its own that it began with
    """

    base: Chain | None
    based_on: str | None
    tables: dict[str, Rows]
    ids: frozenset[str]
    origin: str = ""
    stamp: int = 0
    edited: dict[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of the chain."""
        return next(str(row["内容"]) for row in self.tables["产业链"] if row["字段"] == "名称")

    def frame(self, title: str) -> pd.DataFrame:
        """The rows that an editor begins with, numbered from 1."""
        columns = [column.title for column in TABLES[title].columns]
        rows = pd.DataFrame(self.tables[title], columns=columns).astype(object)
        rows.insert(0, NUMBER, range(1, len(rows) + 1))
        return rows.set_index(pd.RangeIndex(1, len(rows) + 1))

    def begin_anew(self, title: str) -> None:
        """Let an editor that was not drawn for a while begin with what it held."""
        if title in self.edited:
            self.tables[title] = self.edited.pop(title).to_dict("records")
            self.stamp = _stamp()


@dataclass(frozen=True)
class Candidate:
    """What the tables say by now: the chain (None while they say none), its rows by segment id, and wrong cells."""

    chain: Chain | None
    rows: dict[str, int]
    problems: tuple[Problem, ...]
    cut: int = 0


def works() -> dict[str, Work]:
    """All works of this session, by chain id."""
    kept: dict[str, Work] = st.session_state.setdefault(_KEPT, {})
    return kept


def work_on(chain_id: str) -> Work:
    """The work on a chain; begun with the version in force where there is none, or where nothing was changed yet."""
    force = next((chain for chain in cached.packages() if chain.id == chain_id), None)
    work = works().get(chain_id)
    if work is None or (force is not None and work.based_on != force.version and not changed(work)):
        assert force is not None
        work = load(force)
    return work


def load(chain: Chain, *, base: Chain | None = None, based_on: str | None = None, origin: str = "") -> Work:
    """Begin a work with the content of a chain, in place of any other work on it."""
    tables = tables_of(chain) | {EDGES: [_edge_row(edge) for edge in as_written(chain).edges]}
    ids = frozenset(str(row["编号"]) for row in tables[SEGMENTS])
    if not origin:
        base, based_on = chain, chain.version
    work = Work(base, based_on, tables, ids, origin, _stamp())
    works()[chain.id] = work
    return work


def _stamp() -> int:
    """A number that no editor of this session had."""
    st.session_state[_STAMP] = int(st.session_state.get(_STAMP, 0)) + 1
    return int(st.session_state[_STAMP])


def give_up(chain_id: str) -> None:
    """Forget the changes to a chain."""
    works().pop(chain_id, None)


def changed(work: Work) -> bool:
    """Whether anything differs from the version in force."""
    chain = candidate(work).chain
    return work.base is None or chain is None or _plain(chain) != _plain(work.base)


def candidate(work: Work) -> Candidate:
    """The chain that the tables say. Edges of segments that were taken out go with them."""
    numbered = {title: list(enumerate(rows, 1)) for title, rows in work.tables.items()}
    for title, rows in work.edited.items():
        numbered[title] = [(int(number), row) for number, row in zip(rows.index, rows.to_dict("records"), strict=True)]
    segments = [(number, row) for number, row in numbered[SEGMENTS] if _said(row)]
    edges = _without_cut(work, segments, numbered[EDGES])
    cut = len(numbered[EDGES]) - len(edges)
    try:
        written = chain_of(numbered | {SEGMENTS: segments, EDGES: edges})
        chain = resolved_on(cached.store(), written)
    except TablesInvalid as error:
        return Candidate(None, {}, error.problems, cut)
    except ChainInvalid as error:
        return Candidate(None, {}, (Problem("引用环节", 1, "", error.reason),), cut)
    rows = {segment.id: number for segment, (number, _) in zip(written.segments, segments, strict=True)}
    return Candidate(chain, rows, (), cut)


def _without_cut(
    work: Work, segments: Sequence[tuple[int, Any]], edges: list[tuple[int, Any]]
) -> list[tuple[int, Any]]:
    """The edges without those of segments that were there and are no longer."""
    gone = work.ids - {str(row.get("编号")) for _, row in segments}
    return [(number, row) for number, row in edges if not {row.get("供应环节"), row.get("使用环节")} & gone]


def _said(row: dict[str, Any]) -> bool:
    return any(str(value).strip() for title, value in row.items() if title != NUMBER and not pd.isna(value))


def _plain(chain: Chain) -> Chain:
    return as_written(chain).model_copy(update={"version": "", "valid_from": None})


def _edge_row(edge: Any) -> dict[str, Any]:
    return {"供应环节": edge.supplier, "使用环节": edge.user, "权重": edge.weight, "来源": edge.source}
