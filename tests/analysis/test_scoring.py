"""Additive scores: unknown parts are neither zero nor a reward, and weights are checked."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.scoring import WeightError, weighted_score

PARTS = pd.DataFrame({"fit": [1.0, 0.5], "size": [None, 1.0]}, dtype="float64")
NEUTRAL = {"fit": 0.0, "size": 0.2}


def test_unknown_part_counts_at_its_neutral_value_and_lowers_completeness():
    scores = weighted_score(PARTS, {"fit": 3, "size": 1}, NEUTRAL)
    # row 0: (3·1 + 1·0.2)/4 ; row 1: (3·0.5 + 1·1)/4
    assert scores.score.tolist() == pytest.approx([80.0, 62.5])
    assert scores.completeness.tolist() == [0.75, 1.0]


def test_scale_of_the_weights_does_not_matter():
    one = weighted_score(PARTS, {"fit": 3, "size": 1}, NEUTRAL)
    assert weighted_score(PARTS, {"fit": 0.75, "size": 0.25}, NEUTRAL).equals(one)


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({"fit": 1, "szie": 1}, "不认识的项：szie"),
        ({"fit": -1, "size": 2}, "不能为负：fit"),
        ({"fit": 0}, "不能全为零"),
    ],
)
def test_wrong_weights_are_refused_by_name(weights, words):
    with pytest.raises(WeightError, match=words):
        weighted_score(PARTS, weights, NEUTRAL)
