"""Additive scores whose every part stays visible."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


class WeightError(ValueError):
    """A weight names no part, is negative, or all are zero."""


def check_weights(weights: Mapping[str, float], parts: tuple[str, ...]) -> None:
    """Refuse weights that name an unknown part, are negative or sum to zero (WeightError, in Chinese)."""
    unknown = sorted(set(weights) - set(parts))
    if unknown:
        raise WeightError(f"权重里有不认识的项：{'、'.join(unknown)}；可用的是：{'、'.join(parts)}")
    negative = [part for part, weight in weights.items() if weight < 0]
    if negative:
        raise WeightError(f"权重不能为负：{'、'.join(negative)}")
    if sum(weights.values()) <= 0:
        raise WeightError("权重不能全为零")


def weighted_score(parts: pd.DataFrame, weights: Mapping[str, float], neutral: Mapping[str, float]) -> pd.DataFrame:
    """Score and completeness of rows of parts.

    score = 100 · Σ w_p·(part_p, or the neutral value where it is unknown) / Σ w_p
    completeness = Σ w_p·[part_p known] / Σ w_p

    Parameters
    ----------
    parts : one column a part, values 0–1, NaN where unknown
    weights : non-negative weight of each part
    neutral : value at which an unknown part counts: neither a zero nor a reward

    Returns
    -------
    DataFrame with score (0–100) and completeness (0–1), same index.

    Examples
    --------
    >>> frame = pd.DataFrame({"fit": [1.0, 0.5], "size": [None, 1.0]}, dtype="float64")
    >>> weighted_score(frame, {"fit": 3, "size": 1}, {"fit": 0.0, "size": 0.2}).score.tolist()
    [80.0, 62.5]
    """
    check_weights(weights, tuple(parts.columns))
    total = sum(weights.values())
    share = pd.Series({part: weights.get(part, 0.0) / total for part in parts.columns})
    filled = filled_parts(parts, neutral)
    return pd.DataFrame(
        {"score": 100.0 * (filled * share).sum(axis=1), "completeness": (parts.notna() * share).sum(axis=1)}
    )


def filled_parts(parts: pd.DataFrame, neutral: Mapping[str, float]) -> pd.DataFrame:
    """The parts with their neutral value where they are unknown.

    >>> filled_parts(pd.DataFrame({"fit": [1.0, None]}), {"fit": 0.3}).fit.tolist()
    [1.0, 0.3]
    """
    return parts.fillna(value=dict(neutral))
