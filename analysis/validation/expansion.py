"""Do brands that expanded lately expand again? Groups of one brand known by a year against what they founded after it.

Only provinces whose foundings are recorded throughout are looked at, before and after: elsewhere a founding could not
have been seen, and its absence says nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analysis.targets import TargetParams, expansion
from analysis.validation.area import Area, area_under
from analysis.validation.shares import Share

EXPANSION_NAMES = {
    "part": "目标得分中的“扩张”分项",
    "recent": "近年外地新设家数",
    "n_affiliates": "只看已有外地企业家数",
    "capital": "只看注册资本",
    "age": "只看成立年数",
}
THIN = 0.2
"""A year with less than this part of what is usual around it is missing, wholly or in part."""
AROUND = 2
MIN_GROUPS, MIN_FOUNDING = 30, 5
"""Fewer groups, or fewer that founded something, give no area worth telling."""


@dataclass(frozen=True)
class Period:
    """Expansion is counted in the ``window`` years up to ``year``, what it should foretell in the ``ahead`` years after."""

    year: int
    window: int = 3
    ahead: int = 3

    @property
    def years(self) -> range:
        """Every year that must be on record."""
        return range(self.year - self.window + 1, self.year + self.ahead + 1)


@dataclass(frozen=True)
class ExpansionResult:
    """What the registry says.

    reason : why there is no area, empty where there is one
    provinces : those on record throughout; n_provinces : of all
    founding : groups known by the year that founded a firm away from home after it; once : the same of those that had
        founded one lately, never : of those that had not
    scores : one row a score: score, name, auc, low, high (95 %, over groups); gains : the part of the targets' score against each other one
    """

    period: Period
    reason: str
    provinces: tuple[str, ...]
    n_provinces: int
    founding: Share
    once: Share
    never: Share
    scores: pd.DataFrame
    gains: pd.DataFrame

    def told(self) -> dict[str, Any]:
        """The result in plain values: what is printed as JSON and kept."""
        return {
            "year": self.period.year, "window": self.period.window, "ahead": self.period.ahead, "reason": self.reason,
            "provinces": list(self.provinces), "n_provinces": self.n_provinces, "founding": self.founding.told(),
            "once": self.once.told(), "never": self.never.told(), "scores": self.scores.to_dict("records"),
            "gains": self.gains.to_dict("records"),
        }  # fmt: skip


def on_record(foundings: pd.DataFrame) -> pd.DataFrame:
    """Whether the foundings of a province and year are on record.

    Parameters
    ----------
    foundings : one row a province and year: province, year, n; a year without a row has none

    Returns
    -------
    years × provinces, true where n is at least ``THIN`` of the median of the years around it that have any.

    Examples
    --------
    >>> rows = [("a", 2000, 10), ("a", 2001, 11), ("a", 2002, 1), ("a", 2003, 12), ("b", 2000, 3), ("b", 2003, 3)]
    >>> on_record(pd.DataFrame(rows, columns=["province", "year", "n"])).a.tolist()
    [True, True, False, True]
    """
    years = range(int(foundings.year.min()), int(foundings.year.max()) + 1)
    wide = foundings.pivot_table(index="year", columns="province", values="n", aggfunc="sum").reindex(years)
    seen = wide.where(wide > 0)
    usual = seen.rolling(2 * AROUND + 1, center=True, min_periods=1).median()
    return (seen >= THIN * usual).fillna(False).astype(bool)


def best_period(foundings: pd.DataFrame, window: int = 3, ahead: int = 3) -> Period:
    """The year with most foundings in provinces that are on record throughout; the later one of equals."""
    recorded = on_record(foundings)
    wide = foundings.pivot_table(index="year", columns="province", values="n", aggfunc="sum").reindex(recorded.index)
    held = {
        period: float(wide.loc[list(period.years), recorded.loc[list(period.years)].all()].sum().sum())
        for year in recorded.index
        if {*(period := Period(int(year), window, ahead)).years} <= {*recorded.index}
    }
    return (
        max(held, key=lambda period: (held[period], period.year))
        if held
        else Period(int(recorded.index.max()), window, ahead)
    )


def group_cases(known: pd.DataFrame, later: pd.DataFrame, period: Period, provinces: Collection[str]) -> pd.DataFrame:
    """One row a group known by the year: part, recent, n_affiliates, capital, age, founding (bool).

    Parameters
    ----------
    known, later : one row an affiliate, as inferred from firms founded by ``year`` and by ``year + ahead``: home_id,
        home_founded_on, home_capital_cny, affiliate_id, founded_on, province, confidence, founded_later

    Notes
    -----
    A group may have another home when more of its firms are known: a later group is the same where they share a firm.
    """
    placed = known[known.province.isin(provinces)]
    lately = placed[_years(placed).between(period.year - period.window + 1, period.year)]
    home = known.drop_duplicates("home_id").set_index("home_id")
    cases = pd.DataFrame(
        {
            "recent": lately.groupby("home_id").size(),
            "part": _part(known, period.year),
            "n_affiliates": known.groupby("home_id").size(),
            "capital": home.home_capital_cny.astype(float),
            "age": period.year - pd.to_datetime(home.home_founded_on).dt.year,
        }
    )
    cases["recent"] = cases.recent.fillna(0)  # none counted
    new = later[later.province.isin(provinces) & _years(later).between(period.year + 1, period.year + period.ahead)]
    members = _members(known).merge(_members(later), on="firm_id", suffixes=("", "_later"))
    return cases.assign(founding=cases.index.isin(members.loc[members.home_id_later.isin(new.home_id), "home_id"]))


def judge_expansion(
    cases: pd.DataFrame, period: Period, provinces: Collection[str], n_provinces: int
) -> ExpansionResult:
    """Areas under the curve of recent expansion and of what could be guessed without it.

    cases : result of :func:`group_cases`; an unknown capital or age counts as the middle one
    """
    founding = cases.founding.to_numpy(dtype=bool)
    lately = cases.recent.to_numpy() > 0
    founded = _share(founding)
    reason = _reason(founded, period, len(provinces))
    areas: dict[str, Area] = {}
    if not reason:
        groups = np.arange(len(cases))
        areas = {
            name: area_under(cases[name].fillna(cases[name].median()), founding, groups, len(cases))
            for name in EXPANSION_NAMES
            if cases[name].notna().any()
        }
    scores = [(name, EXPANSION_NAMES[name], area.value, *area.interval) for name, area in areas.items()]
    gains = [("part", name, *areas["part"].above(area)) for name, area in areas.items() if name != "part"]
    return ExpansionResult(
        period, reason, tuple(sorted(provinces)), n_provinces, founded, _share(founding[lately]), _share(founding[~lately]),
        pd.DataFrame(scores, columns=["score", "name", "auc", "low", "high"]),
        pd.DataFrame(gains, columns=["better", "worse", "gain", "low", "high"]),
    )  # fmt: skip


def _reason(founding: Share, period: Period, n_provinces: int) -> str:
    span = f"{period.years[0]}–{period.years[-1]} 年"
    if not n_provinces:
        return f"{span}没有一个省的设立记录连续完整，无从检验；请用 --from、--to、--window 另选年份"
    if founding.n < MIN_GROUPS:
        return f"到 {period.year} 年只推断出 {founding.n} 个有外地企业的品牌（至少 {MIN_GROUPS} 个），不足以检验"
    if not MIN_FOUNDING <= founding.hits <= founding.n - MIN_FOUNDING:
        return f"{founding.n} 个品牌中有 {founding.hits} 个此后在外地新设，一边少于 {MIN_FOUNDING} 个，不足以检验"
    return ""


def _years(rows: pd.DataFrame) -> pd.Series:
    return pd.to_datetime(rows.founded_on).dt.year


def _part(known: pd.DataFrame, year: int) -> pd.Series:
    """Expansion as targets are ranked by it (``analysis.targets.expansion``), by home; NaN where none came later than it."""
    later = known[known.founded_later].groupby("home_id")
    rows = pd.DataFrame({"affiliates_expected": later.confidence.sum(), "last_affiliate_on": later.founded_on.max()})
    rows = rows.assign(n_branches_away=0, last_branch_on=pd.NaT, centrality=1.0)
    return expansion(rows, date(year, 12, 31), TargetParams())


def _members(rows: pd.DataFrame) -> pd.DataFrame:
    """home_id and firm_id of every firm of every group, the home among them."""
    firms = pd.concat([rows[["home_id", "affiliate_id"]].set_axis(["home_id", "firm_id"], axis=1),
                       rows[["home_id"]].assign(firm_id=rows.home_id)])  # fmt: skip
    return firms.drop_duplicates()


def _share(hits: np.ndarray) -> Share:
    return Share(int(hits.sum()), len(hits))
