"""Regions alike: of similar size, with a similar mix of chains."""

from __future__ import annotations

import numpy as np
import pandas as pd


def similar_regions(mix: pd.DataFrame, size: pd.Series, own_mix: pd.Series, own_size: float) -> pd.DataFrame:
    """Regions in the order of their likeness to one region, most alike first.

    distance² = (Δ ln size / spread)² + (Hellinger distance of the mixes / spread)²; spread is the standard deviation of
    ln size, and the mean Hellinger distance to the region, among all regions.

    Parameters
    ----------
    mix : regions × chains, number of firms ≥ 0
    size : firms of each region of ``mix``, > 0
    own_mix, own_size : the same of the region asked for; it must not be among the others

    Returns
    -------
    one row a region, in the order of distance (ties by code): region, distance, size_ratio (its size over the own),
    likeness of the mixes (1 − Hellinger distance, 0–1). Without any firm of a chain a mix is like no other (likeness 0).

    Notes
    -----
    Chains, not segments, make up the mix: peers chosen by segment would share the very gaps that they are to show.

    Examples
    --------
    >>> mix = pd.DataFrame({"steel": [9, 1], "food": [1, 9]}, index=["a", "b"])
    >>> rows = similar_regions(mix, pd.Series({"a": 100, "b": 100}), pd.Series({"steel": 90, "food": 10}), 100.0)
    >>> rows.region.tolist(), rows.likeness.round(2).tolist()
    (['a', 'b'], [1.0, 0.37])
    """
    apart = _hellinger(mix.to_numpy(dtype=float), own_mix.reindex(mix.columns).to_numpy(dtype=float))
    ratio = size.reindex(mix.index).to_numpy(dtype=float) / own_size
    logs = np.log(ratio)
    distance = np.hypot(logs / (logs.std() or 1.0), apart / (apart.mean() or 1.0))
    rows = pd.DataFrame(
        {"region": mix.index.to_numpy(), "distance": distance, "size_ratio": ratio, "likeness": 1.0 - apart}
    )
    return rows.sort_values(["distance", "region"], ignore_index=True)


def _hellinger(mixes: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Hellinger distance of each row's shares to the own shares, 0–1; 1 where one of them is empty."""
    together = np.sqrt(_shares(mixes)) @ np.sqrt(_shares(own[None, :]))[0]
    return np.sqrt(np.clip(1.0 - together, 0.0, 1.0))


def _shares(counts: np.ndarray) -> np.ndarray:
    total = counts.sum(axis=1, keepdims=True)
    return np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
