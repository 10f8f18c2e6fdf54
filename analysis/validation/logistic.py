"""Logistic regression by Newton's steps: small, convex, the same result every time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

FloatArray = NDArray[np.float64]

PENALTY = 1.0
"""Ridge on the slopes of standardised features: one imagined cell's worth, so that none runs away."""
STEPS = 30
CLOSE = 1e-3


@dataclass(frozen=True)
class Logistic:
    """A fitted model: logit P = intercept + Σ slope · (feature − mean) / spread.

    slopes : of standardised features, so that their sizes can be compared
    """

    intercept: float
    slopes: FloatArray
    mean: FloatArray
    spread: FloatArray

    def score(self, features: FloatArray) -> FloatArray:
        """logit P of every row."""
        return self.intercept + ((features - self.mean) / self.spread) @ self.slopes


def fit_logistic(features: FloatArray, positive: NDArray[np.bool_]) -> Logistic:
    """Most likely slopes under a small ridge penalty.

    Parameters
    ----------
    features : rows × features, finite; positive : one a row

    Examples
    --------
    >>> x = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> model = fit_logistic(x, np.array([False, False, True, True]))
    >>> bool(model.score(x)[3] > model.score(x)[0])
    True
    """
    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    x = np.column_stack([np.ones(len(features)), (features - mean) / spread])
    y = positive.astype(float)
    penalty = np.r_[0.0, np.full(features.shape[1], PENALTY)]
    weights = np.zeros(x.shape[1])
    linear = np.zeros(len(x))
    for _ in range(STEPS):
        chance = expit(linear)
        slope = x.T @ (y - chance) - penalty * weights
        curve = (x * (chance * (1.0 - chance))[:, None]).T @ x + np.diag(penalty + CLOSE**2)
        step = np.linalg.solve(curve, slope)
        step = step * _fraction(linear, x @ step, y, weights, step, penalty)
        weights, linear = weights + step, x @ (weights + step)
        if np.abs(step).max() < CLOSE:
            break
    return Logistic(float(weights[0]), weights[1:], mean, spread)


def _fraction(
    linear: FloatArray, change: FloatArray, y: FloatArray, weights: FloatArray, step: FloatArray, penalty: FloatArray
) -> float:
    """The largest of 1, ½, ¼ … of a step that makes things no worse; 0 where none does."""

    def cost(part: float) -> float:
        reached = linear + part * change
        return float(np.logaddexp(0.0, reached).sum() - y @ reached + penalty @ (weights + part * step) ** 2 / 2)

    before = cost(0.0)
    return next((part for part in 0.5 ** np.arange(STEPS) if cost(part) <= before), 0.0)
