"""How firmly a ranked row holds its place when the weights of the parts move a little."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.scoring import check_weights, filled_parts

CHANGE = 0.1
DIGITS = 1e9
"""Scores (0–1) that agree to so many parts count as equal, and their rows keep the order in which they came."""


def rank_stability(
    parts: pd.DataFrame,
    weights: Mapping[str, float],
    neutral: Mapping[str, float],
    *,
    top: int,
    change: float = CHANGE,
    wanted: pd.Index | None = None,
) -> pd.DataFrame:
    """Ranks of rows over every combination of each weight lowered, kept or raised by ``change``.

    With p positive weights there are 3^p runs (81 for four parts, 243 for five), the given weights among them. In each
    the rows are ranked by Σ w_p·part_p / Σ w_p as in ``analysis.scoring.weighted_score``; equal rows keep their order.

    Parameters
    ----------
    parts : one column a part, values 0–1, NaN where unknown; rows best first under the given weights
    weights, neutral : weight of each part, and the value at which it counts where unknown
    top : length of the list whose membership is asked for, in rows
    change : relative change of a weight, 0–1
    wanted : labels of the rows to report on, all where None; the others are ranked against, but not reported

    Returns
    -------
    one row a wanted row, in its order: rank (weights as given), rank_best, rank_worst (1 = first), top_share (share of
    the runs in which it is among the first ``top``).

    Raises
    ------
    WeightError : a weight names no part, is negative, or all are zero

    Examples
    --------
    >>> parts = pd.DataFrame({"fit": [1.0, 0.0, 0.5], "size": [0.0, 0.95, 0.1]}, index=["a", "b", "c"])
    >>> rank_stability(parts, {"fit": 1, "size": 1}, {}, top=1).rank_worst.to_dict()
    {'a': 2, 'b': 2, 'c': 3}

    Notes
    -----
    The runs are a sample of the box of weights, so a rank may go a little beyond its range between them. Rows that stay
    below every wanted row in every run are not sorted: the few rows of one page cost little among many thousands.
    """
    check_weights(weights, tuple(parts.columns))
    asked = np.arange(len(parts)) if wanted is None else parts.index.get_indexer(wanted)
    runs = weight_runs(parts, weights, change)
    ranks = _ranks(filled_parts(parts, neutral).to_numpy(dtype=float), runs, asked)
    return pd.DataFrame(
        {
            "rank": ranks[:, 0],
            "rank_best": ranks.min(axis=1),
            "rank_worst": ranks.max(axis=1),
            "top_share": (ranks <= top).mean(axis=1),
        },
        index=parts.index[asked],
    )


def weight_runs(parts: pd.DataFrame, weights: Mapping[str, float], change: float) -> NDArray[np.float64]:
    """Weights of every run, parts × runs, each summing to 1; the first run has the given weights."""
    given = np.array([weights.get(part, 0.0) for part in parts.columns], dtype=float)
    factors = [(1.0, 1.0 - change, 1.0 + change) if weight > 0 else (1.0,) for weight in given]
    runs = np.array(list(product(*factors))).T * given[:, None]
    return runs / runs.sum(axis=0)


def rank_text(row: Mapping[str, int], change: float = CHANGE) -> str:
    """The place of a row of :func:`rank_stability` in words.

    >>> rank_text({"rank": 3, "rank_best": 2, "rank_worst": 5})
    '名次 3，±10% 权重时 2–5'
    >>> rank_text({"rank": 1, "rank_best": 1, "rank_worst": 1})
    '名次 1，±10% 权重时不变'
    """
    best, worst = row["rank_best"], row["rank_worst"]
    moved = f" {best}–{worst}" if best < worst else "不变"
    return f"名次 {row['rank']}，±{change:.0%} 权重时{moved}"


def _ranks(values: NDArray[np.float64], runs: NDArray[np.float64], asked: NDArray[np.intp]) -> NDArray[np.int64]:
    """Rank of each asked row in each run, rows × runs; 1 is the best score."""
    scores = runs.T @ values.T
    if not asked.size:
        return np.zeros((0, len(scores)), dtype=np.int64)
    lowest = scores[:, asked].min(axis=1, keepdims=True) - 1.0 / DIGITS
    rivals = np.flatnonzero((scores >= lowest).any(axis=0))
    keys = _keys(scores[:, rivals])
    own = keys[:, np.searchsorted(rivals, asked)]
    keys.sort(axis=1)
    below = [np.searchsorted(run, mine) for run, mine in zip(keys, own, strict=True)]
    return len(rivals) - np.array(below).T


def _keys(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole numbers, each different within a run, that sort as the score first and the given order second."""
    n = scores.shape[1]
    return np.rint(scores * DIGITS).astype(np.int64) * n + np.arange(n)[::-1]
