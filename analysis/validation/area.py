"""Area under the ROC curve with an interval that knows cells of one region are not independent.

DeLong's placements are summed by cluster, as in Obuchowski (1997), "Nonparametric analysis of clustered ROC curve
data", Biometrics 53; equally the infinitesimal jackknife over clusters. No random numbers, so the interval is the same
every time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]

TWO_SIDED = 1.959964
"""Standard errors to either side of a 95 % interval."""


@dataclass(frozen=True)
class Area:
    """An area under the curve, or a mean of several, with its influence by cluster.

    value : chance that an entry is ranked above a non-entry, 0–1; ½ is guessing
    influence : by cluster, how far it pulls the value from what the others say; sums to 0
    """

    value: float
    influence: FloatArray

    @property
    def error(self) -> float:
        """Standard error √(n/(n − 1) Σ influence²) over the n clusters; NaN where there is one only."""
        n = len(self.influence)
        return float(np.sqrt(n / (n - 1) * (self.influence**2).sum())) if n > 1 else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval on the logit scale, so that it stays in 0–1; NaN where nothing varies (0, 1, one cluster)."""
        if not 0 < self.value < 1 or not self.error > 0:
            return float("nan"), float("nan")
        reach = TWO_SIDED * self.error / (self.value * (1 - self.value))
        centre = logit(self.value)
        return float(expit(centre - reach)), float(expit(centre + reach))

    def above(self, other: Area) -> tuple[float, float, float]:
        """How much larger this area is than another on the same cells, with its 95 % interval."""
        difference = Area(self.value - other.value, self.influence - other.influence)
        reach = TWO_SIDED * difference.error
        return difference.value, difference.value - reach, difference.value + reach


def area_under(score: ArrayLike, positive: ArrayLike, cluster: ArrayLike, n_clusters: int) -> Area:
    """Area under the curve of one score: P(score of a positive > score of a negative) + ½ P(equal).

    Parameters
    ----------
    score : any number, larger where an entry is more likely; positive : whether it came; cluster : 0 … n_clusters − 1,
        of each cell

    Returns
    -------
    Area; ``influence`` holds the clusters that have a cell.

    Raises
    ------
    ValueError : there is no positive or no negative

    Examples
    --------
    >>> area_under([0.9, 0.4, 0.5, 0.1], [True, True, False, False], [0, 1, 2, 3], 4).value
    0.75
    """
    s, y, c = np.asarray(score, dtype=float), np.asarray(positive, dtype=bool), np.asarray(cluster, dtype=np.intp)
    up, down = np.sort(s[y]), np.sort(s[~y])
    if not len(up) or not len(down):
        raise ValueError("positives and negatives are both needed")
    above = _share_below(down, s[y])  # of each positive: negatives below it
    below = 1.0 - _share_below(up, s[~y])  # of each negative: positives above it
    value = float(above.mean())
    pulls = np.empty(len(s))
    pulls[y] = (above - value) / len(up)
    pulls[~y] = (below - value) / len(down)
    seen = np.bincount(c, minlength=n_clusters) > 0
    return Area(value, np.bincount(c, pulls, minlength=n_clusters).astype(float)[seen])


def mean_area(
    score: ArrayLike, positive: ArrayLike, cluster: ArrayLike, group: ArrayLike, n_clusters: int
) -> tuple[Area, int]:
    """Mean over groups of the area inside each group, and the number of groups that have positives and negatives.

    What separates groups from one another (how common an activity is) cannot explain it.

    Raises
    ------
    ValueError : no group has both

    Examples
    --------
    >>> found, n = mean_area([5, 4, 2, 1], [True, False, False, True], [0, 1, 0, 1], [0, 0, 1, 1], 2)
    >>> found.value, n
    (0.5, 2)
    """
    s, y, c = np.asarray(score, dtype=float), np.asarray(positive, dtype=bool), np.asarray(cluster, dtype=np.intp)
    order, starts = _groups(np.asarray(group))
    values, total = [], np.zeros(n_clusters)
    for one in np.split(order, starts):
        if 0 < y[one].sum() < len(one):
            found = area_under(s[one], y[one], c[one], n_clusters)
            values.append(found.value)
            total[np.unique(c[one])] += found.influence
    if not values:
        raise ValueError("no group has positives and negatives")
    seen = np.bincount(c, minlength=n_clusters) > 0
    return Area(float(np.mean(values)), total[seen] / len(values)), len(values)


def _groups(group: NDArray[np.int_]) -> tuple[IntArray, Sequence[int]]:
    order = np.argsort(group, kind="stable")
    return order, (np.flatnonzero(np.diff(group[order])) + 1).tolist()


def _share_below(ordered: FloatArray, values: FloatArray) -> FloatArray:
    """Share of ``ordered`` below each value, equal ones counted half."""
    low = np.searchsorted(ordered, values, "left")
    high = np.searchsorted(ordered, values, "right")
    return (low + high) / (2.0 * len(ordered))
