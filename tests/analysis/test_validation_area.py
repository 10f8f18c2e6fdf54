"""Areas under the curve: cases worked by hand, and what no relabelling or rescaling may change."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.validation.area import Area, area_under, mean_area

CELLS = st.lists(st.tuples(st.integers(-5, 5), st.booleans(), st.integers(0, 3)), min_size=2, max_size=30).filter(
    lambda cells: len({positive for _, positive, _ in cells}) == 2
)


def columns(cells: list[tuple[int, bool, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    score, positive, cluster = zip(*cells, strict=True)
    return np.array(score), np.array(positive), np.array(cluster)


def test_one_pair_of_four_in_the_wrong_order_leaves_three_quarters():
    # entries 0.9 and 0.4, others 0.5 and 0.1: of the pairs only 0.4 < 0.5 is wrong
    assert area_under([0.9, 0.4, 0.5, 0.1], [True, True, False, False], [0, 1, 2, 3], 4).value == 0.75


def test_equal_scores_are_half_right():
    assert area_under([1, 1, 1], [True, False, False], [0, 0, 1], 2).value == 0.5
    # entry 2 against 1 (right) and 2 (half): 1.5 of 2
    assert area_under([2, 1, 2], [True, False, False], [0, 0, 1], 2).value == 0.75


def test_an_area_needs_both_outcomes():
    with pytest.raises(ValueError, match="both"):
        area_under([1, 2], [True, True], [0, 1], 2)


@given(CELLS)
def test_an_area_is_the_share_of_pairs_in_the_right_order(cells):
    score, positive, cluster = columns(cells)
    pairs = [(a > b) + (a == b) / 2 for a in score[positive] for b in score[~positive]]
    assert area_under(score, positive, cluster, 4).value == pytest.approx(np.mean(pairs))


@given(CELLS)
def test_only_the_order_of_scores_matters(cells):
    score, positive, cluster = columns(cells)
    plain, bent = (area_under(one, positive, cluster, 4) for one in (score, np.exp(score / 3) - 7))
    assert bent.value == pytest.approx(plain.value)
    assert bent.influence == pytest.approx(plain.influence)


@given(CELLS, st.permutations(range(4)))
def test_names_of_regions_change_nothing(cells, names):
    score, positive, cluster = columns(cells)
    one, other = (area_under(score, positive, named, 4) for named in (cluster, np.array(names)[cluster]))
    assert other.value == pytest.approx(one.value)
    assert other.error == pytest.approx(one.error, nan_ok=True)


def test_regions_of_one_cell_give_the_error_of_delong():
    rng = np.random.default_rng(1)
    positive = np.arange(60) < 20
    score = rng.normal(size=60) + positive
    above = [np.mean(score[~positive] < one) for one in score[positive]]
    below = [np.mean(score[positive] > one) for one in score[~positive]]
    delong = np.sqrt(np.var(above) / 20 + np.var(below) / 40)
    found = area_under(score, positive, np.arange(60), 60)
    assert found.error == pytest.approx(delong * math.sqrt(60 / 59))


def test_the_error_is_that_of_drawing_regions_again():
    rng = np.random.default_rng(2)
    region = np.repeat(np.arange(80), 10)
    score = rng.normal(size=800) + rng.normal(size=80)[region]
    positive = score + rng.normal(size=800) + rng.normal(size=80)[region] > 1.5
    found = area_under(score, positive, region, 80)
    drawn = []
    for _ in range(400):
        cells = np.concatenate([np.flatnonzero(region == one) for one in rng.integers(0, 80, 80)])
        drawn.append(area_under(score[cells], positive[cells], region[cells], 80).value)
    assert found.error == pytest.approx(np.std(drawn), rel=0.15)


def test_saying_the_cells_of_a_region_twice_narrows_nothing_but_more_regions_do():
    rng = np.random.default_rng(3)
    region, positive = np.repeat(np.arange(50), 4), rng.random(200) < 0.3
    score = rng.normal(size=200) + positive
    once = area_under(score, positive, region, 50)
    again = area_under(np.tile(score, 2), np.tile(positive, 2), np.tile(region, 2), 50)
    more = area_under(np.tile(score, 2), np.tile(positive, 2), np.r_[region, region + 50], 100)
    assert again.error == pytest.approx(once.error)
    assert more.error == pytest.approx(once.error / math.sqrt(2), rel=0.01)
    assert once.interval[0] < more.interval[0] < once.value < more.interval[1] < once.interval[1]


def test_no_interval_is_claimed_where_nothing_varies():
    for perfect in (area_under([2, 1], [True, False], [0, 1], 2), Area(0.7, np.array([0.0]))):
        assert all(map(math.isnan, perfect.interval))


def test_a_score_gains_nothing_over_itself():
    found = area_under([3, 1, 2, 0], [True, False, False, True], [0, 1, 2, 3], 4)
    assert found.above(found) == (0.0, 0.0, 0.0)


def test_the_mean_area_is_blind_to_what_separates_groups():
    # inside each of two groups the entry is first once and last once; between groups the score knows everything
    score, positive = [9, 8, 1, 2], [True, False, True, False]
    inside, n = mean_area(score, positive, [0, 1, 0, 1], [0, 0, 1, 1], 2)
    assert (inside.value, n) == (0.5, 2)


def test_groups_with_one_outcome_are_left_out_of_the_mean():
    inside, n = mean_area([2, 1, 5], [True, False, True], [0, 1, 2], [0, 0, 1], 3)
    assert (inside.value, n) == (1.0, 1)
    with pytest.raises(ValueError, match="no group"):
        mean_area([1, 2], [True, False], [0, 1], [0, 1], 2)
