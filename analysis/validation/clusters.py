"""Are the clusters that people know labelled strong, and how many pairs would be if one drew them at random?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.labels import Label
from analysis.validation.shares import Share

MIN_EXPECTED = 3.0
"""Pairs with fewer expected firms can hardly be called anything; drawing among them would flatter."""


@dataclass(frozen=True)
class ClusterResult:
    """Known clusters beside all pairs there are.

    pairs : one row a known cluster, as given, with label
    known : those of them labelled strong; unknown : number of them labelled unknown
    drawn : of all pairs with E ≥ ``MIN_EXPECTED``, those labelled strong: what a random pair would give
    """

    pairs: pd.DataFrame
    known: Share
    unknown: int
    drawn: Share

    def told(self) -> dict[str, Any]:
        """The result in plain values: what is printed as JSON and kept."""
        return {
            "known": self.known.told(),
            "unknown": self.unknown,
            "random": self.drawn.told(),
            "min_expected": MIN_EXPECTED,
            "pairs": self.pairs.to_dict("records"),
        }


def judge_clusters(pairs: pd.DataFrame, everywhere: pd.DataFrame) -> ClusterResult:
    """Share of the known clusters, and of all pairs with enough firms expected, that are labelled strong.

    Parameters
    ----------
    pairs : one row a known cluster: label, and whatever else tells of it
    everywhere : one row a pair of a prefecture and a segment: expected, label

    Examples
    --------
    >>> pairs = pd.DataFrame({"label": ["strong", "fair"]})
    >>> everywhere = pd.DataFrame({"expected": [3.0, 5.0, 1.0], "label": ["strong", "weak", "strong"]})
    >>> found = judge_clusters(pairs, everywhere)
    >>> found.known.value, found.drawn
    (0.5, Share(hits=1, n=2))
    """
    enough = everywhere[everywhere.expected >= MIN_EXPECTED]
    unknown = int((pairs.label == Label.UNKNOWN).sum())
    return ClusterResult(pairs, _strong(pairs), unknown, _strong(enough))


def _strong(rows: pd.DataFrame) -> Share:
    return Share(int((rows.label == Label.STRONG).sum()), len(rows))
