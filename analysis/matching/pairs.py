"""Firm–segment pairs with their signals: the strongest clause, the name, the product list, the industry code."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from analysis.matching.hits import patterns_of, read_hits
from analysis.matching.phrases import Phrases
from analysis.matching.relations import relate
from analysis.matching.rules import SegmentRule
from analysis.matching.signals import named_after, read_names

_CODE_BITS = 0xFFFF


def find_pairs(phrases: Phrases, rules: Sequence[SegmentRule]) -> pl.DataFrame:
    """One row a firm (row number) and segment (place in ``rules``) of which any signal speaks.

    ``code``: the strongest reading (see relations), 0 where no clause speaks; ``clause``, ``keyword``: where it stands;
    ``named``: the firm is named after a keyword; ``name_class``; ``makes``: the firm makes anything at all.
    """
    patterns = patterns_of(rules)
    hits = read_hits(phrases.phrases, rules, patterns)
    read = relate(hits, phrases.tokens, phrases.phrases["marks"].to_numpy(), rules)
    stated = _by_firm(read, phrases.places)
    named = named_after(phrases.firms["name"], patterns).rename({"keyword": "named_keyword"})
    frame = stated.join(named, on=["firm", "segment"], how="full", coalesce=True)
    frame = frame.with_columns(named=pl.col("named_keyword").is_not_null())
    makes = firm_makes(phrases)
    classes = read_names(phrases.firms["name"])
    rows = frame["firm"].to_numpy()
    serves = pl.Series([rule.resolved_kind in ("service", "support") for rule in rules], dtype=pl.Boolean)
    studies = pl.Series([rule.resolved_kind == "rd" for rule in rules], dtype=pl.Boolean)
    return frame.with_columns(
        name_class=classes.gather(rows),
        makes=makes.gather(rows),
        serves=serves.gather(frame["segment"]),
        studies=studies.gather(frame["segment"]),
        product=pl.lit(False),
    ).sort("firm", "segment")


def _by_firm(read: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The strongest reading of each firm and segment."""
    rows = read.join(places, on="clause", how="inner")
    # rank and code above, clause below: the maximum carries the clause it came from
    packed = (rows["packed"].to_numpy() >> np.uint64(40) << np.uint64(40)) | rows["clause"].to_numpy().astype(np.uint64)
    rows = rows.select("firm", "segment").with_columns(packed=pl.Series(packed))
    best = rows.group_by("firm", "segment").agg(pl.col("packed").max())
    value = best["packed"].to_numpy()
    best = best.with_columns(
        code=pl.Series((value >> np.uint64(40) & np.uint64(_CODE_BITS)).astype(np.uint16)),
        clause=pl.Series((value & np.uint64(0xFFFFFFFF)).astype(np.uint32)),
    ).drop("packed")
    keyword = read.select("clause", "segment", keyword=(pl.col("packed") & 0xFFFFFFFF).cast(pl.UInt32))
    return best.join(keyword, on=["clause", "segment"], how="left")


def firm_makes(phrases: Phrases) -> pl.Series:
    """For each firm, whether a clause says that it makes, grows or processes something."""
    made = phrases.clauses["makes"].to_numpy()[phrases.places["clause"].to_numpy()]
    out = np.zeros(len(phrases.firms), dtype=np.bool_)
    out[phrases.places["firm"].to_numpy()[made]] = True
    return pl.Series("makes", out)
