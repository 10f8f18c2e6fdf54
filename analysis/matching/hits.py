"""Where keywords stand in phrases, and whether the phrase is about them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from analysis.matching.heads import (
    AGENT,
    CHEMICAL,
    DEFINED,
    DENIED,
    EQUIPMENT,
    EXCEPTED,
    FORM,
    HEAD,
    INNER_VERB,
    JOINED,
    MODIFIER,
    OTHER,
    PART,
    PLACE,
    PLAIN,
    QUALIFIED,
    SERVICE,
    TECHNOLOGY,
    WORKS,
    head_of,
    inner_verbs_of,
    prefix_of,
    verbal_head_of,
)
from analysis.matching.normalise import number_each
from analysis.matching.rules import SegmentRule
from analysis.matching.verbs import MAKE, VERBS, verbs_in

#: Of two keywords of one segment in one phrase, the one that fits better is kept.
_FIT = {
    HEAD: 15,
    DEFINED: 14,
    JOINED: 13,
    FORM: 12,
    PART: 11,
    OTHER: 9,
    EQUIPMENT: 8,
    CHEMICAL: 7,
    TECHNOLOGY: 6,
    SERVICE: 5,
    AGENT: 5,
    WORKS: 4,
    PLACE: 3,
    MODIFIER: 2,
    DENIED: 1,
}
#: 凭医疗器械生产许可证经营: who needs this licence makes the thing.
_LICENCE = r"^(?:产品)?生产(?:企业)?(?:许可|备案)"
#: Heads that a definition may take in all the same.
_DEFINABLE = (PART, FORM, EQUIPMENT, CHEMICAL, OTHER)
#: Characters before and behind a keyword that are looked at.
_NEAR = 64
_WITHOUT = r"(?:无|不带|不设)$"
#: A service to one's own people is none: 对营销员开展培训, 本单位内部检测.
_INWARD = r"(?:营销员|本系统|内部$|(?:本企业|本公司|本单位|本厂)(?:内部|自有)?$)"
#: What is made of a crop does not grow: 水果制品, 蔬菜罐头.
_PROCESSED = re.compile(r"^[^及和与、]{0,3}(?:制品|加工品|食品|罐头|饮料)")
SCHEMA = {
    "phrase": pl.UInt32,
    "segment": pl.UInt32,
    "keyword": pl.UInt32,
    "head": pl.UInt8,
    "prefix_class": pl.UInt8,
    "own": pl.UInt32,
    "rest": pl.UInt32,
    "inner": pl.UInt32,
}


def read_hits(phrases: pl.DataFrame, rules: Sequence[SegmentRule], found: pl.DataFrame) -> pl.DataFrame:
    """One row a phrase and segment of which a keyword stands in the phrase; see ``SCHEMA``.

    ``found``: occurrences of keywords (row, start, word, segment, keyword, own).

    ``own``: verb bits of the keyword itself; ``rest``: those of what follows such a keyword;
    ``inner``: those of the keyword's own verb where another noun follows.
    """
    if not len(found):
        return pl.DataFrame(schema=SCHEMA)
    around = phrases.select("text", "begin", "end")[found["row"].to_numpy()]
    stop = pl.col("start") + pl.col("word").str.len_bytes().cast(pl.Int64)
    raw = pl.col("text").cast(pl.Binary)
    # a keyword that reaches into the verbs (货物运输, 油脂加工) is judged by all that follows it
    until = pl.when(stop <= pl.col("end")).then(pl.col("end")).otherwise(pl.col("text").str.len_bytes().cast(pl.Int64))
    begin = pl.min_horizontal(pl.col("begin").cast(pl.Int64), pl.col("start"))
    frame = pl.concat([found, around], how="horizontal").with_columns(
        suffix=raw.bin.slice(stop, until - stop).cast(pl.String).str.head(_NEAR),
        before=raw.bin.slice(begin, pl.col("start") - begin).cast(pl.String).str.tail(_NEAR),
    )
    frame = _define(_classify(frame), rules)
    # of a segment's keywords in one phrase, the one that fits best, then the longest, then the first
    order = pl.col("row").cast(pl.UInt64) * 2**32 + pl.col("segment").cast(pl.UInt64) * 2**16
    worse = (15 - pl.col("head").replace_strict(_FIT, return_dtype=pl.UInt64)) * 2**8
    best = frame.with_columns(order=order + worse + (255 - pl.col("word").str.len_bytes().clip(0, 255)))
    best = best.sort("order", "keyword").filter((pl.col("order") // 2**16).diff().fill_null(1) != 0)
    return best.select(
        phrase="row",
        segment="segment",
        keyword="keyword",
        head="head",
        prefix_class="prefix_class",
        own="own",
        rest="rest",
        inner="inner",
    )


def _classify(frame: pl.DataFrame) -> pl.DataFrame:
    """The general classes of what stands before and behind each keyword, and the verbs there."""
    suffix, own = pl.col("suffix"), pl.col("own") > 0
    frame = frame.with_columns(
        active=pl.when(own).then(suffix).otherwise(pl.lit("")),
        governed=pl.when(suffix.str.contains(INNER_VERB)).then(suffix).otherwise(pl.lit("")),
    )
    inner = number_each(frame["governed"], inner_verbs_of, pl.UInt32)
    head = (
        pl.when(inner > 0)
        .then(HEAD)
        .when(own)
        .then(number_each(frame["active"], verbal_head_of, pl.UInt8))
        .otherwise(number_each(frame["suffix"], head_of, pl.UInt8))
    )
    return frame.with_columns(
        inner=inner,
        head=head.cast(pl.UInt8),
        prefix_class=number_each(frame["before"], prefix_of, pl.UInt8),
        rest=number_each(frame["active"], verbs_in, pl.UInt32),
        own=pl.when(suffix.str.contains(_LICENCE)).then(pl.lit(MAKE, pl.UInt32)).otherwise(pl.col("own")),
    )


def _define(frame: pl.DataFrame, rules: Sequence[SegmentRule]) -> pl.DataFrame:
    """Let definitions and exclusions overrule the general classes."""
    denying = [number for number, rule in enumerate(rules) if rule.denied or rule.denials]
    spoken = (
        pl.col("segment").is_in(denying)
        | (pl.col("suffix").str.len_chars() == 1)
        | (pl.col("prefix_class") == EXCEPTED)
        | pl.col("head").is_in(_DEFINABLE)
        | pl.col("segment").is_in([number for number, rule in enumerate(rules) if rule.resolved_kind == "rd"])
        | pl.col("segment").is_in([number for number, rule in enumerate(rules) if rule.only_grows])
        | pl.col("suffix").str.contains(_LICENCE)
        | pl.col("before").str.contains(f"{_WITHOUT}|{_INWARD}")
    )
    dependent = [number for number, rule in enumerate(rules) if "其" in rule.stated]
    qualified = pl.col("segment").is_in(dependent) & (pl.col("prefix_class") == PLAIN)
    frame = frame.with_row_index("place")
    heads, prefixes = frame["head"].to_numpy().copy(), frame["prefix_class"].to_numpy().copy()
    cases = frame.filter(spoken).select("place", "segment", "before", "word", "suffix", "head", "prefix_class")
    for place, segment, before, word, suffix, head, prefix in cases.iter_rows():
        heads[place] = _overruled(rules[segment], before, word, suffix, head, prefix)
    for place, segment, before, word in (
        frame.filter(qualified).select("place", "segment", "before", "word").iter_rows()
    ):
        if rules[segment].qualifies(before, word):
            prefixes[place] = QUALIFIED
    return frame.drop("place").with_columns(head=pl.Series(heads), prefix_class=pl.Series(prefixes))


def _overruled(rule: SegmentRule, before: str, word: str, suffix: str, head: int, prefix: int) -> int:
    """The class after the definition has spoken."""
    if re.match(_LICENCE, suffix) or (rule.resolved_kind == "rd" and head == TECHNOLOGY):
        return HEAD
    if _denies(rule, before, word, suffix, prefix):
        return DENIED
    if head in _DEFINABLE and rule.allows(word, suffix):
        return DEFINED
    return head


def _denies(rule: SegmentRule, before: str, word: str, suffix: str, prefix: int) -> bool:
    """Is the keyword excluded here, or part of another word?"""
    if len(suffix) == 1 and word[-1] + suffix in VERBS:
        return True  # 货运 in 客货运输: the last character belongs to the next word
    if (rule.denied or rule.denials) and rule.refuses(before, word, suffix):
        return True
    if rule.resolved_kind == "service" and re.search(_INWARD, before):
        return True
    if rule.only_grows and _PROCESSED.search(suffix):
        return True
    return (prefix == EXCEPTED and "外" in suffix) or bool(re.search(_WITHOUT, before))
