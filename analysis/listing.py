"""Where a firm's own words put a segment: how early its scope names it, and how much else is listed beside it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analysis.centrality import pattern
from analysis.matching import SegmentRule

_ASIDE = r"（[^）]*）|\([^)]*\)|(分部间抵销|内部抵销|平衡项目|调整项目)[、，；]?"
"""Brackets, and items of accounts that are no trade."""
_SEPARATOR = "[、，,；;]"


def place_pairs(pairs: pl.DataFrame, texts: pl.DataFrame, rules: Sequence[SegmentRule]) -> pl.DataFrame:
    """The pairs with position and n_other.

    position : place 0–1 of the first keyword in the scope, null where the scope has none
    n_other : things listed in the scope (in the products where there is no scope) that say no keyword

    Parameters
    ----------
    pairs : segment_id, firm_id and more
    texts : firm_id, scope, products of at least the firms of the pairs
    rules : at least the rules of the pairs' segments
    """
    told = texts.join(pairs.select("firm_id"), on="firm_id", how="semi").select(
        "firm_id", "scope", listed=pl.coalesce("scope", "products").str.replace_all(_ASIDE, "")
    )
    told = told.with_columns(n_listed=1 + pl.col("listed").str.count_matches(_SEPARATOR))
    rows = pairs.join(told, on="firm_id", how="left")
    words = {rule.id: rule.keywords for rule in rules}
    parts = [_placed(part, words[str(key)]) for (key,), part in rows.partition_by("segment_id", as_dict=True).items()]
    return pl.concat(parts or [_placed(rows, [])])


def _placed(rows: pl.DataFrame, keywords: Sequence[str]) -> pl.DataFrame:
    first = pl.min_horizontal(
        [pl.lit(None, pl.UInt32), *(pl.col("scope").str.find(keyword, literal=True) for keyword in keywords)]
    )
    saying = pl.col("listed").str.count_matches(pattern(keywords)) if keywords else pl.lit(0)
    return rows.with_columns(
        position=first / pl.col("scope").str.len_bytes(),
        n_other=(pl.col("n_listed").cast(pl.Int32) - saying.cast(pl.Int32)).clip(lower_bound=0),
    ).drop("scope", "listed", "n_listed")
