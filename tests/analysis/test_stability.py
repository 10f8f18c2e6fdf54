"""Ranks under weights that move a little, on rows small enough to work by hand."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.scoring import WeightError, weighted_score
from analysis.stability import rank_stability

# fit and size weigh the same: a 0.50, b 0.475, c 0.30. Weights move by a tenth, so one part has 9/11 to 11/9 of the
# other's weight: b passes a (1·w1 < 0.95·w2 where w2/w1 > 1.0526) in 3 of the 9 runs: w2/w1 = 11/9, 1.1 and 1/0.9
THREE = pd.DataFrame({"fit": [1.0, 0.0, 0.5], "size": [0.0, 0.95, 0.1]}, index=["a", "b", "c"])
EQUAL = {"fit": 1.0, "size": 1.0}


def test_close_rows_change_places_and_far_ones_do_not() -> None:
    found = rank_stability(THREE, EQUAL, {}, top=1)

    assert found["rank"].to_dict() == {"a": 1, "b": 2, "c": 3}
    assert found.rank_best.to_dict() == {"a": 1, "b": 1, "c": 3}
    assert found.rank_worst.to_dict() == {"a": 2, "b": 2, "c": 3}
    assert found.top_share.to_dict() == pytest.approx({"a": 6 / 9, "b": 3 / 9, "c": 0.0})


def test_a_smaller_change_moves_less() -> None:
    # at 2 % the weights differ by 0.98/1.02 at most: 1.02/0.98 = 1.041 < 1.0526, nothing moves
    found = rank_stability(THREE, EQUAL, {}, top=1, change=0.02)

    assert (found.rank_best == found.rank_worst).all()
    assert found.top_share.tolist() == [1.0, 0.0, 0.0]


def test_a_part_without_weight_stays_without() -> None:
    found = rank_stability(THREE, {"fit": 1.0}, {}, top=2)

    assert found[["rank_best", "rank_worst"]].to_numpy().tolist() == [[1, 1], [3, 3], [2, 2]]


def test_equal_rows_keep_their_order_in_every_run() -> None:
    same = pd.DataFrame({"fit": [0.1, 0.1, 0.1], "size": [0.7, 0.7, 0.7]})

    found = rank_stability(same, EQUAL, {}, top=1)

    assert found.rank_best.tolist() == found.rank_worst.tolist() == [1, 2, 3]


def test_an_unknown_part_counts_as_its_neutral_value() -> None:
    unknown = THREE.assign(size=[np.nan, 0.95, 0.1])  # a: fit 1, size as 0.9: nothing comes near it

    assert rank_stability(unknown, EQUAL, {"size": 0.9}, top=1).rank_worst["a"] == 1


def test_only_the_wanted_rows_are_reported_and_their_ranks_are_those_among_all() -> None:
    everything = rank_stability(THREE, EQUAL, {}, top=1)

    pd.testing.assert_frame_equal(
        rank_stability(THREE, EQUAL, {}, top=1, wanted=pd.Index(["b"])), everything.loc[["b"]]
    )
    assert rank_stability(THREE, EQUAL, {}, top=1, wanted=THREE.index[:0]).empty
    assert rank_stability(THREE.head(0), EQUAL, {}, top=1).empty


def test_a_misspelt_weight_is_refused() -> None:
    with pytest.raises(WeightError, match="sizze"):
        rank_stability(THREE, {"sizze": 1.0}, {}, top=1)


@given(
    arrays(float, st.tuples(st.integers(1, 12), st.just(3)), elements=st.integers(0, 20).map(lambda n: n / 20)),
    st.lists(st.integers(1, 9), min_size=3, max_size=3),
)
def test_the_rank_lies_within_its_range_and_the_top_is_always_full(values: np.ndarray, weights: list[int]) -> None:
    named = dict(zip("xyz", map(float, weights), strict=True))
    parts = pd.DataFrame(values, columns=list("xyz"))
    order = weighted_score(parts, named, {}).score.round(7).sort_values(ascending=False, kind="stable").index

    found = rank_stability(parts.loc[order], named, {}, top=2)

    assert found["rank"].tolist() == list(range(1, len(parts) + 1))
    assert (found.rank_best <= found["rank"]).all()
    assert (found["rank"] <= found.rank_worst).all()
    assert found.top_share.sum() == pytest.approx(min(2, len(parts)))


def test_a_page_of_nineteen_thousand_firms_is_ranked_243_times_in_a_moment() -> None:
    parts = pd.DataFrame(np.random.default_rng(5).random((19_000, 5)), columns=list("abcde"))
    weights = dict.fromkeys("abcde", 1.0)
    parts = parts.loc[parts.sum(axis=1).sort_values(ascending=False).index]

    started = time.perf_counter()
    found = rank_stability(parts, weights, {}, top=25, wanted=parts.index[:25])

    assert time.perf_counter() - started < 1.5  # measured 0.1 s; room for a busy machine
    assert found["rank"].tolist() == list(range(1, 26))
