"""Presence of segments in regions: location quotients with their uncertainty.

A segment's counting firms n in a region are compared with the number E expected if the region had the
benchmark's share. Counts are taken as Poisson(E·λ) with a Gamma(k, k) prior on λ, so

    LQ = (n + k) / (E + k),   interval = Gamma(n + k, rate E + k) quantiles.

k is estimated per segment by maximum marginal likelihood (negative binomial) over all regions: empirical Bayes,
Clayton & Kaldor (1987), "Empirical Bayes estimates of age-standardized relative risks", Biometrics 43.

By size instead of by number, a firm counts with its weight w. Sums of weights are compound Poisson, so W and its
expectation are first divided by Σw²/Σw of the segment: the sum then varies as a count of that many equal firms would
(Kish 1965, "Survey Sampling": effective sample size), and the same formulas hold.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, gammaln

FloatArray = NDArray[np.float64]

SHAPES: FloatArray = np.geomspace(0.05, 50.0, 61)
"""Grid on which the prior's shape k is sought; neighbours differ by 12 %."""


class NothingToCompare(ValueError):
    """The benchmark has no firm of the base population."""

    def __init__(self) -> None:
        super().__init__("基准区域没有可比企业，无法计算应有数量；请先导入更多企业并重新匹配，或更换基准")


def expected_counts(segment_total: ArrayLike, base: ArrayLike, base_total: ArrayLike) -> FloatArray:
    """Expected counting firms: E = segment_total · base / base_total.

    Parameters
    ----------
    segment_total : counting firms of the segment in the benchmark
    base : firms of the base population (producers, or all firms for services) in the region
    base_total : the same population in the benchmark, > 0

    Raises
    ------
    NothingToCompare : the benchmark's base population is empty

    Examples
    --------
    >>> float(expected_counts(200, 50, 1000))
    10.0
    """
    total = np.asarray(base_total, dtype=float)
    if np.any(total <= 0):
        raise NothingToCompare
    return np.asarray(segment_total, dtype=float) * np.asarray(base, dtype=float) / total


def fit_shape(counts: ArrayLike, expected: ArrayLike) -> FloatArray:
    """Shape k of the Gamma prior, one a segment, by maximum marginal likelihood on ``SHAPES``.

    Parameters
    ----------
    counts, expected : regions × segments (or one segment as a vector)

    Returns
    -------
    array of one k a segment. Small k: regions differ much, little is borrowed; large k: regions are alike.

    Notes
    -----
    Regions with E = 0 carry no information and are left out. The term Σ log n! is the same for every k.
    """
    n = np.asarray(counts, dtype=float)
    e = np.asarray(expected, dtype=float)
    if n.ndim == 1:
        n, e = n[:, None], e[:, None]
    used = e > 0
    e_safe = np.where(used, e, 1.0)
    values, which = np.unique(n, return_inverse=True)  # few counts differ: their logarithms are looked up
    constant = np.where(used, n * np.log(e_safe), 0.0).sum(axis=0)
    best = np.full(n.shape[1], -np.inf)
    shape = np.full(n.shape[1], SHAPES[-1])
    for k in SHAPES:
        rising = (gammaln(values + k) - gammaln(k) + k * np.log(k))[which].reshape(n.shape)
        terms = rising - (n + k) * np.log(k + e_safe)
        likelihood = np.where(used, terms, 0.0).sum(axis=0) + constant
        better = likelihood > best
        best = np.where(better, likelihood, best)
        shape = np.where(better, k, shape)
    return shape


def location_quotients(counts: ArrayLike, expected: ArrayLike, shape: ArrayLike, level: float = 0.8) -> pd.DataFrame:
    """Shrunken location quotient with its credible interval.

    Parameters
    ----------
    counts, expected : n and E, same length
    shape : prior shape k (scalar or per row)
    level : credibility of the interval, 0–1

    Returns
    -------
    DataFrame with lq, lq_low, lq_high; one row a pair (region, segment).

    Examples
    --------
    >>> location_quotients([0, 10], [2.0, 5.0], 1.0).lq.round(4).tolist()
    [0.3333, 1.8333]
    """
    n = np.asarray(counts, dtype=float)
    e = np.asarray(expected, dtype=float)
    k = np.asarray(shape, dtype=float)
    tail = (1.0 - level) / 2.0
    rate = e + k
    return pd.DataFrame(
        {
            "lq": (n + k) / rate,
            "lq_low": gammaincinv(n + k, tail) / rate,
            "lq_high": gammaincinv(n + k, 1.0 - tail) / rate,
        }
    )


def benchmark(
    counts: pd.DataFrame,
    totals: pd.DataFrame,
    base_of: pd.Series,
    among: Collection[str] | None = None,
    shape: pd.Series | None = None,
) -> pd.DataFrame:
    """What the benchmark's regions together say of each segment: its share of the base, and how much regions differ.

    Parameters
    ----------
    counts : region, segment_id, n (counting firms), and where firms are weighted by size w (Σ weight) and w2 (Σ weight²);
        pairs without a row count as none
    totals : index region, columns n_firms and n_producers (and w_firms, w_producers)
    base_of : index segment_id, value the suffix of the columns of ``totals`` that are the segment's base population:
        firms or producers
    among : the regions whose share is the benchmark; all unless given. How much regions differ is always told by all.
    shape : k by segment where it is known already

    Returns
    -------
    DataFrame indexed by segment_id (all of ``base_of``): base, total (Σ n), base_total, shape (k), and with weights
    w_total, w_base_total (Σ of weights, in the benchmark) and unit (Σw²/Σw of all regions; 1 for a segment without firms).
    """
    wide = _wide(counts, "n", totals.index, base_of.index)
    weight = totals[[f"n_{base}" for base in base_of]].to_numpy(dtype=float)
    inside = np.ones(len(totals), dtype=bool) if among is None else totals.index.isin(list(among))
    marks = pd.DataFrame(
        {
            "base": base_of.to_numpy(),
            "total": wide[inside].sum(axis=0),
            "base_total": weight[inside].sum(axis=0),
            "shape": fit_shape(wide, _even(wide.sum(axis=0), weight)) if shape is None else shape,
        },
        index=base_of.index,
    )
    if "w" not in counts:
        return marks
    sums = _wide(counts, "w", totals.index, base_of.index)
    squares = _wide(counts, "w2", totals.index, base_of.index).sum(axis=0)
    whole = sums.sum(axis=0)
    sizes = totals[[f"w_{base}" for base in base_of]].to_numpy(dtype=float)
    return marks.assign(
        w_total=sums[inside].sum(axis=0),
        w_base_total=sizes[inside].sum(axis=0),
        unit=np.divide(squares, whole, out=np.ones_like(whole), where=whole > 0),
    )


def _even(total: FloatArray, base: FloatArray) -> FloatArray:
    """regions × segments: what each region would have if all had the same share; 0 where the base is empty."""
    whole = base.sum(axis=0)
    return base * np.divide(total, whole, out=np.zeros_like(total), where=whole > 0)


def regional_presence(counts: pd.DataFrame, totals: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Count and expected count of every region × segment.

    Parameters
    ----------
    counts, totals : as in :func:`benchmark`, for the regions asked for (they need not be those of the benchmark)
    marks : result of :func:`benchmark`

    Returns
    -------
    one row a region and segment, segments in the order of ``marks``: region, segment_id, n_local, expected, shape; and
    where the marks know weights size and size_expected, in firms of the segment's typical weight (Σw²/Σw).
    """
    regions, segments = totals.index, marks.index
    n_local = _wide(counts, "n", regions, segments)
    own = totals[[f"n_{base}" for base in marks.base]].to_numpy(dtype=float)
    expected = expected_counts(marks.total.to_numpy()[None, :], own, marks.base_total.to_numpy()[None, :])
    columns = {
        "region": np.repeat(regions.to_numpy(), len(segments)),
        "segment_id": np.tile(segments.to_numpy(), len(regions)),
        "n_local": n_local.ravel().astype(int),
        "expected": expected.ravel(),
        "shape": np.tile(marks["shape"].to_numpy(), len(regions)),
    }
    if "unit" in marks:
        unit = marks.unit.to_numpy()[None, :]
        own = totals[[f"w_{base}" for base in marks.base]].to_numpy(dtype=float)
        even = expected_counts(marks.w_total.to_numpy()[None, :], own, marks.w_base_total.to_numpy()[None, :])
        columns["size"] = (_wide(counts, "w", regions, segments) / unit).ravel()
        columns["size_expected"] = (even / unit).ravel()
    return pd.DataFrame(columns)


def _wide(counts: pd.DataFrame, column: str, regions: pd.Index, segments: pd.Index) -> FloatArray:
    """regions × segments of a column; a pair without a row has none."""
    wide = np.zeros((len(regions), len(segments)))
    row, place = regions.get_indexer(counts.region), segments.get_indexer(counts.segment_id)
    inside = (row >= 0) & (place >= 0)
    np.add.at(wide, (row[inside], place[inside]), counts[column].to_numpy(dtype=float)[inside])
    return wide
