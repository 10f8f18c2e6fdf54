"""Amounts in 元 by the average rate of the year."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.currency import convert, rates, to_cny

# 国家统计局 yearbook, 人民币汇率（年平均价）, per 100 units: USD 2005 819.17, HKD 1999 106.66, JPY 1994 8.4370, EUR 2010 897.25
KNOWN = [("USD", 2005, 8.1917), ("HKD", 1999, 1.0666), ("JPY", 1994, 0.084370), ("EUR", 2010, 8.9725)]


@pytest.mark.parametrize(("currency", "year", "rate"), KNOWN)
def test_the_average_rate_of_the_year_is_used(currency, year, rate):
    converted = to_cny(100.0, currency, date(year, 7, 1))
    assert converted.amount_cny == pytest.approx(100 * rate)
    assert (converted.rate_year, converted.note) == (year, "")


def test_yuan_stay_yuan():
    assert to_cny(12.5, "CNY", None).amount_cny == 12.5


def test_another_year_than_the_dates_is_said():
    converted = to_cny(1.0, "USD", date(1978, 1, 1))
    assert (converted.amount_cny, converted.rate_year, converted.note) == (2.9366, 1985, "按 1985 年平均汇率折算")


def test_without_a_date_the_newest_rate_is_used_and_said():
    converted = to_cny(1.0, "USD", None)
    assert (converted.rate_year, converted.note) == (2024, "按 2024 年平均汇率折算")


def test_an_unknown_currency_gives_no_amount_but_a_reason():
    converted = to_cny(1.0, "OTHER", date(2010, 1, 1))
    assert converted.amount_cny is None
    assert "没有币种 OTHER" in converted.note


def test_each_year_of_a_currency_stands_once_and_none_is_missing_between():
    for (currency,), table in rates().group_by("currency"):
        years = sorted(table["year"])
        assert years == list(range(years[0], years[-1] + 1)), currency


def test_the_peg_of_the_hong_kong_dollar_shows():
    wide = rates().pivot("currency", index="year", values="cny").drop_nulls(["USD", "HKD"])
    assert ((wide["USD"] / wide["HKD"]).is_between(7.7, 7.85)).all()


MONEY = st.tuples(
    st.one_of(st.none(), st.floats(0, 1e9)),
    st.sampled_from(["CNY", "USD", "HKD", "JPY", "EUR", "OTHER"]),
    st.one_of(st.none(), st.dates(date(1978, 1, 1), date(2030, 12, 31))),
)


@given(st.lists(MONEY, min_size=1))
def test_columns_are_converted_as_single_amounts(rows):
    schema = {"amount": pl.Float64, "currency": pl.String, "on": pl.Date}
    found = convert(pl.DataFrame(rows, schema=schema, orient="row"), "amount", "currency", "on")
    single = [to_cny(amount, currency, on) if amount is not None else None for amount, currency, on in rows]
    expected = [one.amount_cny if one else None for one in single]
    assert found["amount_cny"].to_list() == pytest.approx(expected)


def test_a_missing_currency_gives_no_amount():
    frame = pl.DataFrame({"amount": [1.0], "currency": pl.Series([None], dtype=pl.String), "on": [date(2010, 1, 1)]})
    assert convert(frame, "amount", "currency", "on")["amount_cny"].to_list() == [None]
