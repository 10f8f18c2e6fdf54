"""Learned relatedness: which other activities foretell one, by regression instead of by counting co-occurrences."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

RIDGE = 0.1
"""Penalty by training region: each activity's presence counts as if a tenth of the regions said that it foretells nothing."""
MOST_LEVERAGE = 0.95


def learned_relatedness(
    present: NDArray[np.bool_], later: NDArray[np.bool_], train: NDArray[np.bool_], ridge: float = RIDGE
) -> FloatArray:
    """Chance that a region has an activity later, foretold from the other activities that it has now.

    For every activity s a ridge regression of later_rs on present_rj, j ≠ s, fitted to the training regions:
    minimise Σ_r (later_rs − a_s − Σ_{j≠s} b_js present_rj)² + ridge · n · Σ_j b_js².

    Parameters
    ----------
    present, later : regions × activities at T and T + k; ``later`` of regions that do not train is never looked at
    train : regions that are learned from

    Returns
    -------
    regions × activities. A training region's value is what the others alone would say of it (leave-one-out, by the
    region's leverage), so that seen and unseen regions can be compared.

    Notes
    -----
    One inverse serves all activities: leaving column s out of a ridge regression with inverse K changes the
    coefficients to b − K_s b_s / K_ss and the leverages to h − (xK)_s² / K_ss.
    """
    x, y = present.astype(float), later[train].astype(float)
    x = x - x[train].mean(axis=0)
    seen, mean, n = x[train], y.mean(axis=0), int(train.sum())
    inverse = np.linalg.inv(seen.T @ seen + ridge * n * np.eye(x.shape[1]))
    own = np.diag(inverse)
    slopes = inverse @ (seen.T @ (y - mean))
    slopes = slopes - inverse * (np.diag(slopes) / own)
    np.fill_diagonal(slopes, 0.0)
    found = x @ slopes + mean
    reach = seen @ inverse
    leverage = np.einsum("ij,ij->i", reach, seen)[:, None] - reach**2 / own + 1.0 / n
    leverage = np.clip(leverage, 0.0, MOST_LEVERAGE)
    found[train] = (found[train] - leverage * y) / (1.0 - leverage)
    return found
