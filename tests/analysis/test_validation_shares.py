"""Shares with Wilson's interval, and known clusters beside random pairs."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.validation.clusters import judge_clusters
from analysis.validation.sentences import cluster_sentences
from analysis.validation.shares import Share


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    # z = 1.96, z² = 3.8415. 10 of 10: 1 / (1 + .38415) = .7225. 5 of 10: (.5 + .19207 ± 1.96 √(.025 + .009604)) / 1.38415
    [(10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(hits, n, low, high):
    assert Share(hits, n).interval == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 50), st.integers(1, 50))
def test_an_interval_holds_its_share_and_narrows_as_cases_are_added(hits, n):
    hits = min(hits, n)
    few, many = Share(hits, n), Share(10 * hits, 10 * n)
    assert 0 <= few.interval[0] <= few.value <= few.interval[1] <= 1
    assert many.interval[1] - many.interval[0] < few.interval[1] - few.interval[0]


def test_a_share_of_nothing_is_unknown():
    assert math.isnan(Share(0, 0).value)


PAIRS = pd.DataFrame({"row": [1, 2, 3], "label": ["strong", "unknown", "strong"]})


def test_random_pairs_are_all_pairs_of_which_enough_is_expected():
    everywhere = pd.DataFrame(
        {"expected": [3.0, 2.9, 4.0, 5.0, 6.0], "label": ["strong", "strong", "fair", "weak", "missing"]}
    )
    found = judge_clusters(PAIRS, everywhere)
    assert (found.known, found.unknown, found.drawn) == (Share(2, 3), 1, Share(1, 4))
    told = "；".join(cluster_sentences(found.told()))
    assert "3 个已知集群中 2 个判定为优势，占 67%" in told
    assert "1 个数据不足" in told
    assert "25.0%（全部 4 对中 1 对" in told


def test_where_nothing_is_expected_anywhere_there_is_nothing_to_compare_with():
    found = judge_clusters(PAIRS, pd.DataFrame({"expected": [0.1], "label": ["unknown"]}))
    assert "无从比较" in "；".join(cluster_sentences(found.told()))
