"""What a segment's keywords bring in, before anything is saved: firms by keyword, what changes, and samples to read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.matching import Phrases, SegmentRule, match_phrases, occurrences

SAMPLES = 10
LOST = 5
_GAINED_SHARE = 0.7
_KEPT = ("confirmed", "uncertain")


@dataclass(frozen=True)
class KeywordPreview:
    """What a segment's rule finds among the firms of a dictionary.

    Parameters
    ----------
    n_firms : firms in the dictionary
    confirmed, uncertain : firms of the segment
    gained, lost : confirmed firms that the former rule did not confirm, and the other way; None without a former rule
    keywords : one row a keyword: keyword, named (firms whose scope or products name it), confirmed, uncertain, alone
        (confirmed firms that name no other keyword)
    elsewhere : confirmed firms that name no keyword there: known by their name
    samples : up to ten firms: firm_id, name, verdict, role, score, evidence, new (confirmed only now)
    dropped : some of the lost ones, with the former evidence
    """

    n_firms: int
    confirmed: int
    uncertain: int
    gained: int | None
    lost: int | None
    keywords: pl.DataFrame
    elsewhere: int
    samples: pl.DataFrame
    dropped: pl.DataFrame


def preview_rule(phrases: Phrases, rule: SegmentRule, former: SegmentRule | None = None) -> KeywordPreview:
    """Read the firms of a dictionary by a rule, and compare with what a former rule finds."""
    pairs = _pairs(phrases, rule)
    before = None if former is None else _pairs(phrases, former)
    sure = pairs.filter(pl.col("verdict") == "confirmed")
    sure_before = None if before is None else before.filter(pl.col("verdict") == "confirmed")
    lost = sure.clear() if sure_before is None else sure_before.join(sure, on="firm", how="anti")
    new = sure.clear() if sure_before is None else sure.join(sure_before, on="firm", how="anti")
    by_keyword, elsewhere = _by_keyword(phrases, rule, pairs)
    return KeywordPreview(
        phrases.firms.height,
        sure.height,
        pairs.height - sure.height,
        None if before is None else new.height,
        None if before is None else lost.height,
        by_keyword,
        elsewhere,
        _named(phrases, _samples(pairs, new["firm"])),
        _named(phrases, _spread(lost, LOST)),
    )


def _pairs(phrases: Phrases, rule: SegmentRule) -> pl.DataFrame:
    """Confirmed and uncertain firms by their row number in the dictionary."""
    if not rule.patterns:
        return pl.DataFrame(schema=_PAIRS)
    rows = phrases.firms.select("firm_id").with_row_index("firm")
    found = match_phrases(phrases, [rule]).pairs.filter(pl.col("verdict").is_in(_KEPT))
    return found.join(rows, on="firm_id").select(list(_PAIRS)).sort("firm")


_PAIRS = {
    "firm": pl.UInt32,
    "firm_id": pl.String,
    "role": pl.String,
    "verdict": pl.String,
    "score": pl.Float32,
    "evidence": pl.String,
}


def _by_keyword(phrases: Phrases, rule: SegmentRule, pairs: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    stated = occurrences(phrases, rule.keywords)
    words = pl.DataFrame({"word": list(rule.keywords)}, schema={"word": pl.String}).with_row_index("keyword")
    read = stated.join(pairs.select("firm", "verdict"), on="firm", how="left")
    sure = pl.col("verdict") == "confirmed"
    lone = pl.col("firm").is_in(stated.group_by("firm").len().filter(pl.col("len") == 1)["firm"].implode())
    counted = read.group_by("keyword").agg(
        named=pl.len(),
        confirmed=sure.sum(),
        uncertain=(pl.col("verdict") == "uncertain").sum(),
        alone=(sure & lone).sum(),
    )
    numbers = [pl.col(name).fill_null(0) for name in ("named", "confirmed", "uncertain", "alone")]
    table = (
        words.join(counted, on="keyword", how="left").sort("keyword").select(pl.col("word").alias("keyword"), *numbers)
    )
    elsewhere = pairs.filter(sure).join(stated, on="firm", how="anti").height
    return table, elsewhere


def _samples(pairs: pl.DataFrame, new: pl.Series) -> pl.DataFrame:
    """Ten firms: mostly those that are new, the rest spread over the others."""
    marked = pairs.with_columns(new=pl.col("firm").is_in(new.implode()))
    fresh, known = marked.filter("new"), marked.filter(~pl.col("new"))
    n_fresh = min(fresh.height, max(SAMPLES - known.height, int(SAMPLES * _GAINED_SHARE)))
    return pl.concat([_spread(fresh, n_fresh), _spread(known, SAMPLES - n_fresh)])


def _spread(rows: pl.DataFrame, n: int) -> pl.DataFrame:
    """So many rows, evenly spread."""
    at = np.unique(np.linspace(0, max(rows.height - 1, 0), min(n, rows.height)).astype(np.int64))
    return rows[at]


def _named(phrases: Phrases, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(name=phrases.firms["name"].gather(rows["firm"])).drop("firm")
