"""Registered capital in 元, and why one should not rely on it."""

from __future__ import annotations

import polars as pl

from data.currency import convert
from data.imports.cells import Cells
from data.imports.fields import CURRENCIES
from data.imports.values import half_width

# at and beyond this a capital that is a whole number of 万 even when read as 元 is taken for 元 written as 万元:
# in the crawl it was met with, such values were 1 : 3 at 30 亿 and 9 : 1 at 100 亿
CAPITAL_ROUND_DOUBT_CNY = 3e9
# a hundred 亿 is possible, a thousand only for a few dozen firms of the nation
CAPITAL_LIMIT_CNY = 1e11
WAN = 1e4

ZERO = "注册资本为 0：多为分支机构或未填报，不宜作规模依据"
ROUND = "注册资本达 30 亿元以上且按元计正好是整万，疑为元误作万元，数值未改"
LIMIT = "注册资本达 1000 亿元以上，请核实，数值未改"
ASSUMED = "币种未写，按人民币计"

COLUMNS = ("capital_original", "capital_currency", "capital_cny", "capital_flag")


def read_capital(cells: Cells, as_of: pl.Series) -> pl.DataFrame:
    """capital_original (in units of capital_currency), capital_currency, capital_cny, capital_flag; one row a row of ``cells``.

    Foreign money is converted at the average rate of the year of ``as_of``. Nothing is clipped: a doubtful value stays
    as stated beside a flag, which is also noted as an issue.
    """
    stated = cells.money("capital")
    said = half_width(cells.raw("capital_currency")).str.to_lowercase()
    known = pl.col("said").replace_strict(CURRENCIES, default=pl.col("said").str.to_uppercase(), return_dtype=pl.String)
    frame = pl.DataFrame({"amount": stated.amount, "in_cell": stated.currency, "said": said, "as_of": as_of})
    frame = frame.with_columns(capital_currency=pl.coalesce("in_cell", pl.when(pl.col("said") != "").then(known)))
    assumed = pl.lit("capital_currency" in cells.columns) & pl.col("capital_currency").is_null()
    frame = frame.with_columns(assumed=assumed, capital_currency=pl.col("capital_currency").fill_null("CNY"))
    frame = frame.with_columns(to_yuan(frame["amount"], frame["capital_currency"], as_of)).with_columns(_flag())
    cells.flag("capital", frame["capital_flag"])
    absent = pl.col("amount").is_null()
    return frame.select(
        pl.col("amount").alias("capital_original"),
        pl.when(~absent).then("capital_currency").alias("capital_currency"),
        "capital_cny",
        "capital_flag",
    )


def _flag() -> pl.Expr:
    capital = pl.col("capital_cny")
    without_rate = pl.col("amount").is_not_null() & capital.is_null()
    return (
        pl.when(pl.col("amount").is_null()).then(None)
        .when(without_rate).then(pl.format("没有币种 {} 的汇率，未折算", "capital_currency"))
        .when(pl.col("amount") == 0).then(pl.lit(ZERO))
        .when((capital >= CAPITAL_ROUND_DOUBT_CNY) & (pl.col("amount") % (WAN * WAN) == 0)).then(pl.lit(ROUND))
        .when(capital >= CAPITAL_LIMIT_CNY).then(pl.lit(LIMIT))
        .when("assumed").then(pl.lit(ASSUMED))
        .alias("capital_flag")
    )  # fmt: skip


def to_yuan(amount: pl.Series, currency: pl.Series, on_date: pl.Series) -> pl.Series:
    """``amount_cny``… as ``capital_cny``: the amounts in 元; null where the currency has no rate."""
    frame = pl.DataFrame({"amount": amount, "currency": currency, "on_date": on_date}).with_row_index("position")
    foreign = frame.filter((pl.col("currency") != "CNY") & pl.col("amount").is_not_null())
    if foreign.is_empty():
        return amount.alias("capital_cny")
    converted = convert(foreign, "amount", "currency", "on_date").select("position", "amount_cny")
    joined = frame.join(converted, on="position", how="left", maintain_order="left")
    home = pl.col("currency") == "CNY"
    return joined.select(pl.when(home).then("amount").otherwise("amount_cny")).to_series().alias("capital_cny")
