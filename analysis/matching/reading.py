"""Phrases read one by one: where the noun begins and ends, which verbs stand before and behind it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import polars as pl

from analysis.matching.normalise import JOINT, number_each
from analysis.matching.verbs import (
    APPARATUS_FIRST,
    BETWEEN,
    GENERIC_OF_MAKING,
    GENERIC_REST,
    LEAD,
    LOOSE_LEAD,
    MAKING_LEAD,
    MAKING_WORD,
    MODIFIER,
    SELLING,
    SOLD_BETWEEN,
    TRAIL,
    verbs_in,
)

#: ``marks`` of a phrase.
PURE, LABEL, NUMBER, NEG_START, NEG_END, POS_START, SELF, NEG_VERB, BRIEF, NEEDED = (1 << n for n in range(10))
#: Two verbs with a noun each (甲销售及乙制造): what the first one says; a labourer's work (分包); a mere kind (精制); 对….
#: … 及进出口业务 behind a list adds to the verbs before it.
SOLD_FIRST, MADE_FIRST, LABOUR, KIND, TOWARDS, ALSO = (1 << n for n in range(10, 16))
#: 设计、制作、代理、发布灯箱、招牌: what is designed and published is advertising.
ADVERT, PUBLICITY = 1 << 16, 1 << 17

# 除尘, 除草, 除湿 … are no exclusions
_NEG_START = (
    r"^(?:以上|上述|其中|所有|均|各项|本项目|经营范围|项目|都|皆|但|并)*(?:均|都)?"
    r"(?:不含|不包括|不包含|不得|不可|不准|不涉及|不从事|不经营|不生产|不做|禁止|严禁|国家禁止|国家限制|法律|"
    r"除[^尘草湿臭锈渣虫氧油雪铁霜味垢污甲磷冰杂藻螨沫硫硝鼠菌皱害颤氟砷碳盐四])"
)
_NEG_END = r"(?:除外|以外)[^，。；]{0,2}$|^(?:.*[^海国境野户门室内以员])?除.{1,40}外$"
_POS_START = r"^(?:以上|上述|其中|均)*(?:含|包括|包含|仅限|仅|限|只限|凭|主要|如)"
_LABEL = (
    r"(?:范围|项目|机构|方式|以下|如下|业务|内容|限|分公司|分店|部门|许可|行业|企业|其中|一般|前置|后置|兼营|经营部|门市|"
    r"类别|期限|有效期|证号|许可证|凭.*)$|^(?:许可|一般|前置|后置)?经营(?:项目|范围)|^无$|业$"
)
_SELF = r"自产|自制|自行(?:研发|开发|设计)?(?:生产|制造|加工)|(?:本厂|本公司|本企业|本单位|公司|企业|自己|自行)(?:所|自)?(?:研发|开发|设计)?(?:、)?(?:生产|制造|加工)"
_NUMBER = r"^[0-9一二三四五六七八九十.\- ]{1,4}$"
# 未获批准前不得生产 is said of everybody and takes nothing away
_NEG_VERB = r"^[^未法国依需须批凭应]{0,6}(?:不含|不包括|不包含|不得|不从事|除|不涉及|不)$"


def read_phrases(texts: pl.Series) -> pl.DataFrame:
    """Read every phrase, half of them in each of two threads.

    One row of the result is one phrase: ``lead`` and ``trail`` (verb bits before and behind the noun), ``begin`` and
    ``end`` (bytes between which the noun stands), ``marks``.
    """
    half = max((len(texts) + 1) // 2, 1)
    with ThreadPoolExecutor(2) as pool:
        return pl.concat(pool.map(lambda start: _read(texts[start : start + half]), range(0, max(len(texts), 1), half)))


def _read(texts: pl.Series) -> pl.DataFrame:
    """The same in one thread."""
    frame = pl.DataFrame({"text": texts})
    frame = frame.with_columns(trail_text=pl.col("text").str.extract(TRAIL, 1).fill_null(""))
    size = pl.col("text").str.len_bytes().cast(pl.Int64)
    frame = frame.with_columns(end=size - pl.col("trail_text").str.len_bytes().cast(pl.Int64))
    body = pl.col("text").cast(pl.Binary).bin.slice(0, pl.col("end")).cast(pl.String)
    frame = frame.with_columns(body=body).with_columns(lead_text=pl.col("body").str.extract(LEAD, 1).fill_null(""))
    frame = _drop_modifiers(frame)
    # 甲销售及乙制造: the verb between the two nouns
    ended, waiting = (pl.col("body").str.extract(pattern, 1) for pattern in (BETWEEN, SOLD_BETWEEN))
    first = pl.when(pl.col("trail_text") != "").then(ended).otherwise(waiting)
    frame = frame.with_columns(first=first.fill_null(""))
    frame = frame.with_columns(begin=pl.col("lead_text").str.len_bytes().cast(pl.Int64))
    return frame.select(
        "text",
        lead=number_each(frame["lead_text"], verbs_in, pl.UInt32),
        trail=number_each(frame["trail_text"], verbs_in, pl.UInt32),
        begin=pl.col("begin").cast(pl.Int32),
        end=pl.col("end").cast(pl.Int32),
        marks=_marks(),
    )


def _drop_modifiers(frame: pl.DataFrame) -> pl.DataFrame:
    """检测设备 begins with no verb: give such a lead back to the noun."""
    rest = pl.col("body").cast(pl.Binary).bin.slice(pl.col("lead_text").str.len_bytes().cast(pl.Int64)).cast(pl.String)
    generic = pl.col("lead_text").str.contains(MODIFIER) & rest.str.contains(GENERIC_REST)
    generic |= pl.col("lead_text").str.contains(LOOSE_LEAD) & rest.str.contains(APPARATUS_FIRST)
    generic |= pl.col("lead_text").str.contains(MAKING_LEAD) & rest.str.contains(GENERIC_OF_MAKING)
    generic |= rest.str.contains(
        r"^[的所]|^(?:有关|相关|配套)的"
    )  # 本公司制造的水泵: the verb belongs to a relative clause
    # 收购生产性废旧金属: 生产 is no verb, 收购 is
    kind = pl.when(rest.str.contains("^性(?:[^能状质格]|$)")).then(pl.col("lead_text").str.strip_suffix("生产"))
    lead = pl.when(generic).then(pl.lit("")).otherwise(kind.otherwise(pl.col("lead_text")))
    return frame.with_columns(lead_text=lead)


def _marks() -> pl.Expr:
    """The marks of a phrase as one number."""
    text, body = pl.col("text"), pl.col("body")
    has_verb = (pl.col("lead_text") != "") | (pl.col("trail_text") != "")
    core = body.str.len_bytes() > pl.col("lead_text").str.len_bytes()
    bare = text.str.strip_chars(f" {JOINT}.-*、") == ""
    tests = {
        PURE: has_verb & ~core,
        LABEL: body.str.contains(_LABEL) | (text == "") | bare,
        NUMBER: text.str.contains(_NUMBER),
        NEG_START: text.str.contains(_NEG_START),
        NEG_END: text.str.contains(_NEG_END),
        POS_START: text.str.contains(_POS_START),
        SELF: text.str.contains(_SELF),
        NEEDED: text.str.contains("所需|需要的|所用的"),
        BRIEF: pl.col("trail_text").str.len_chars() == 2,
        NEG_VERB: (pl.col("trail_text") != "") & body.str.contains(_NEG_VERB),
        SOLD_FIRST: pl.col("first").str.contains(SELLING),
        MADE_FIRST: pl.col("first").str.contains(MAKING_WORD),
        LABOUR: text.str.contains("分包|劳务作业"),
        PUBLICITY: text.str.contains("广告|影视|宣传|节目|图文|形象"),
        ADVERT: text.str.contains("^发布|发布$|发布.{0,6}广告"),
        ALSO: pl.col("trail_text").str.contains("^(?:以及|及|与|和|并|兼)"),
        TOWARDS: text.str.contains("^(?:从事)?对[^外口虾讲应焊]"),
        KIND: text.str.contains("^(?:精制|初制|定制|预制|再造|翻新|散装|分装|包装)$"),
    }
    total = pl.lit(0, dtype=pl.UInt32)
    for mark, test in tests.items():
        total = total | pl.when(test).then(pl.lit(mark, dtype=pl.UInt32)).otherwise(pl.lit(0, dtype=pl.UInt32))
    return total
