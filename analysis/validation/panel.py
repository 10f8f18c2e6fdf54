"""A region × activity × year panel cut to two years, and the cells that could be entered between them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.relatedness import revealed_advantage

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
COLUMNS = ("region", "activity", "year", "value")
MOST_NAMED = 12


class UnusablePanel(ValueError):
    """The panel cannot be validated on; the message says why and what to do."""


class YearAbsent(UnusablePanel):
    """The panel has no row of a year that is asked for."""

    def __init__(self, year: int, known: Collection[int]) -> None:
        years = "、".join(map(str, sorted(known)[:MOST_NAMED]))
        super().__init__(f"面板数据里没有 {year} 年；现有年份：{years}；请用 --from 和 --to 另选")


class WrongValue(UnusablePanel):
    """A cell holds something that is no usable number."""

    def __init__(self, row: int, column: str, value: object, wanted: str) -> None:
        super().__init__(f"面板数据第 {row} 行（不算表头）的 {column} 列是“{value}”，应为{wanted}；请改正后重试")


class NothingLeft(UnusablePanel):
    """Too little is left to compare regions with one another."""

    def __init__(self, first: int, last: int, n_regions: int, n_activities: int) -> None:
        super().__init__(
            f"{first} 年和 {last} 年都有数值的只有 {n_regions} 个地区、{n_activities} 个行业；"
            "至少要有 2 个地区和 2 个行业才能比较，请检查列名、年份和数值列"
        )


class NoCandidate(UnusablePanel):
    """Every region has an advantage in every activity already."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year} 年没有一个待进入的格子（地区 × 行业的 RCA 都不小于 1），无从检验“谁会进入”")


class NothingRelated(UnusablePanel):
    """No two activities are in one region."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year} 年没有两个行业同时是某个地区的优势（RCA ≥ 1），算不出关联度；请用更细或更大的面板")


class OneOutcome(UnusablePanel):
    """All candidates were entered, or none."""

    def __init__(self, n_entries: int, n_candidates: int, last: int) -> None:
        what = "全部" if n_entries else "没有一个"
        super().__init__(f"{n_candidates:,} 个待进入的格子到 {last} 年{what}进入，算不出 AUC；请换年份或更大的面板")


@dataclass(frozen=True)
class Panel:
    """Values of two years.

    before, after : regions × activities, value in ``first`` and ``last``; a cell without a row holds 0 (nothing seen)
    regions, activities : codes in ascending order; all have a positive sum in both years
    n_missing : rows of the two years without a value, left out
    """

    first: int
    last: int
    regions: tuple[str, ...]
    activities: tuple[str, ...]
    before: FloatArray
    after: FloatArray
    n_missing: int

    @cached_property
    def advantage(self) -> FloatArray:
        """RCA in the first year."""
        return revealed_advantage(self.before)

    @cached_property
    def present(self) -> BoolArray:
        """RCA ≥ 1 in the first year."""
        return self.advantage >= 1

    @cached_property
    def later(self) -> BoolArray:
        """RCA ≥ 1 in the last year."""
        return revealed_advantage(self.after) >= 1

    @property
    def entered(self) -> BoolArray:
        """Of each candidate (the cells outside ``present``, row by row), whether it is present in the last year."""
        return self.later[~self.present]


def check_outcomes(panel: Panel, entered: BoolArray) -> None:
    """Raises NoCandidate, NothingRelated, OneOutcome where an area under the curve of these candidates means nothing."""
    if panel.present.all():
        raise NoCandidate(panel.first)
    if not len(entered):
        raise NothingRelated(panel.first)
    if entered.all() or not entered.any():
        raise OneOutcome(int(entered.sum()), len(entered), panel.last)


def cut_panel(rows: pd.DataFrame, first: int | None = None, last: int | None = None) -> Panel:
    """Two years of a long panel; several rows of one cell and year are added.

    Parameters
    ----------
    rows : region, activity (text or number), year (whole number), value (≥ 0; a missing one is left out)
    first, last : years T and T + k; by default the first and the last there are

    Raises
    ------
    WrongValue, YearAbsent, NothingLeft

    Examples
    --------
    >>> rows = [("a", "x", 1, 9.0), ("a", "y", 1, 1.0), ("b", "x", 1, 1.0), ("b", "y", 1, 9.0)]
    >>> rows += [(region, activity, 2, 5.0) for region, activity, _, _ in rows]
    >>> cut_panel(pd.DataFrame(rows, columns=COLUMNS)).present.tolist()
    [[True, False], [False, True]]
    """
    known = pd.DataFrame({name: rows[name].reset_index(drop=True) for name in COLUMNS})
    known["year"] = _numbers(known.year, "year", "四位年份").astype("Int64")
    years = sorted(int(year) for year in known.year.dropna().unique())
    first, last = _years(years, first, last)
    known = known[known.year.isin([first, last])]
    known = known.assign(value=_numbers(known.value, "value", "不小于 0 的数"))
    usable = known.dropna()
    codes = [pd.factorize(usable[name].astype("str"), sort=True) for name in ("region", "activity")]
    (row, regions), (column, activities) = codes
    shape = (len(regions), len(activities))
    cell, values = row * max(shape[1], 1) + column, usable.value.to_numpy(dtype=float)
    before, after = (
        np.bincount(cell[at], values[at], minlength=shape[0] * shape[1]).astype(float).reshape(shape)
        for at in ((usable.year == year).to_numpy(dtype=bool) for year in (first, last))
    )
    rows_kept, columns_kept = _positive(before, after)
    if rows_kept.sum() < 2 or columns_kept.sum() < 2:
        raise NothingLeft(first, last, int(rows_kept.sum()), int(columns_kept.sum()))
    kept = np.ix_(rows_kept, columns_kept)
    names = tuple(map(str, regions[rows_kept])), tuple(map(str, activities[columns_kept]))
    return Panel(first, last, *names, before[kept], after[kept], len(known) - len(usable))


def _numbers(column: pd.Series, name: str, wanted: str) -> pd.Series:
    """The column as numbers ≥ 0; missing stays missing. Raises WrongValue naming the first row that is none."""
    text = column.astype("str").str.strip() if not pd.api.types.is_numeric_dtype(column) else column
    numbers = pd.to_numeric(text, errors="coerce")
    empty = column.isna() | (text == "" if text is not column else False)
    whole = name == "year"
    wrong = (numbers.isna() & ~empty) | (numbers < 0) | ~np.isfinite(numbers.where(~numbers.isna(), 0.0))
    wrong |= whole & (numbers.notna() & (numbers != numbers.round()))
    if wrong.any():
        at = wrong.idxmax()
        raise WrongValue(int(at) + 1, name, column[at], wanted)
    return numbers


def _years(known: list[int], first: int | None, last: int | None) -> tuple[int, int]:
    if not known:
        raise UnusablePanel("面板数据是空的：没有一行带年份的数据")
    chosen = known[0] if first is None else first, known[-1] if last is None else last
    for year in chosen:
        if year not in known:
            raise YearAbsent(year, known)
    if chosen[0] >= chosen[1]:
        raise UnusablePanel(
            f"起始年 {chosen[0]} 应早于结束年 {chosen[1]}；面板数据的年份：{'、'.join(map(str, known))}"
        )
    return chosen


def _positive(before: FloatArray, after: FloatArray) -> tuple[BoolArray, BoolArray]:
    """Regions and activities whose sum is positive in both years, counted among one another."""
    rows, columns = np.ones(before.shape[0], dtype=bool), np.ones(before.shape[1], dtype=bool)
    while True:
        inside = [np.where(columns, year, 0.0) * rows[:, None] for year in (before, after)]
        new_rows = np.logical_and(*(year.sum(axis=1) > 0 for year in inside))
        new_columns = np.logical_and(*(year.sum(axis=0) > 0 for year in inside))
        if (new_rows == rows).all() and (new_columns == columns).all():
            return rows, columns
        rows, columns = new_rows, new_columns
