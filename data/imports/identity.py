"""Which firm a row speaks of: USCC where there is one, else stock code; rows that cannot be told are rejected."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from data.identifiers import uscc_fault, valid_usccs
from data.imports import values
from data.imports.cells import Cells
from data.imports.issues import REJECTED
from data.imports.limits import MAX_NAME_CHARACTERS
from data.imports.table import ROW_NUMBER

STOCK_PREFIX = "stock:"
EMPTY_NAME = "名称为空"
LONG_NAME = f"名称超过 {MAX_NAME_CHARACTERS} 字，不是企业名称"
NO_CODE = "没有统一社会信用代码，也没有股票代码，无法确定是哪家企业"
# A-share codes; shorter ones have lost their leading zeros in a spreadsheet
STOCK_DIGITS = 6


@dataclass(frozen=True)
class Codes:
    """Codes of one column; ``fault`` says why a code is wrong (then ``value`` is null)."""

    value: pl.Series
    fault: pl.Series


def read_uscc(cells: pl.Series) -> Codes:
    """统一社会信用代码, checked; half-width and upper case."""
    text = values.codes(_digits(cells)).value.str.to_uppercase()
    valid = valid_usccs(text)
    wrong = text.filter(~valid & text.is_not_null()).unique()
    reasons = {code: uscc_fault(code) for code in wrong.to_list()}
    frame = pl.DataFrame({"code": text, "valid": valid})
    kept = frame.select(value=pl.when("valid").then("code"), fault=_reason(reasons))
    return Codes(kept["value"], kept["fault"])


def _digits(cells: pl.Series) -> pl.Series:
    """A numeric column lost digits in a spreadsheet: it is shown as the spreadsheet shows it."""
    if not cells.dtype.is_float():
        return cells
    return pl.Series([None if value is None else f"{value:.5E}" for value in cells.to_list()], dtype=pl.String)


def _reason(reasons: dict[str, str | None]) -> pl.Expr:
    if not reasons:
        return pl.lit(None, pl.String)
    return pl.col("code").replace_strict(reasons, default=None, return_dtype=pl.String)


def read_stock_code(cells: Cells) -> pl.Series:
    """Stock codes as text; fewer than six digits are filled up with the zeros that a spreadsheet drops, and flagged."""
    if "stock_code" not in cells.columns:
        return cells.code("stock_code")
    code = values.codes(cells.raw("stock_code")).value.str.to_uppercase()
    frame = pl.DataFrame({"code": code})
    short = pl.col("code").str.contains(r"^[1-9]\d{0,4}$")
    filled = pl.col("code").str.zfill(STOCK_DIGITS)
    fault = pl.when(short).then(pl.format("股票代码不足六位，按丢失前导零补为 {}", filled))
    cells.flag("stock_code", frame.select(fault.cast(pl.String)).to_series())
    return frame.select(pl.when(short).then(filled).otherwise("code")).to_series()


def identify(cells: Cells, as_of: pl.Series) -> pl.DataFrame:
    """row_number, firm_id, uscc, stock_code, name, as_of, taken: whether the row is taken; one row a row of the file.

    Rejected: an invalid USCC, neither USCC nor stock code, an empty name, the same firm twice as of the same day.
    """
    uscc = read_uscc(cells.raw("uscc"))
    stock = read_stock_code(cells)
    name = values.names(cells.raw("name"), 10 * MAX_NAME_CHARACTERS)
    frame = pl.DataFrame({
        ROW_NUMBER: cells.rows, "uscc": uscc.value, "fault": uscc.fault, "stock_code": stock, "name": name.value, "as_of": as_of,
    })  # fmt: skip
    frame = frame.with_columns(
        firm_id=pl.when(pl.col("fault").is_null()).then(pl.coalesce("uscc", STOCK_PREFIX + pl.col("stock_code"))),
        name_fault=_name_fault(),
    )
    frame = frame.with_columns(fault=pl.coalesce("fault", pl.when(pl.col("firm_id").is_null()).then(pl.lit(NO_CODE))))
    frame = frame.with_columns(_repeated(frame))
    reject(cells, "uscc" if "uscc" in cells.columns else "stock_code", frame["fault"])
    reject(cells, "name", frame["name_fault"])
    reject(cells, "uscc" if "uscc" in cells.columns else "stock_code", frame["twice"])
    taken = pl.all_horizontal(pl.col("fault", "name_fault", "twice").is_null())
    frame = frame.with_columns(taken=taken)
    shown = (
        pl.DataFrame({"fault": name.fault, "taken": frame["taken"]}).select(pl.when("taken").then("fault")).to_series()
    )
    cells.flag("name", shown)
    return frame.select(ROW_NUMBER, "firm_id", "uscc", "stock_code", "name", "as_of", "taken")


def _name_fault() -> pl.Expr:
    long = pl.col("name").str.len_chars() > MAX_NAME_CHARACTERS
    return pl.when(pl.col("name").is_null()).then(pl.lit(EMPTY_NAME)).when(long).then(pl.lit(LONG_NAME)).cast(pl.String)


def _repeated(frame: pl.DataFrame) -> pl.Series:
    """The reason why a row repeats an earlier one that was good."""
    good = frame.select(pl.col("fault").is_null() & pl.col("name_fault").is_null()).to_series()
    keys = frame.filter(good).select(ROW_NUMBER, "firm_id", "as_of")
    twice = keys.filter(keys.select(~pl.struct("firm_id", "as_of").is_first_distinct()).to_series())
    nothing = pl.Series("twice", [None], dtype=pl.String).new_from_index(0, frame.height)
    if twice.is_empty():
        return nothing
    first = keys.join(twice.select("firm_id", "as_of").unique(), on=["firm_id", "as_of"], nulls_equal=True)
    first = first.group_by("firm_id", "as_of").agg(pl.col(ROW_NUMBER).min().alias("first"))
    named = twice.join(first, on=["firm_id", "as_of"], nulls_equal=True)
    reasons = named.select(ROW_NUMBER, twice=pl.format("与第 {} 行是同一家企业，重复", "first"))
    return frame.join(reasons, on=ROW_NUMBER, how="left", maintain_order="left")["twice"]


def reject(cells: Cells, target: str, faults: pl.Series) -> None:
    """Note the rows whose fault is not null as rejected."""
    cells.issues.add(REJECTED, cells.rows, cells.label(target), cells.raw(target), faults)
