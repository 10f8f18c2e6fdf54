"""Target firms for a gap: whom to invite, why, and what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from analysis.scoring import weighted_score
from analysis.stability import rank_stability

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

    An unknown size counts as 0.1, that of a capital of 125 万元: in registries the unlisted candidates without a known
    capital are nearly all workshops (厂) rather than companies, and small.

    recent_years : foundings within so many years before the data date count whole, older ones half
    young_years : the registered capital of a firm founded within so many years before it counts half
    access_km : distance at which access falls to 1/e
    top : length of the list that a firm's stability is judged by
    """

    weights: Mapping[str, float] = field(
        default_factory=lambda: {"fit": 0.35, "capability": 0.3, "expansion": 0.15, "connection": 0.1, "access": 0.1}
    )
    neutral: Mapping[str, float] = field(
        default_factory=lambda: {"fit": 0.3, "capability": 0.1, "expansion": 0.1, "connection": 0.0, "access": 0.3}
    )
    recent_years: int = 10
    young_years: int = 3
    access_km: float = 600.0
    top: int = 25


def rank_targets(candidates: pd.DataFrame, as_of: date, params: TargetParams = TargetParams()) -> pd.DataFrame:
    """Score and order candidate firms of one segment.

    Parameters
    ----------
    candidates : firm_id, kind of the segment, role, match_score (0–1), centrality (0–1, see ``analysis.centrality``),
        capital_cny, capital_flag, employees, revenue_cny, tags (str or NA), founded_on, n_branches_away, last_branch_on,
        affiliates_expected, last_affiliate_on, tie_value, distance_km
    as_of : date of the data, for age and recent branches
    params : weights, neutral values and scales

    Returns
    -------
    candidates with the parts (0–1, NaN unknown), score (0–100) and completeness (0–1), best first. Ties are
    broken by completeness, then by firm_id, so that the order never varies.
    """
    rows = candidates.reset_index(drop=True)
    parts = pd.DataFrame(
        {
            "fit": fit(rows),
            "capability": capability(rows, as_of, params),
            "expansion": expansion(rows, as_of, params),
            "connection": connection(rows),
            "access": np.exp(-rows.distance_km.astype(float) / params.access_km),
        }
    )
    result = pd.concat([rows, parts, weighted_score(parts, params.weights, params.neutral)], axis=1)
    result = result.sort_values(["score", "completeness", "firm_id"], ascending=[False, False, True])
    return result.reset_index(drop=True)


def fit(rows: pd.DataFrame) -> pd.Series:
    """Match score · centrality, times 0.6 where a firm is known for research only and the segment is of production."""
    role = np.where((rows.kind == "production") & (rows.role == "rd"), 0.6, 1.0)
    return rows.match_score.astype(float) * rows.centrality.astype(float) * role


def capability(rows: pd.DataFrame, as_of: date, params: TargetParams = TargetParams()) -> pd.Series:
    """Size · centrality: of a conglomerate's size only the part that the product's place in it suggests counts.

    NaN where no size is known.
    """
    return size(rows, as_of, params) * rows.centrality.astype(float)


def size(rows: pd.DataFrame, as_of: date, params: TargetParams = TargetParams()) -> pd.Series:
    """Mean of the known sizes, each on a log scale 0–1, plus 0.1 for an official tag; NaN where no size is known.

    Capital 50 万元 → 0, 50 亿元 → 1; revenue 500 万元 → 0, 500 亿元 → 1; employees 10 → 0, 10,000 → 1. A capital that the
    import flagged as doubtful is not used; a capital of 0 (branches) counts as unknown. Registered capital is a promise:
    that of a firm founded within ``young_years`` before ``as_of`` counts half.
    """
    capital = rows.capital_cny.where(rows.capital_flag.isna()).astype(float)
    scales = pd.DataFrame(
        {
            "capital": _log_scale(capital, 5e5, 5e9) * np.where(_young(rows.founded_on, as_of, params), 0.5, 1.0),
            "revenue": _log_scale(rows.revenue_cny.astype(float), 5e6, 5e10),
            "employees": _log_scale(rows.employees.astype(float), 10, 1e4),
        }
    )
    tagged = 0.1 * rows.tags.notna()
    return (scales.mean(axis=1) + tagged).clip(upper=1.0)


def _young(founded_on: pd.Series, as_of: date, params: TargetParams) -> pd.Series:
    years = (pd.Timestamp(as_of) - pd.to_datetime(founded_on)).dt.days / 365.25
    return years < params.young_years


def _log_scale(values: pd.Series, low: float, high: float) -> pd.Series:
    positive = values.where(values > 0)
    return (np.log10(positive / low) / np.log10(high / low)).clip(0.0, 1.0)


def expansion(rows: pd.DataFrame, as_of: date, params: TargetParams) -> pd.Series:
    """Foundings away from home: (1 − 0.5^n) · centrality, halved when the last is older than ``recent_years``.

    n = recorded branches and owned firms elsewhere + Σ confidence of the firms of its brand founded elsewhere, which are
    inferred. A builder's site offices say nothing of the parts it presses on the side. NaN when none is known, which is not
    evidence of none: registries are samples.
    """
    n = rows.n_branches_away.astype(float) + rows.affiliates_expected.astype(float).fillna(0.0)  # none counted
    last = pd.concat([pd.to_datetime(rows[name]) for name in ("last_branch_on", "last_affiliate_on")], axis=1).max(
        axis=1
    )
    years = (pd.Timestamp(as_of) - last).dt.days / 365.25
    recent = np.where(years <= params.recent_years, 1.0, 0.5)
    return ((1.0 - 0.5**n) * recent * rows.centrality.astype(float)).where(n > 0)


def connection(rows: pd.DataFrame) -> pd.Series:
    """Value of the shortest path into the home region (``analysis.connection``): 1 for one recorded link, half for every
    further link and every inferred one; NaN when no path of three links is known.
    """
    return rows.tie_value.astype(float)


def rank_ranges(ranked: pd.DataFrame, firms: pd.Series, params: TargetParams = TargetParams()) -> pd.DataFrame:
    """Where firms stand among all targets, and between which ranks when weights move a tenth (``analysis.stability``).

    Parameters
    ----------
    ranked : result of ``rank_targets``; firms : firm_id of those asked for, all of them in ``ranked``

    Returns
    -------
    one row a firm, by firm_id: rank, rank_best, rank_worst, top_share (of the first ``top``).
    """
    parts = ranked.set_index("firm_id")[list(PARTS)]
    return rank_stability(parts, params.weights, params.neutral, top=params.top, wanted=pd.Index(firms))


def distance_km(longitude: pd.Series, latitude: pd.Series, home: tuple[float | None, float | None]) -> pd.Series:
    """Great-circle distance (haversine) in km from home (longitude, latitude); NaN where a coordinate is unknown."""
    if home[0] is None or home[1] is None:
        return pd.Series(np.nan, index=longitude.index)
    lon, lat = np.radians(longitude.astype(float)), np.radians(latitude.astype(float))
    home_lon, home_lat = np.radians(home[0]), np.radians(home[1])
    a = np.sin((lat - home_lat) / 2) ** 2 + np.cos(lat) * np.cos(home_lat) * np.sin((lon - home_lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(a))
