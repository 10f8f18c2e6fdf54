"""Why a pair got its verdict: role, and the clause around the keyword with the signals that spoke."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from analysis.matching.phrases import Phrases
from analysis.matching.relations import (
    ABSENT,
    BARE,
    BUILT,
    DEVELOPED,
    DONE,
    LISTED_PRODUCT,
    OPERATED,
    REFUSED,
    SELFMADE,
    SERVED,
    SOLD,
)
from analysis.matching.rules import SegmentRule
from analysis.matching.score import REJECTED_BELOW, Floats
from analysis.matching.search import patterns_of

#: Characters kept on either side of the keyword.
AROUND = 36
_LONG_BYTES = 3 * (2 * AROUND + 20)
_ROLES = {
    DONE: "maker",
    DEVELOPED: "rd",
    SELFMADE: "maker",
    LISTED_PRODUCT: "maker",
    BUILT: "construction",
    SERVED: "service",
    SOLD: "trader",
    OPERATED: "trader",
    REFUSED: "none",
    BARE: "trader",
    ABSENT: "none",
}
_SIGNS = {
    DONE: "条款写明从事",
    DEVELOPED: "条款写明研发",
    SELFMADE: "条款提到自产",
    BUILT: "条款为施工安装",
    SERVED: "条款为服务",
    SOLD: "条款为购销",
    OPERATED: "条款仅写经营",
    BARE: "条款仅列品名",
    REFUSED: "条款排除或定义不含",
    ABSENT: "条款未提及",
    LISTED_PRODUCT: "产品清单列有",
}


def roles_of(pairs: pl.DataFrame, scores: Floats) -> pl.Series:
    """maker, rd, service, construction, trader or none for each pair."""
    relation = pairs["code"].fill_null(0).to_numpy() & 15
    role = pl.Series("role", relation).replace_strict(_ROLES, return_dtype=pl.String)
    likely = pl.Series(scores >= REJECTED_BELOW)
    frame = pairs.select("serves", "studies").with_columns(
        role, likely.alias("likely"), pl.Series("relation", relation)
    )
    vague = pl.col("relation").is_in([BARE, OPERATED, ABSENT])
    return frame.select(
        pl.when(pl.col("serves") & ((pl.col("relation") == DONE) | vague & pl.col("likely")))
        .then(pl.lit("service"))
        .when(pl.col("studies") & (pl.col("relation") == DONE))
        .then(pl.lit("rd"))
        .when(vague & pl.col("likely"))
        .then(pl.lit("maker"))
        .otherwise(pl.col("role"))
        .alias("role")
    )["role"]


def evidence_of(pairs: pl.DataFrame, phrases: Phrases, rules: Sequence[SegmentRule]) -> pl.Series:
    """The clause, clipped around the keyword, and what spoke; written once for each distinct clause, keyword and sign."""
    words = patterns_of(rules)["word"]
    keys = pairs.select(
        "clause",
        pl.coalesce("keyword", "named_keyword").alias("keyword"),
        "named",
        "coded",
        relation=pl.col("code").fill_null(0) & 15,
    )
    number = (
        pl.col("clause").cast(pl.UInt64).fill_null(2**32 - 1) * 2**32
        + pl.col("keyword").fill_null(2**20).cast(pl.UInt64) * 2**8
        + pl.col("relation").cast(pl.UInt64) * 2**2
        + pl.col("named").cast(pl.UInt64) * 2
        + pl.col("coded").cast(pl.UInt64)
    )
    numbers = keys.select(number.alias("number"))["number"].to_numpy()
    _, first, which = np.unique(numbers, return_index=True, return_inverse=True)
    distinct = keys[first]
    distinct = distinct.with_row_index("place").with_columns(
        text=phrases.clauses["text"].gather(distinct["clause"]), word=words.gather(distinct["keyword"])
    )
    distinct = _clip(distinct).with_columns(
        evidence=pl.concat_str(
            pl.lit("“") + pl.col("text") + pl.lit("”"),
            pl.lit("［") + pl.col("relation").replace_strict(_SIGNS, return_dtype=pl.String),
            pl.when("named").then(pl.format("；企业名称含“{}”", "word")).otherwise(pl.lit("")),
            pl.when("coded").then(pl.lit("；行业代码相符］")).otherwise(pl.lit("］")),
            ignore_nulls=True,
        )
    )
    return distinct.sort("place")["evidence"].gather(which)


def _clip(frame: pl.DataFrame) -> pl.DataFrame:
    """Long clauses cut to what stands around the keyword; the order of rows is not kept."""
    long = pl.col("text").str.len_bytes().fill_null(0) > _LONG_BYTES
    rows = frame.filter(long)
    # a long clause holds many keywords: its text is taken out of the frame once
    texts = dict(rows.select("clause", "text").unique("clause").iter_rows())
    cut = [_around(texts[clause], word) for clause, word in rows.select("clause", "word").iter_rows()]
    return pl.concat([frame.filter(~long), rows.with_columns(text=pl.Series(cut, dtype=pl.String))])


def _around(text: str, word: str) -> str:
    """The word with what stands on either side of it."""
    place = text.find(word)
    start = max((place if place >= 0 else text.lower().find(word)) - AROUND, 0)
    stop = start + 2 * AROUND + 12
    return f"{'…' if start else ''}{text[start:stop]}{'…' if stop < len(text) else ''}"
