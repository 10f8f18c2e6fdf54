"""Match the firms of the store to the segments of chains and keep the result with its cube of counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from analysis.matching import SegmentRule, match
from chains.model import Chain
from data.cube import rebuild_cube
from data.sql import load_sql
from data.store import Cursor, Store

Progress = Callable[[float, str], None]
# changes with every import of firms and every undoing
IMPORTS = "SELECT count(*), count(undone_at) FROM import_batch WHERE kind = 'firms'"


@dataclass(frozen=True)
class MatchReport:
    """What a matching run found: firms read, pairs kept and confirmed."""

    n_firms: int
    n_pairs: int
    n_confirmed: int


class NothingToMatch(ValueError):
    """There are no firms in the store."""

    def __init__(self) -> None:
        super().__init__("库里还没有企业，无法匹配；请先用 import 导入企业数据，或用 demo 生成演示数据")


class FirmsChanged(ValueError):
    """The firms were changed while they were being matched."""

    def __init__(self) -> None:
        super().__init__("匹配期间有人导入或撤回了企业数据，本次匹配没有写入；请重新匹配")


def match_chains(store: Store, chains: Sequence[Chain], at: datetime, progress: Progress | None = None) -> MatchReport:
    """Match every firm to the segments of ``chains``; earlier results of these chains are replaced in one transaction.

    Parameters
    ----------
    at : time to record for the run
    progress : called with (share done 0–1, what is being done)

    Raises
    ------
    NothingToMatch : no firm in the store
    FirmsChanged : firms were imported or taken back meanwhile; nothing was written
    """
    before = store.rows(IMPORTS)
    firms = store.query_polars("SELECT firm_id, name, scope, products, gb4754 FROM firm ORDER BY firm_id")
    if firms.is_empty():
        raise NothingToMatch()
    owner = {segment.id: chain.id for chain in chains for segment in chain.segments}
    core = {segment_id for chain in chains for segment_id in chain.core_segments}
    rules = [SegmentRule.of(segment) for chain in chains for segment in chain.segments]
    found = match(firms, rules, progress)
    pairs = found.pairs.with_columns(
        pl.col("segment_id").replace_strict(owner, return_dtype=pl.String).alias("chain_id"),
        pl.lit("rule").alias("decided_by"),
        pl.col("segment_id").is_in(core).alias("core"),
    )
    pairs = pairs.join(_positions(pairs, firms, rules), on=["segment_id", "firm_id"], how="left")
    pairs = pairs.sort("segment_id", "score", "firm_id", descending=[False, True, False])
    with store.write() as cursor:
        if cursor.execute(IMPORTS).fetchall() != before:
            raise FirmsChanged
        _replace_pairs(store, cursor, chains, pairs)
        cursor.execute("DELETE FROM firm_activity")
        store.write_frame(cursor, "firm_activity", found.makes)
        _record_runs(cursor, chains, pairs, at, firms.height)
        rebuild_cube(cursor)
    confirmed = pairs.filter(pl.col("verdict") == "confirmed").height
    return MatchReport(firms.height, pairs.height, confirmed)


def _positions(pairs: pl.DataFrame, firms: pl.DataFrame, rules: Sequence[SegmentRule]) -> pl.DataFrame:
    """segment_id, firm_id and position (see table segment_firm) of every pair."""
    parts = []
    for rule in rules:
        rows = pairs.filter(pl.col("segment_id") == rule.id).select("segment_id", "firm_id").join(firms, on="firm_id")
        first = pl.min_horizontal([pl.col("scope").str.find(keyword, literal=True) for keyword in rule.keywords])
        place = (first / pl.col("scope").str.len_bytes()).alias("position")
        parts.append(rows.select("segment_id", "firm_id", place))
    return pl.concat(parts)


def _replace_pairs(store: Store, cursor: Cursor, chains: Sequence[Chain], pairs: pl.DataFrame) -> None:
    for chain in chains:
        cursor.execute("DELETE FROM segment_firm WHERE chain_id = ? AND decided_by = 'rule'", [chain.id])
    store.write_frame(cursor, "segment_firm", pairs)
    cursor.execute(load_sql("drop_overruled_pairs"))


def _record_runs(cursor: Cursor, chains: Sequence[Chain], pairs: pl.DataFrame, at: datetime, n_firms: int) -> None:
    per_chain = dict(pairs.group_by("chain_id").len().iter_rows())
    for chain in chains:
        cursor.execute("DELETE FROM match_run WHERE chain_id = ?", [chain.id])
        row = [chain.id, chain.version, at, n_firms, per_chain.get(chain.id, 0)]
        cursor.execute("INSERT INTO match_run VALUES (?, ?, ?, ?, ?)", row)
