"""Yearly average exchange rates and conversion to 元."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import polars as pl

CNY = "CNY"


@dataclass(frozen=True)
class Converted:
    """An amount in 元 with the year of the rate used, or why there is none."""

    amount_cny: float | None
    rate_year: int | None
    note: str = ""


@cache
def rates() -> pl.DataFrame:
    """currency, year, cny (元 for one unit, yearly average); ascending by year."""
    path = files("data") / "reference" / "exchange_rates.csv"
    return pl.read_csv(path.read_bytes(), schema_overrides={"cny": pl.Float64, "year": pl.Int32}).sort(
        "year", "currency"
    )


def to_cny(amount: float, currency: str, on_date: date | None) -> Converted:
    """Convert with the average rate of the date's year, else of the nearest year known (said in the note).

    Without a date the newest rate is used and said so. An unknown currency gives no amount and the reason.

    >>> to_cny(100.0, "CNY", None).amount_cny
    100.0
    """
    if currency == CNY:
        return Converted(amount, None)
    known = rates().filter(pl.col("currency") == currency)
    if known.is_empty():
        return Converted(None, None, f"没有币种 {currency} 的汇率，无法折算")
    year = on_date.year if on_date else int(known["year"][-1])
    nearest = known.sort((pl.col("year") - year).abs(), "year").row(0, named=True)
    note = "" if nearest["year"] == year and on_date else f"按 {nearest['year']} 年平均汇率折算"
    return Converted(amount * nearest["cny"], nearest["year"], note)


def convert(frame: pl.DataFrame, amount: str, currency: str, on_date: str) -> pl.DataFrame:
    """``frame`` with amount_cny and rate_year: :func:`to_cny` over columns (null currency gives null).

    Parameters
    ----------
    amount, currency, on_date : names of the columns; dates may be null
    """
    known = rates().rename({"currency": "rate_currency", "year": "rate_year"})
    newest = known["rate_year"].max()
    keyed = frame.with_row_index("row").with_columns(
        pl.col(on_date).dt.year().fill_null(newest).cast(pl.Int32).alias("year")
    )
    joined = keyed.sort("year").join_asof(
        known, left_on="year", right_on="rate_year", by_left=currency, by_right="rate_currency", strategy="nearest",
        check_sortedness=False, coalesce=False,
    )  # fmt: skip
    home = pl.col(currency) == CNY
    return (
        joined.with_columns(
            pl.when(home).then(pl.col(amount)).otherwise(pl.col(amount) * pl.col("cny")).alias("amount_cny"),
            pl.when(home).then(None).otherwise(pl.col("rate_year")).alias("rate_year"),
        )
        .sort("row")
        .drop("row", "year", "cny", "rate_currency", strict=False)
    )
