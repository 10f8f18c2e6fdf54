"""Match the firms of the store to the segments of chains and keep the result with its cube of counts.

Only what changed since is matched again: segments whose rule is another, firms whose texts are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from analysis.listing import place_pairs
from analysis.matching import Matched, Phrases, SegmentRule, match_phrases
from chains.model import Chain
from data.cube import rebuild_cube
from data.decisions import apply_decisions
from data.sql import load_sql
from data.store import Cursor, Store
from services.affiliates import infer_affiliates
from services.dictionary import engine, read_dictionary
from services.review import counted

Progress = Callable[[float, str], None]
# changes with every import of firms and every undoing
IMPORTS = "SELECT count(*), count(undone_at) FROM import_batch WHERE kind = 'firms'"
MANY = 0.2
"""Where a larger share of the firms changed, every segment is matched anew: it is as quick."""


@dataclass(frozen=True)
class MatchReport:
    """What a matching run did and found: firms in the store, firms and segments matched again, pairs kept, pairs confirmed."""

    n_firms: int
    n_changed_firms: int
    n_changed_segments: int
    n_pairs: int
    n_confirmed: int

    @property
    def summary(self) -> str:
        """One sentence."""
        return (
            f"共 {self.n_firms:,} 家企业，其中 {self.n_changed_firms:,} 家、{self.n_changed_segments} 个环节自上次匹配后有变化，已重新匹配；"
            f"现有 {self.n_pairs:,} 对（企业，环节），其中确认 {self.n_confirmed:,} 对"
        )


class NothingToMatch(ValueError):
    """There are no firms in the store."""

    def __init__(self) -> None:
        super().__init__("库里还没有企业，无法匹配；请先用 import 导入企业数据，或用 demo 生成演示数据")


class FirmsChanged(ValueError):
    """The firms were changed while they were being matched."""

    def __init__(self) -> None:
        super().__init__("匹配期间有人导入或撤回了企业数据，本次匹配没有写入；请重新匹配")


@dataclass(frozen=True)
class _Segment:
    """A segment to be matched; ``core``: of the chain's own production, not of its users or helpers."""

    chain_id: str
    rule: SegmentRule
    core: bool

    @property
    def hash(self) -> str:
        return hashlib.sha256(repr((engine(), self)).encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class _Work:
    """What is to be matched: segments anew against all firms, the others against changed firms only.

    hashes : firm_id and text_hash of every firm; changed : those whose texts were not matched yet
    """

    segments: tuple[_Segment, ...]
    anew: tuple[_Segment, ...]
    hashes: pl.DataFrame
    changed: pl.DataFrame

    @property
    def rest(self) -> tuple[_Segment, ...]:
        return tuple(segment for segment in self.segments if segment not in self.anew)


def match_chains(store: Store, chains: Sequence[Chain], at: datetime, progress: Progress | None = None) -> MatchReport:
    """Match every firm to the segments of ``chains``; their results are replaced in one transaction.

    Parameters
    ----------
    at : time to record for the run
    progress : called with (share done 0–1, what is being done)

    Raises
    ------
    NothingToMatch : no firm in the store
    FirmsChanged : firms were imported or taken back meanwhile; nothing was written
    """
    tell = progress or (lambda share, text: None)
    before = store.rows(IMPORTS)
    work = _find_work(store, chains)
    if work.hashes.is_empty():
        raise NothingToMatch()
    found = _match(store, work, tell)
    tell(0.95, "写入匹配结果")
    with store.write(lambda told: tell(0.95, told)) as cursor:
        if cursor.execute(IMPORTS).fetchall() != before:
            raise FirmsChanged
        _replace(store, cursor, chains, work, found)
        for chain in chains:
            apply_decisions(cursor, chain.id, counted(chain))
        _record_runs(cursor, chains, at, work.hashes.height)
        rebuild_cube(cursor)
    infer_affiliates(store, at, tell)
    sums = store.rows(
        "SELECT count(*), count(*) FILTER (WHERE verdict = 'confirmed') FROM segment_firm WHERE list_contains(?, chain_id)",
        [[chain.id for chain in chains]],
    )
    return MatchReport(work.hashes.height, work.changed.height, len(work.anew), *sums[0])


def _find_work(store: Store, chains: Sequence[Chain]) -> _Work:
    segments = tuple(
        _Segment(chain.id, SegmentRule.of(segment), segment.id in chain.core_segments)
        for chain in chains
        for segment in chain.segments
    )
    hashes = store.query_polars(load_sql("match_hashes"))
    changed = hashes.filter(pl.col("text_hash").ne_missing(pl.col("matched_hash")))
    matched = set(store.rows("SELECT chain_id, segment_id, rule_hash FROM matched_segment"))
    many = changed.height > MANY * hashes.height
    anew = tuple(
        segment for segment in segments if many or (segment.chain_id, segment.rule.id, segment.hash) not in matched
    )
    return _Work(segments, anew, hashes.select("firm_id", "text_hash"), changed.select("firm_id", "text_hash"))


def _match(store: Store, work: _Work, tell: Progress) -> Matched:
    """Pairs of the work's firms and segments with all their columns; for every changed firm whether it makes anything."""
    found = []
    if work.anew:
        found.append(_match_all(store, work, tell))
    if not work.anew or (work.rest and len(work.changed)):
        phrases = Phrases.build(store.query_polars(load_sql("match_texts"), wanted=work.changed))
        found.append(match_phrases(phrases, _rules(work.rest)))
    tell(0.9, "整理匹配结果")
    makes = pl.concat([part.makes for part in found]).unique("firm_id").join(work.changed, on="firm_id")
    return Matched(_described(store, work, pl.concat([part.pairs for part in found])), makes)


def _match_all(store: Store, work: _Work, tell: Progress) -> Matched:
    phrases = read_dictionary(store, work.hashes, lambda share, text: tell(0.6 * share, text))
    return match_phrases(phrases, _rules(work.anew), lambda share, text: tell(0.6 + 0.3 * share, text))


def _described(store: Store, work: _Work, pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs with the other columns of ``segment_firm``, in the order in which they are asked for."""
    owner = pl.DataFrame(
        [(segment.rule.id, segment.chain_id, segment.core) for segment in work.segments],
        schema={"segment_id": pl.String, "chain_id": pl.String, "core": pl.Boolean},
        orient="row",
    )
    texts = store.query_polars(load_sql("match_texts"), wanted=pairs.select("firm_id").unique())
    pairs = place_pairs(pairs, texts, _rules(work.segments)).join(owner, on="segment_id")
    pairs = pairs.with_columns(decided_by=pl.lit("rule"), rule_role="role", rule_verdict="verdict")
    return pairs.sort("segment_id", "score", "firm_id", descending=[False, True, False])


def _rules(segments: Sequence[_Segment]) -> list[SegmentRule]:
    return [segment.rule for segment in segments]


def _replace(store: Store, cursor: Cursor, chains: Sequence[Chain], work: _Work, found: Matched) -> None:
    """Put the pairs and hashes of what was matched in place of the former ones."""
    cursor.register("changed", work.changed)
    kept = [segment.rule.id for segment in work.rest]
    for chain in chains:
        cursor.execute(load_sql("drop_pairs"), {"chain_id": chain.id, "kept": kept})
        cursor.execute("DELETE FROM matched_segment WHERE chain_id = ?", [chain.id])
    if len(work.changed):  # the other chains have not seen these texts
        cursor.execute("DELETE FROM matched_segment")
    cursor.execute("DELETE FROM firm_activity WHERE firm_id IN (SELECT firm_id FROM changed)")
    cursor.execute("DELETE FROM firm_activity WHERE firm_id NOT IN (SELECT firm_id FROM firm)")
    cursor.unregister("changed")
    store.write_frame(cursor, "segment_firm", found.pairs)
    store.write_frame(cursor, "firm_activity", found.makes)
    rows = [(segment.chain_id, segment.rule.id, segment.hash) for segment in work.segments]
    store.write_frame(
        cursor, "matched_segment", pl.DataFrame(rows, schema=["chain_id", "segment_id", "rule_hash"], orient="row")
    )


def _record_runs(cursor: Cursor, chains: Sequence[Chain], at: datetime, n_firms: int) -> None:
    for chain in chains:
        cursor.execute("DELETE FROM match_run WHERE chain_id = ?", [chain.id])
        cursor.execute(
            "INSERT INTO match_run SELECT $chain, $version, $at, $n_firms, count(*) FROM segment_firm WHERE chain_id = $chain",
            {"chain": chain.id, "version": chain.version, "at": at, "n_firms": n_firms},
        )
