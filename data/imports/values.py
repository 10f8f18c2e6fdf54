"""Cells to values, a column at a time: each function returns the values and, where a cell is doubtful, the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from data.imports.fields import CURRENCIES, FACTORS, UNIT_PATTERN, Unit
from data.imports.limits import MAX_TEXT_CHARACTERS

BLANKS = [
    "",
    "-",
    "--",
    "—",
    "——",
    "/",
    "\\",
    "NULL",
    "null",
    "None",
    "none",
    "nan",
    "NaN",
    "NaT",
    "N/A",
    "n/a",
    "#N/A",
    "<NA>",
]
BROKEN_CELLS = ["#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"]
STARS = ["*" * n for n in range(1, 9)] + ["＊" * n for n in range(1, 9)]
INVISIBLE = r"[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff]"
CLOCK_TIME = r"[T\s]+\d{1,2}[:：]\d{2}.*$"
MASKED = r"^[^\d]*[*＊×]+[^\d]*$"
EARLIEST = date(1850, 1, 1)
# text that Excel shows as a date is a day number; these bound 1930 to 2099
SERIAL_DATES = (10_959, 73_050)
EXCEL_EPOCH = date(1899, 12, 30)

MASK_REASON = "来源以 * 遮蔽，记为无数据"


@dataclass(frozen=True)
class Parsed:
    """Values of one column and, row by row, why a value is missing or doubtful (null: nothing to say)."""

    value: pl.Series
    fault: pl.Series


def texts(cells: pl.Series, limit: int = MAX_TEXT_CHARACTERS) -> Parsed:
    """Trimmed text; blanks are null, control characters go, text beyond ``limit`` characters is cut."""
    raw = _as_text(cells)
    frame = pl.DataFrame({"raw": raw}).with_columns(odd=pl.col("raw").str.contains(INVISIBLE).fill_null(value=False))
    dirty = frame["odd"].any()
    value = pl.col("raw").str.replace_all(INVISIBLE, "") if dirty else pl.col("raw")
    frame = frame.with_columns(value=value.str.strip_chars()).with_columns(long=pl.col("value").str.len_chars() > limit)
    # the commonest invisible characters (zero width, BOM) change nothing: only control characters are worth a word
    control = pl.col("odd") & pl.col("raw").str.contains(r"[\x00-\x08\x0e-\x1f\x7f]") if dirty else pl.lit(value=False)
    fault = (
        pl.when("long").then(pl.lit(f"文字超过 {limit} 字，只保留前 {limit} 字"))
        .when(control).then(pl.lit("含有控制字符，已去除"))
        .when(pl.col("value").is_in(BROKEN_CELLS)).then(pl.lit("Excel 公式出错，记为无数据"))
        .when(pl.col("value").is_in(STARS)).then(pl.lit(MASK_REASON))
    )  # fmt: skip
    missing = pl.col("value").is_in(BLANKS + BROKEN_CELLS + STARS)
    kept = pl.when(missing).then(None).when("long").then(pl.col("value").str.slice(0, limit)).otherwise("value")
    done = frame.select(value=kept, fault=fault.cast(pl.String))
    return Parsed(done["value"], done["fault"])


def _as_text(cells: pl.Series) -> pl.Series:
    if cells.dtype == pl.String:
        return cells
    if isinstance(cells.dtype, pl.List):
        return cells.list.join("、")
    if cells.dtype.is_float():
        both = pl.DataFrame({"number": cells, "whole": cells.cast(pl.Int64, strict=False)})
        exact = pl.when(pl.col("number") == pl.col("whole")).then(pl.col("whole").cast(pl.String))
        return both.select(exact.otherwise(pl.col("number").fill_nan(None).cast(pl.String))).to_series()
    return cells.cast(pl.String)


def names(cells: pl.Series, limit: int) -> Parsed:
    """Names: as texts; blanks inside a name with Chinese characters go; a name that looks like a formula is flagged."""
    parsed = texts(cells, limit)
    frame = pl.DataFrame({"value": parsed.value, "fault": parsed.fault})
    name = pl.col("value")
    inside = name.str.contains(r"\s") & name.str.contains(r"\p{Han}")
    frame = frame.with_columns(value=pl.when(inside).then(name.str.replace_all(r"\s+", "")).otherwise(name))
    formula = pl.col("value").str.contains(r"^[=+\-@＝＋－＠]")
    said = pl.coalesce("fault", pl.when(formula).then(pl.lit("以公式符号开头，按文字保存，不会执行")))
    return Parsed(frame["value"], frame.select(said.cast(pl.String)).to_series())


def half_width(cells: pl.Series) -> pl.Series:
    """Text with full-width letters and digits made half-width, without blanks."""
    text = _as_text(cells)
    if text.str.contains(r"[！-～\s]").any():
        text = text.str.normalize("NFKC").str.replace_all(r"\s+", "")
    return text.str.strip_chars("'\u200b\ufeff ")


def codes(cells: pl.Series) -> Parsed:
    """Codes as text: half-width, without blanks; a decimal tail of zeros goes (370117.0)."""
    text = half_width(cells).str.replace(r"^(\d+)\.0+$", "$1")
    frame = pl.DataFrame({"value": text}).select(pl.when(~pl.col("value").is_in(BLANKS)).then("value"))
    return Parsed(frame.to_series().alias("value"), _nothing(len(cells)))


def numbers(cells: pl.Series) -> Parsed:
    """Decimal numbers; thousands separators go; * is masked; anything else is a fault."""
    if cells.dtype.is_numeric():
        value = cells.cast(pl.Float64).fill_nan(None)
        finite = pl.DataFrame({"value": value}).select(pl.when(pl.col("value").is_finite()).then("value")).to_series()
        return Parsed(finite, _nothing(len(cells)))
    text = half_width(cells).str.replace_all(r"[,，]", "")
    frame = pl.DataFrame({"text": text}).with_columns(value=pl.col("text").cast(pl.Float64, strict=False))
    frame = frame.with_columns(value=pl.when(pl.col("value").is_finite()).then("value"))
    blank = pl.col("text").is_null() | pl.col("text").is_in(BLANKS)
    said = (
        pl.when(blank | pl.col("value").is_not_null()).then(None)
        .when(pl.col("text").str.contains(MASKED)).then(pl.lit(MASK_REASON))
        .otherwise(pl.lit("不是数字，记为无数据"))
    )  # fmt: skip
    return Parsed(frame["value"], frame.select(said.cast(pl.String)).to_series().alias("fault"))


def counts(cells: pl.Series) -> Parsed:
    """Whole numbers from 0 up; 人 and 家 behind the number are allowed."""
    bare = cells if cells.dtype.is_numeric() else half_width(cells).str.replace(r"[人家]$", "")
    parsed = numbers(bare)
    frame = pl.DataFrame({"value": parsed.value, "fault": parsed.fault})
    fits = (pl.col("value") >= 0) & (pl.col("value") == pl.col("value").round()) & (pl.col("value") < 1e9)
    wrong = pl.col("value").is_not_null() & ~fits
    done = frame.select(
        value=pl.when(fits).then("value").cast(pl.Int64),
        fault=pl.when(wrong).then(pl.lit("不是非负整数，记为无数据")).otherwise("fault"),
    )
    return Parsed(done["value"], done["fault"])


def dates(cells: pl.Series, not_after: pl.Series) -> Parsed:
    """Days. 2019-05-01, 2019/5/1, 2019.5.1, 20190501, 2019年5月1日, each with a time behind it, and Excel's day numbers.

    A month or a year alone is no day. Days before 1850 or after ``not_after`` (where known) are faults and null.
    """
    if cells.dtype.is_temporal():
        day, text = cells.cast(pl.Date), cells.cast(pl.String)
    else:
        text = half_width(_as_text(cells).str.replace(CLOCK_TIME, ""))
        day = _days(text)
    frame = pl.DataFrame({"text": text, "day": day, "limit": not_after})
    blank = pl.col("text").is_null() | pl.col("text").is_in(BLANKS)
    said = (
        pl.when(blank).then(None)
        .when(pl.col("day").is_null() & pl.col("text").str.contains(r"^\d{4}([-/.年]\d{1,2}月?|年)?$")).then(pl.lit("只写到年或月，记为无数据"))
        .when(pl.col("day").is_null()).then(pl.lit("不是可识别的日期，记为无数据"))
        .when(pl.col("day") < EARLIEST).then(pl.lit("日期早于 1850 年，记为无数据"))
        .when(pl.col("day") > pl.col("limit")).then(pl.lit("日期晚于数据截止日期，记为无数据"))
    )  # fmt: skip
    done = frame.with_columns(fault=said.cast(pl.String)).with_columns(
        value=pl.when(pl.col("fault").is_null()).then("day")
    )
    return Parsed(done["value"], done["fault"])


def _days(text: pl.Series) -> pl.Series:
    plain = text.str.to_date("%Y-%m-%d", strict=False)
    if plain.null_count() == text.null_count():
        return plain
    parts = r"^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})(?:日|号)?$"
    frame = pl.DataFrame({"text": text, "plain": plain})
    found = pl.col("text").str.extract_groups(parts)
    written = pl.format(
        "{}-{}-{}", found.struct[0], found.struct[1].str.zfill(2), found.struct[2].str.zfill(2)
    ).str.to_date("%Y-%m-%d", strict=False)  # fmt: skip
    number = pl.col("text").str.extract(r"^(\d{5})(?:\.\d+)?$").cast(pl.Int32)
    serial = (
        pl.when(number.is_between(*SERIAL_DATES)).then(pl.lit(EXCEL_EPOCH) + pl.duration(days=number)).cast(pl.Date)
    )
    return frame.select(pl.coalesce("plain", pl.when(number.is_null()).then(written), serial)).to_series()


@dataclass(frozen=True)
class Money:
    """Amounts in whole units of ``currency`` (null: not said), and faults."""

    amount: pl.Series
    currency: pl.Series
    fault: pl.Series


def money(cells: pl.Series, unit: Unit | None, units: pl.Series | None = None) -> Money:
    """Amounts. The unit stands in the cell (1000万美元), else in ``units`` (a column), else is ``unit`` (of the heading).

    An amount for which no unit is known is a fault and null: 元 and 万元 must not be guessed.
    """
    text = half_width(cells).str.replace_all(r"[,，]", "").str.to_lowercase()
    beside = _nothing(len(text)) if units is None else half_width(units).str.to_lowercase()
    frame = pl.DataFrame({"text": text, "beside": beside}).with_columns(_amount_and_unit(cells))
    words = pl.col("unit").str.extract_groups(r"^(百万|千万|[百千万亿])?(.*)$")
    factor = words.struct[0].fill_null("").replace_strict(FACTORS, default=None, return_dtype=pl.Float64)
    currency = words.struct[1].replace_strict(CURRENCIES, default=None, return_dtype=pl.String)
    said = pl.col("unit").is_not_null()
    frame = frame.with_columns(
        factor=pl.when(said).then(factor).otherwise(None if unit is None else unit.factor),
        currency=pl.when(said).then(currency).otherwise(None if unit is None else pl.lit(unit.currency, pl.String)),
    ).with_columns(amount=(pl.col("number") * pl.col("factor")).round(4))
    blank = pl.col("text").is_null() | pl.col("text").is_in([*BLANKS, "nan", "null", "none"])
    fault = (
        pl.when(blank).then(None)
        .when(pl.col("number").is_null() & pl.col("text").str.contains(MASKED)).then(pl.lit(MASK_REASON))
        .when(pl.col("number").is_null()).then(pl.lit("不是可识别的金额，记为无数据"))
        .when(pl.col("factor").is_null()).then(pl.lit("没有写明单位（元、万元或亿元），记为无数据"))
        .when(pl.col("number") < 0).then(pl.lit("金额为负，记为无数据"))
        .when(pl.col("amount").is_infinite()).then(pl.lit("不是可识别的金额，记为无数据"))
    )  # fmt: skip
    done = frame.with_columns(fault=fault.cast(pl.String))
    kept = done.select(pl.when(pl.col("fault").is_null()).then("amount")).to_series()
    return Money(kept, done["currency"], done["fault"])


def _amount_and_unit(cells: pl.Series) -> list[pl.Expr]:
    beside = pl.when(pl.col("beside").str.contains(rf"^{UNIT_PATTERN}$")).then("beside")
    if cells.dtype.is_numeric():
        return [pl.lit(cells.cast(pl.Float64).fill_nan(None)).alias("number"), beside.alias("unit")]
    written = rf"^(?:\(?人民币\)?)?([+-]?\d*\.?\d+(?:e[+-]?\d+)?)({UNIT_PATTERN})?(?:整)?$"
    split = pl.col("text").str.extract_groups(written)
    return [
        split.struct[0].cast(pl.Float64, strict=False).alias("number"),
        pl.coalesce(split.struct[1], beside).alias("unit"),
    ]


def _nothing(n: int) -> pl.Series:
    return pl.Series([None], dtype=pl.String).new_from_index(0, n)
