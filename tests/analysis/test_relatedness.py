"""Relatedness against the worked fixture of Hidalgo et al.'s formulas on a 3 × 4 matrix."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.relatedness import density, proximity, revealed_advantage

X = [[60, 30, 10, 0], [20, 0, 40, 40], [10, 50, 0, 40]]


def test_revealed_advantage_of_the_fixture():
    expected = [[2, 1.125, 0.6, 0], [0.6667, 0, 2.4, 1.5], [0.3333, 1.875, 0, 1.5]]
    assert revealed_advantage(X) == pytest.approx(np.array(expected), abs=5e-5)


def test_proximity_of_the_fixture():
    phi = proximity(revealed_advantage(X) >= 1)
    expected = np.eye(4)
    for i, j in ((0, 1), (1, 3), (2, 3)):
        expected[i, j] = expected[j, i] = 0.5
    assert phi.tolist() == expected.tolist()


def test_density_of_the_fixture_leaves_the_diagonal_out():
    present = revealed_advantage(X) >= 1
    assert density(present, proximity(present)).tolist() == [[1, 0.5, 0, 0.5], [0, 0.5, 1, 0.5], [1, 0.5, 1, 0.5]]


def test_density_of_a_segment_near_no_other_is_unknown():
    assert np.isnan(density([[1, 0]], np.eye(2))).all()


def test_empty_regions_and_segments_have_no_advantage_and_raise_nothing():
    assert revealed_advantage(np.zeros((2, 3))).tolist() == np.zeros((2, 3)).tolist()


@given(
    arrays(float, (5, 4), elements=st.integers(0, 50).map(float)), st.permutations(range(5)), st.permutations(range(4))
)
def test_relabelling_regions_and_segments_changes_nothing(x, rows, columns):
    direct = revealed_advantage(x)[np.ix_(rows, columns)]
    assert revealed_advantage(x[np.ix_(rows, columns)]) == pytest.approx(direct)


@given(arrays(bool, (6, 5)))
def test_density_is_a_share(m):
    values = density(m, proximity(m))
    known = values[~np.isnan(values)]
    assert ((known >= 0) & (known <= 1 + 1e-12)).all()
