"""What a panel must hold before anything is validated on it."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.validation.panel import (
    NoCandidate,
    NothingLeft,
    NothingRelated,
    OneOutcome,
    UnusablePanel,
    WrongValue,
    YearAbsent,
    check_outcomes,
    cut_panel,
)


def rows(**years: list[list[float]]) -> pd.DataFrame:
    """A long panel of matrices by year (y2017=…): region a, b, …, activity p, q, …"""
    found = [
        ("abcdefgh"[r], "pqrstuvw"[s], int(year[1:]), value)
        for year, matrix in years.items()
        for r, line in enumerate(matrix)
        for s, value in enumerate(line)
    ]
    return pd.DataFrame(found, columns=["region", "activity", "year", "value"])


SQUARE = rows(y2017=[[9, 1], [1, 9]], y2021=[[5, 5], [5, 5]])


def test_a_cell_without_a_row_holds_nothing_and_rows_of_one_cell_are_added():
    frame = pd.concat([SQUARE[1:], pd.DataFrame([("a", "p", 2017, 3), ("a", "p", 2017, 4)], columns=SQUARE.columns)])
    assert cut_panel(frame).before.tolist() == [[7, 1], [1, 9]]
    assert cut_panel(SQUARE[1:]).before.tolist() == [[0, 1], [1, 9]]


def test_regions_and_activities_without_anything_in_one_of_the_years_are_left_out():
    # c is empty in 2021; r is in c alone, and goes with it
    before = [[9, 1, 0], [1, 9, 0], [1, 1, 4]]
    after = [[5, 5, 0], [5, 5, 0], [0, 0, 0]]
    panel = cut_panel(rows(y2017=before, y2021=after))
    assert (panel.regions, panel.activities) == (("a", "b"), ("p", "q"))


def test_by_default_the_first_year_is_held_against_the_last():
    panel = cut_panel(rows(y2019=[[1, 1], [1, 1]], y2017=[[9, 1], [1, 9]], y2021=[[5, 5], [5, 5]]))
    assert (panel.first, panel.last) == (2017, 2021)
    assert panel.present.tolist() == [[True, False], [False, True]]


def test_codes_and_years_may_be_text_or_numbers():
    text = SQUARE.assign(year=SQUARE.year.astype(str), value=SQUARE.value.astype(str))
    assert cut_panel(text).before.tolist() == [[9, 1], [1, 9]]
    assert cut_panel(SQUARE.assign(region=[1, 1, 2, 2, 1, 1, 2, 2])).regions == ("1", "2")


def test_rows_without_a_value_are_counted_and_left_out():
    panel = cut_panel(SQUARE.assign(value=SQUARE.value.astype("Float64").mask([False, True] + 6 * [False])))
    assert (panel.n_missing, panel.before.tolist()) == (1, [[9, 0], [1, 9]])


@settings(max_examples=15)
@given(st.permutations(range(8)))
def test_the_order_of_rows_changes_nothing(order):
    assert cut_panel(SQUARE.iloc[order]).before.tolist() == [[9, 1], [1, 9]]


def test_a_year_that_is_absent_is_named_beside_those_there_are():
    with pytest.raises(YearAbsent, match="没有 2018 年；现有年份：2017、2021；请用 --from 和 --to"):
        cut_panel(SQUARE, 2018)


def test_years_in_the_wrong_order_are_said():
    with pytest.raises(UnusablePanel, match="起始年 2021 应早于结束年 2017"):
        cut_panel(SQUARE, 2021, 2017)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("value", "S", "第 3 行（不算表头）的 value 列是“S”，应为不小于 0 的数"),
        ("value", "-1", "第 3 行（不算表头）的 value 列是“-1”"),
        ("value", "inf", "第 3 行（不算表头）的 value 列是“inf”"),
        ("year", "去年", "第 3 行（不算表头）的 year 列是“去年”，应为四位年份"),
        ("year", "2017.5", "第 3 行（不算表头）的 year 列是“2017.5”"),
    ],
)
def test_what_is_no_number_is_named_with_its_row(column, value, message):
    frame = SQUARE.astype({column: str})
    frame.loc[2, column] = value
    with pytest.raises(WrongValue, match=re.escape(message)):
        cut_panel(frame)


def test_an_empty_panel_says_so():
    with pytest.raises(UnusablePanel, match="面板数据是空的"):
        cut_panel(SQUARE.head(0))


def test_one_region_alone_cannot_be_compared():
    with pytest.raises(NothingLeft, match="只有 1 个地区、2 个行业"):
        cut_panel(SQUARE[SQUARE.region == "a"])


def test_a_panel_of_zeros_has_nothing_left():
    with pytest.raises(NothingLeft, match="只有 0 个地区、0 个行业"):
        cut_panel(SQUARE.assign(value=0))


def outcomes(**years: list[list[float]]) -> None:
    panel = cut_panel(rows(**years))
    check_outcomes(panel, panel.entered)


def test_activities_that_are_everywhere_leave_nothing_to_enter():
    with pytest.raises(NoCandidate, match="2017 年没有一个待进入的格子"):
        outcomes(y2017=[[1, 1], [1, 1]], y2021=[[9, 1], [1, 9]])


def test_a_panel_in_which_nobody_entered_anything_says_so():
    with pytest.raises(OneOutcome, match="2 个待进入的格子到 2021 年没有一个进入"):
        outcomes(y2017=[[9, 1], [1, 9]], y2021=[[9, 1], [1, 9]])
    with pytest.raises(OneOutcome, match="到 2021 年全部进入"):
        outcomes(y2017=[[9, 1], [1, 9]], y2021=[[5, 5], [5, 5]])


def test_a_panel_in_which_no_two_activities_meet_says_so():
    panel = cut_panel(SQUARE)
    with pytest.raises(NothingRelated, match="算不出关联度"):
        check_outcomes(panel, panel.entered[:0])
