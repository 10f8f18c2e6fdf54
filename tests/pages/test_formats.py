"""Numbers and dates as people read them; nothing missing becomes a zero."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from exports.formats import NO_DATA, count, day, decimal, is_missing, moment, money, percent, text


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
@pytest.mark.parametrize("show", [count, decimal, percent, money, day, text])
def test_missing_is_said_in_words(show, missing):
    assert show(missing) == NO_DATA


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "0 元"),
        (9_999, "9,999 元"),
        (10_000, "1 万元"),
        (34_560_000, "3,456 万元"),
        (99_999_999, "10,000 万元"),
        (100_000_000, "1 亿元"),
        (152_000_000, "1.52 亿元"),
        (1_234_000_000, "12.3 亿元"),
        (123_456_000_000, "1,235 亿元"),
        (-250_000_000, "-2.5 亿元"),
    ],
)
def test_money_turns_to_ten_thousands_and_hundred_millions(amount, words):
    assert money(amount) == words


def test_numbers_shares_and_dates():
    assert count(1_084_583) == "1,084,583"
    assert decimal(3.14159, 2) == "3.14"
    assert percent(0.126) == "13%"
    assert percent(0.126, 1) == "12.6%"
    assert day(date(2026, 11, 22)) == "2026-11-22"
    assert day(pd.Timestamp("2026-11-22 23:59")) == "2026-11-22"
    assert moment(pd.Timestamp("2026-11-22 09:05")) == "2026-11-22 09:05"
    assert text("  ") == NO_DATA


def test_a_list_is_not_missing():
    assert not is_missing(["登记状态：注销"])
    assert not is_missing([])
