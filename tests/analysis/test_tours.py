"""Orders of travel against every order there is, and days worked by hand."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.tours import EXACT, days_of, detours, distances, tour, tour_km


def plane(points: np.ndarray) -> np.ndarray:
    return np.linalg.norm(points[:, None] - points[None], axis=2)


@given(st.integers(1, 6), st.integers(0, 10_000))
def test_no_order_of_few_cities_is_shorter(n, seed):
    km = plane(np.random.default_rng(seed).random((n + 1, 2)))
    best = min(tour_km(km, order) for order in permutations(range(1, n + 1)))
    assert tour_km(km, tour(km)) == pytest.approx(best)


@given(st.integers(EXACT + 1, 14), st.integers(0, 10_000))
def test_a_tour_of_many_cities_goes_through_each_once_and_no_two_edges_can_be_exchanged_for_shorter_ones(n, seed):
    km = plane(np.random.default_rng(seed).random((n + 1, 2)))
    order = list(tour(km))
    assert sorted(order) == list(range(1, n + 1))
    for begin in range(n - 1):
        for end in range(begin + 2, n + 1):
            tried = order[:begin] + order[begin:end][::-1] + order[end:]
            assert tour_km(km, tried) >= tour_km(km, order) - 1e-6


def test_round_a_circle_of_twelve_the_tour_follows_the_circle():
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    km = plane(np.column_stack([np.cos(angles), np.sin(angles)]))
    assert tour(km) == tuple(range(1, 12))


def test_a_city_on_the_way_costs_nothing_and_one_beyond_the_way_there_and_back():
    at = np.array([0.0, 100.0, 300.0])
    km = abs(at[:, None] - at)
    assert detours(km, tour(km)) == [0.0, 400.0]


def test_a_degree_of_the_equator_is_111_km():
    km = distances(pd.Series([0.0, 1.0]), pd.Series([0.0, 0.0]))
    assert km.round(1).tolist() == [[0.0, 111.2], [111.2, 0.0]]


def test_a_far_or_unknown_leg_begins_a_day_and_too_few_days_are_filled_evenly():
    assert days_of(["a", "b", "c", "d"], [0, 90, 130, float("nan")], 9, 3) == (0, 0, 1, 2)
    assert days_of(["a", "b", "c", "d"], [0, 90, 130, float("nan")], 2, 3) == (0, 0, 1, 1)
