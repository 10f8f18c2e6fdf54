"""Why a pair got its verdict: role, and the clause around the keyword with the signals that spoke."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analysis.matching.clauses import distinct_of
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
from analysis.matching.verbs import BUILD, DESIGN, INSTALL, MAKING, RD, TRADE, item_verbs

#: Characters kept on either side of the keyword.
AROUND, BEHIND = 36, 48
_LONG_BYTES = 3 * (AROUND + BEHIND + 8)
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
#: Verbs that speak for a relation.
_SAID_BY = {
    DONE: ~TRADE,
    DEVELOPED: RD | DESIGN,
    SOLD: TRADE,
    BUILT: BUILD | INSTALL,
    SERVED: ~(TRADE | MAKING),
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
    _, first, which = distinct_of(numbers)
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
    """Long clauses cut to what stands around the keyword and to the verb that governs it; the order of rows is not kept."""
    long = pl.col("text").str.len_bytes().fill_null(0) > _LONG_BYTES
    raw, place = pl.col("text").cast(pl.Binary), pl.col("at")
    rows = frame.filter(long).with_columns(at=_place().cast(pl.Int64))
    rows = rows.with_columns(
        before=raw.bin.slice(0, place).cast(pl.String, strict=False).fill_null(""),
        after=raw.bin.slice(place).cast(pl.String, strict=False).fill_null(pl.col("text")),
    )
    rows = rows.with_columns(near_before=pl.col("before").str.tail(AROUND), near_after=pl.col("after").str.head(BEHIND))
    said = [_with_verbs(rows.filter(pl.col("relation") == relation), bits) for relation, bits in _SAID_BY.items()]
    mute = rows.filter(~pl.col("relation").is_in(list(_SAID_BY)))
    parts = [frame.filter(~long), *(_joined(part).select(frame.columns) for part in (*said, _with_verbs(mute, 0)))]
    return pl.concat(parts)


def _place() -> pl.Expr:
    """Where the keyword begins, whatever its case (bytes)."""
    text, word = pl.col("text"), pl.col("word")
    return pl.coalesce(
        text.str.find(word, literal=True), text.str.to_lowercase().str.find(word, literal=True), pl.lit(0)
    )


def _with_verbs(rows: pl.DataFrame, bits: int) -> pl.DataFrame:
    """``ahead`` and ``behind``: the verbs of these kinds that govern from where the text is cut, unless one is kept."""
    silent = {"ahead": pl.lit(None, pl.String), "behind": pl.lit(None, pl.String)}
    if not bits or not len(rows):
        return rows.with_columns(**silent)
    lead, trail = item_verbs(bits)
    kept = pl.col("near_before").str.contains(lead) | pl.col("near_after").str.contains(trail)
    before, after = pl.col("before").str, pl.col("after").str
    mute = rows.filter(~kept).with_columns(
        ahead=before.head((before.len_chars().cast(pl.Int64) - AROUND).clip(0)).str.extract(lead, 1),
        behind=after.slice(BEHIND).str.extract(trail, 1),
    )
    return pl.concat([rows.filter(kept).with_columns(**silent), mute])


def _joined(rows: pl.DataFrame) -> pl.DataFrame:
    """The clipped text: verbs ahead, what stands around the keyword, verbs behind."""
    cut_before = pl.col("before").str.len_chars() > AROUND
    cut_after = pl.col("after").str.len_chars() > BEHIND
    left = pl.when(cut_before).then(pl.format("{}…", pl.col("ahead").fill_null(""))).otherwise(pl.lit(""))
    right = pl.when(cut_after).then(pl.format("…{}", pl.col("behind").fill_null(""))).otherwise(pl.lit(""))
    return rows.with_columns(text=pl.concat_str(left, "near_before", "near_after", right))
