"""Relatedness of segments: proximity and density after Hidalgo, Klinger, Barabási & Hausmann (2007), Science 317."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


def revealed_advantage(strength: ArrayLike) -> FloatArray:
    """Location quotient of every cell, RCA = (x_rs / x_r) / (x_s / x) (Balassa 1965).

    Parameters
    ----------
    strength : regions × segments, x_rs ≥ 0

    Returns
    -------
    array of the same shape; 0 where the region or the segment is empty.

    Examples
    --------
    >>> x = [[60, 30, 10, 0], [20, 0, 40, 40], [10, 50, 0, 40]]
    >>> revealed_advantage(x)[0].round(4).tolist()
    [2.0, 1.125, 0.6, 0.0]
    """
    x = np.asarray(strength, dtype=float)
    total = x.sum()
    denominator = np.outer(x.sum(axis=1), x.sum(axis=0))
    return np.divide(x * total, denominator, out=np.zeros_like(x), where=denominator > 0)


def proximity(present: ArrayLike) -> FloatArray:
    """Proximity φ_ij = Σ_r M_ri M_rj / max(k_i, k_j), with k_i = Σ_r M_ri.

    Parameters
    ----------
    present : regions × segments, M = [LQ ≥ 1]

    Returns
    -------
    segments × segments, symmetric, in [0, 1]; 0 where both segments are present nowhere.

    Examples
    --------
    >>> proximity([[1, 1, 0, 0], [0, 0, 1, 1], [0, 1, 0, 1]])[0].tolist()
    [1.0, 0.5, 0.0, 0.0]
    """
    m = np.asarray(present, dtype=float)
    together = m.T @ m
    k = m.sum(axis=0)
    largest = np.maximum.outer(k, k)
    return np.divide(together, largest, out=np.zeros_like(together), where=largest > 0)


def density(present: ArrayLike, phi: ArrayLike) -> FloatArray:
    """Relatedness density ω_ri = Σ_{j≠i} M_rj φ_ij / Σ_{j≠i} φ_ij.

    The diagonal is dropped, so that a segment's own presence does not predict itself. NaN where a segment is
    near no other (its density is unknown, not zero).

    Examples
    --------
    >>> m = [[1, 1, 0, 0], [0, 0, 1, 1], [0, 1, 0, 1]]
    >>> density(m, proximity(m))[0].tolist()
    [1.0, 0.5, 0.0, 0.5]
    """
    m = np.asarray(present, dtype=float)
    off = np.array(phi, dtype=float)
    np.fill_diagonal(off, 0.0)
    reach = off.sum(axis=0)
    return np.divide(m @ off, reach, out=np.full((m.shape[0], off.shape[0]), np.nan), where=reach > 0)
