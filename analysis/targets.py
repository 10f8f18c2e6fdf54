"""Target firms for a gap: whom to invite, why, and what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analysis.scoring import weighted_score

PARTS: tuple[str, ...] = ("fit", "capability", "expansion", "connection", "access")
PART_NAMES: Mapping[str, str] = {
    "fit": "匹配度",
    "capability": "实力",
    "expansion": "扩张动向",
    "connection": "本地关联",
    "access": "可达性",
}
EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class TargetParams:
    """Weights of the parts of a target's score, and the values at which unknown parts count.

    recent_years : branches founded within so many years before the data date count as expansion
    access_km : distance at which access falls to 1/e
    """

    weights: Mapping[str, float] = field(
        default_factory=lambda: {"fit": 0.35, "capability": 0.3, "expansion": 0.15, "connection": 0.1, "access": 0.1}
    )
    neutral: Mapping[str, float] = field(
        default_factory=lambda: {"fit": 0.3, "capability": 0.25, "expansion": 0.1, "connection": 0.0, "access": 0.3}
    )
    recent_years: int = 10
    access_km: float = 600.0


def rank_targets(candidates: pd.DataFrame, as_of: date, params: TargetParams = TargetParams()) -> pd.DataFrame:
    """Score and order candidate firms of one segment.

    Parameters
    ----------
    candidates : firm_id, name, match_score (0–1), name_hit (bool), position (0–1 place of the first keyword in the
        scope, NaN unknown), n_segments, role, capital_cny, capital_flag, employees, revenue_cny, stock_code, tags (str or
        NA), founded_on, n_branches_away, last_branch_on, n_local_ties, tie_text, distance_km, n_projects, status
    as_of : date of the data, for age and recent branches
    params : weights, neutral values and scales

    Returns
    -------
    candidates with the parts (0–1, NaN unknown), score (0–100), completeness (0–1), conflicts (list of str) and
    reason, best first. Ties are broken by completeness, then by firm_id, so that the order never varies.
    """
    rows = candidates.reset_index(drop=True)
    parts = pd.DataFrame(
        {
            "fit": fit(rows),
            "capability": capability(rows),
            "expansion": expansion(rows, as_of, params),
            "connection": connection(rows),
            "access": np.exp(-rows.distance_km.astype(float) / params.access_km),
        }
    )
    result = pd.concat([rows, parts, weighted_score(parts, params.weights, params.neutral)], axis=1)
    result = result.sort_values(["score", "completeness", "firm_id"], ascending=[False, False, True])
    return result.reset_index(drop=True)


def explain(targets: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """``targets`` with reason (one Chinese sentence) and conflicts (list of sentences) for every row."""
    result = targets.copy()
    result["reason"] = [_reason(row, as_of) for row in targets.itertuples()]
    result["conflicts"] = [_conflicts(row) for row in targets.itertuples()]
    return result


def fit(rows: pd.DataFrame) -> pd.Series:
    """Match score times centrality.

    Centrality is 1 when the firm's name says the product; otherwise it falls with the place of the product in the
    scope (1 at its head, 0.6 at its end, 0.8 unknown) and with the number of segments the firm is in.
    """
    place = (1.0 - 0.4 * rows.position.astype(float)).fillna(0.8)
    breadth = 1.0 / np.sqrt(rows.n_segments.clip(lower=1).astype(float)).clip(lower=0.4)
    centrality = np.where(rows.name_hit, 1.0, place * (0.5 + 0.5 * breadth))
    return rows.match_score.astype(float) * centrality


def capability(rows: pd.DataFrame) -> pd.Series:
    """Mean of the known sizes, each on a log scale 0–1, plus 0.1 for an official tag; NaN where no size is known.

    Capital 50 万元 → 0, 50 亿元 → 1; revenue 500 万元 → 0, 500 亿元 → 1; employees 10 → 0, 10,000 → 1. A capital that the
    import flagged as doubtful is not used; a capital of 0 (branches) counts as unknown.
    """
    capital = rows.capital_cny.where(rows.capital_flag.isna()).astype(float)
    scales = pd.DataFrame(
        {
            "capital": _log_scale(capital, 5e5, 5e9),
            "revenue": _log_scale(rows.revenue_cny.astype(float), 5e6, 5e10),
            "employees": _log_scale(rows.employees.astype(float), 10, 1e4),
        }
    )
    tagged = 0.1 * rows.tags.notna()
    return (scales.mean(axis=1) + tagged).clip(upper=1.0)


def _log_scale(values: pd.Series, low: float, high: float) -> pd.Series:
    positive = values.where(values > 0)
    return (np.log10(positive / low) / np.log10(high / low)).clip(0.0, 1.0)


def expansion(rows: pd.DataFrame, as_of: date, params: TargetParams) -> pd.Series:
    """Branches founded away from home: 1 − 0.5^n, halved when the last is older than ``recent_years``; NaN when none is recorded.

    No recorded branch is not evidence of none: registries are samples.
    """
    n = rows.n_branches_away.astype(float)
    years = (pd.Timestamp(as_of) - pd.to_datetime(rows.last_branch_on)).dt.days / 365.25
    recent = np.where(years <= params.recent_years, 1.0, 0.5)
    return ((1.0 - 0.5**n) * recent).where(n > 0)


def connection(rows: pd.DataFrame) -> pd.Series:
    """1 with a branch or recorded relation in the home region; NaN when none is recorded."""
    return pd.Series(1.0, index=rows.index).where(rows.n_local_ties.astype(float) > 0)


def distance_km(longitude: pd.Series, latitude: pd.Series, home: tuple[float | None, float | None]) -> pd.Series:
    """Great-circle distance (haversine) in km from home (longitude, latitude); NaN where a coordinate is unknown."""
    if home[0] is None or home[1] is None:
        return pd.Series(np.nan, index=longitude.index)
    lon, lat = np.radians(longitude.astype(float)), np.radians(latitude.astype(float))
    home_lon, home_lat = np.radians(home[0]), np.radians(home[1])
    a = np.sin((lat - home_lat) / 2) ** 2 + np.cos(lat) * np.cos(home_lat) * np.sin((lon - home_lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(a))


def _reason(row: Any, as_of: date) -> str:
    phrases = [f"{_region(row)}{_age(row, as_of)}，{_doing(row)}"]
    size = _size(row)
    if size:
        phrases.append(size)
    if pd.notna(row.expansion):
        phrases.append(
            f"登记有外地分支 {int(row.n_branches_away)} 家，最近一家设于 {pd.Timestamp(row.last_branch_on).year} 年"
        )
    if pd.notna(row.connection):
        phrases.append(f"与本地有关联：{row.tie_text}")
    return "；".join(phrases)


def _region(row: Any) -> str:
    return str(row.region) if pd.notna(row.region) else "所在地未知"


def _age(row: Any, as_of: date) -> str:
    if pd.isna(row.founded_on):
        return "企业"
    return f"企业，{pd.Timestamp(row.founded_on).year} 年成立"


def _doing(row: Any) -> str:
    return f"依据：{row.evidence}"


def _size(row: Any) -> str:
    facts = []
    if pd.notna(row.stock_code):
        facts.append(f"上市公司（{row.stock_code}）")
    if pd.notna(row.revenue_cny):
        facts.append(f"营收 {yuan(row.revenue_cny)}")
    if pd.notna(row.employees):
        facts.append(f"员工 {int(row.employees):,} 人")
    if pd.notna(row.capital_cny) and row.capital_cny > 0 and pd.isna(row.capital_flag):
        facts.append(f"注册资本 {yuan(row.capital_cny)}")
    if pd.notna(row.tags):
        facts.append(str(row.tags))
    return "，".join(facts)


def yuan(amount: float) -> str:
    """Money for people: 1.2 亿元, 350 万元."""
    if amount >= 1e8:
        return f"{amount / 1e8:,.1f} 亿元"
    return f"{amount / 1e4:,.0f} 万元"


def _conflicts(row: Any) -> list[str]:
    found = []
    if row.n_projects > 0:
        found.append(f"本地已有该企业的项目 {int(row.n_projects)} 个")
    if pd.notna(row.status) and row.status not in ("存续", "在营", "开业", "在业"):
        found.append(f"登记状态：{row.status}")
    if pd.notna(row.capital_flag):
        found.append(f"注册资本存疑：{row.capital_flag}")
    return found
