"""Bands of amounts and years, as choices of a facet; what is not known has a choice of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from analysis.search.filter import NONE

UNKNOWN = "无数据"
DOUBTFUL = "doubtful"
Bands = tuple[tuple[str, str, float], ...]
"""(id, word, lower bound that belongs to the band), ascending."""
CAPITAL: Bands = (
    ("c1", "100 万元以下", 0.0), ("c2", "100–500 万元", 1e6), ("c3", "500–2000 万元", 5e6),
    ("c4", "2000 万元–1 亿元", 2e7), ("c5", "1–10 亿元", 1e8), ("c6", "10 亿元及以上", 1e9),
)  # fmt: skip
EMPLOYEES: Bands = (
    ("e1", "20 人以下", 0.0),
    ("e2", "20–299 人", 20),
    ("e3", "300–999 人", 300),
    ("e4", "1000 人及以上", 1000),
)
"""Sizes of industrial firms: 统计上大中小微型企业划分办法（2017）."""
REVENUE: Bands = (
    ("r1", "300 万元以下", 0.0), ("r2", "300–2000 万元", 3e6), ("r3", "2000 万元–4 亿元", 2e7), ("r4", "4–50 亿元", 4e8),
    ("r5", "50 亿元及以上", 5e9),
)  # fmt: skip
"""As EMPLOYEES; 2000 万元 is where the statistics of 规模以上工业 begin."""
AGE: Bands = (
    ("a0", "不足 3 年", -1e3), ("a3", "3–5 年", 3.0), ("a5", "5–10 年", 5.0), ("a10", "10–20 年", 10.0), ("a20", "20 年及以上", 20.0),
)  # fmt: skip
WITHIN: Mapping[str, tuple[str, float]] = MappingProxyType(
    {"y3": ("近 3 年", 3.0), "y5": ("近 5 年", 5.0), "y10": ("近 10 年", 10.0), "1": ("不限年份", np.inf)}
)
"""Choices of the last founding elsewhere: a longer one holds the shorter ones."""


def words(bands: Bands) -> dict[str, str]:
    """Words of the bands by id, then that of what is not known."""
    return {key: word for key, word, _ in bands} | {NONE: UNKNOWN}


def codes(bands: Bands, values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Number of the band of each value; NaN, and what lies below the first band, is the number after the last.

    >>> codes(EMPLOYEES, np.array([19.0, 20.0, np.nan, 5000.0])).tolist()
    [0, 1, 4, 3]
    """
    found = np.searchsorted([low for *_, low in bands], values, side="right") - 1
    return np.where(np.isnan(values) | (found < 0), len(bands), found)
