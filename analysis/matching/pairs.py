"""Firm–segment pairs with their signals: the strongest clause, the name, the product list, the industry code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from analysis.matching.book import rows_of
from analysis.matching.hits import read_hits
from analysis.matching.phrases import Phrases
from analysis.matching.relations import BARE, LISTED_PRODUCT, SELFMADE, relate
from analysis.matching.rules import SegmentRule
from analysis.matching.search import find, patterns_of
from analysis.matching.signals import OUTLET_NAME, TRADER_NAME, named_after

_CODE_BITS = 0xFFFF


@dataclass(frozen=True)
class Occurrences:
    """Where keywords and codes of all segments stand.

    ``stated``: row (phrase), start (bytes), word, segment, keyword, own; ``named``: firm, segment, named_keyword;
    ``coded``: firm, segment, coded (always true).
    """

    stated: pl.DataFrame
    named: pl.DataFrame
    coded: pl.DataFrame

    @classmethod
    def of(cls, phrases: Phrases, rules: Sequence[SegmentRule]) -> Self:
        """Look all keywords up in every phrase and name once."""
        patterns = patterns_of(rules)
        found = find(phrases.phrases["text"], patterns)
        stated = found.join(patterns, on="word", maintain_order="left")
        named = named_after(phrases.firms["plain_name"], patterns, rules)
        return cls(stated, named, _coded(phrases.firms, rules))

    def among(self, segments: range) -> Occurrences:
        """Those of some segments."""
        chosen = pl.col("segment").is_in(list(segments))
        return Occurrences(*(frame.filter(chosen) for frame in (self.stated, self.named, self.coded)))


def find_pairs(phrases: Phrases, rules: Sequence[SegmentRule], found: Occurrences | None = None) -> pl.DataFrame:
    """One row a firm (row number) and segment (place in ``rules``) of which any signal speaks.

    ``code``: the strongest reading (see relations), 0 where no clause speaks; ``clause``, ``keyword``: where it stands;
    ``named``: the firm is named after a keyword; ``coded``: its industry code is one of the segment's; ``name_class``; ``makes``: the firm makes anything at all;
    ``ore``: a mine says 铁粉, 铜粉 … and means ground ore.
    """
    found = found or Occurrences.of(phrases, rules)
    hits = read_hits(phrases.phrases, rules, found.stated)
    read = relate(hits, phrases.tokens, phrases.phrases["marks"].to_numpy(), rules)
    trading = np.isin(phrases.firms["name_class"].to_numpy(), (TRADER_NAME, OUTLET_NAME))
    # what a trading house lists is what it sells
    stated = _by_firm(read, phrases.places.with_columns(product=_made(phrases.places, trading)))
    frame = stated.join(found.named, on=["firm", "segment"], how="full", coalesce=True)
    frame = frame.join(found.coded, on=["firm", "segment"], how="full", coalesce=True)
    frame = frame.with_columns(named=pl.col("named_keyword").is_not_null(), coded=pl.col("coded").fill_null(False))
    known = phrases.firms.select("name_class", "makes")[frame["firm"].to_numpy()]
    ore = _ore(frame, phrases, rules)
    serves = pl.Series([rule.resolved_kind in ("service", "support") for rule in rules], dtype=pl.Boolean)
    studies = pl.Series([rule.resolved_kind == "rd" for rule in rules], dtype=pl.Boolean)
    return frame.with_columns(
        *known,
        ore,
        serves=serves.gather(frame["segment"]),
        studies=studies.gather(frame["segment"]),
    ).sort("firm", "segment")


def _ore(pairs: pl.DataFrame, phrases: Phrases, rules: Sequence[SegmentRule]) -> pl.Series:
    """Is the keyword a powder, the firm a mine by its name, and the segment none of mining?"""
    powders = [
        number
        for number, rule in enumerate(rules)
        if not re.search("[矿选]", rule.affirmed) and any(word.endswith("粉") for word in rule.patterns)
    ]
    asked = pairs["segment"].is_in(powders)
    if not asked.any():
        return asked.alias("ore")
    words = patterns_of(rules)["word"].gather(pairs["keyword"]).str.ends_with("粉").fill_null(False)
    mines = phrases.firms["plain_name"].gather(pairs["firm"]).str.contains("矿|选厂|采选")
    return (asked & words & mines).alias("ore")


def _by_firm(read: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """The strongest reading of each firm and segment."""
    which, at = rows_of(places["clause"].to_numpy(), read["clause"].to_numpy())
    value = _as_product(read["packed"].to_numpy()[which], places["product"].to_numpy()[at])
    # rank and code above, the place in ``read`` below: the maximum says where it came from
    packed = (value >> np.uint64(40) << np.uint64(40)) | which.astype(np.uint64)
    best = (
        pl.DataFrame(
            {"firm": places["firm"].to_numpy()[at], "segment": read["segment"].to_numpy()[which], "packed": packed}
        )
        .group_by("firm", "segment")
        .agg(pl.col("packed").max())
    )
    value = best["packed"].to_numpy()
    origin = read[(value & np.uint64(0xFFFFFFFF)).astype(np.uint32)]
    return best.select(
        "firm",
        "segment",
        code=pl.Series((value >> np.uint64(40) & np.uint64(_CODE_BITS)).astype(np.uint16)),
        clause=origin["clause"],
        keyword=(origin["packed"] & 0xFFFFFFFF).cast(pl.UInt32),
    )


def _made(places: pl.DataFrame, trading: np.ndarray) -> pl.Series:
    """Which places are items of a product list of a firm that is no trader by its name."""
    return places["product"] & pl.Series(~trading).gather(places["firm"])


def _as_product(packed: np.ndarray, product: np.ndarray) -> np.ndarray:
    """A thing merely named is made if the firm's product list names it."""
    relation = packed >> np.uint64(40) & np.uint64(15)
    named = product & np.isin(relation, (BARE, SELFMADE))
    rank = packed >> np.uint64(56)
    better = np.minimum(rank * np.uint64(2), np.uint64(255)) << np.uint64(56)
    rest = packed & np.uint64(0x00FFFFFFFFFFFFFF)
    changed = better | rest & ~(np.uint64(15) << np.uint64(40)) | np.uint64(LISTED_PRODUCT) << np.uint64(40)
    return np.where(named, changed, packed)


def _coded(firms: pl.DataFrame, rules: Sequence[SegmentRule]) -> pl.DataFrame:
    """Firms whose industry code is one of a segment's: rows (firm, segment)."""
    rows = [(number, code) for number, rule in enumerate(rules) for code in rule.gb4754]
    empty = pl.DataFrame(schema={"firm": pl.UInt32, "segment": pl.UInt32, "coded": pl.Boolean})
    if "gb4754" not in firms.columns or not rows or firms["gb4754"].null_count() == len(firms):
        return empty
    wanted = pl.DataFrame(rows, schema={"segment": pl.UInt32, "code": pl.String}, orient="row")
    digits = firms["gb4754"].cast(pl.String).str.extract(r"(\d{2,4})", 1)
    codes = pl.DataFrame({"digits": digits}).with_row_index("firm").drop_nulls()
    found = [
        codes.with_columns(code=pl.col("digits").str.slice(0, size)).filter(pl.col("code").str.len_chars() == size)
        for size in (2, 3, 4)
    ]
    pairs = pl.concat(found).join(wanted, on="code").select("firm", "segment", coded=pl.lit(True))
    return pairs.unique().cast({"firm": pl.UInt32})
