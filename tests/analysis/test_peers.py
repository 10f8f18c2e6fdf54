"""Regions alike in size and mix."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.peers import similar_regions

MIX = pd.DataFrame({"steel": [80, 10, 0], "food": [20, 90, 0]}, index=["alike", "other", "bare"])
SIZE = pd.Series({"alike": 1000, "other": 1000, "bare": 1000})
OWN = pd.Series({"steel": 8, "food": 2})


def test_the_region_of_the_same_mix_comes_first_whatever_its_size_in_firms():
    rows = similar_regions(MIX, SIZE, OWN, 1000.0).set_index("region")
    assert rows.index[0] == "alike"
    assert rows.likeness["alike"] == pytest.approx(1.0)
    # shares (0.8, 0.2) and (0.1, 0.9): affinity √0.08 + √0.18 = 0.7071, Hellinger √(1 − 0.7071) = 0.5412
    assert rows.likeness["other"] == pytest.approx(1 - 0.5412, abs=1e-4)


def test_a_region_without_any_firm_of_a_chain_is_like_no_other():
    assert similar_regions(MIX, SIZE, OWN, 1000.0).set_index("region").likeness["bare"] == 0.0


def test_among_regions_of_one_mix_size_decides():
    mix = pd.DataFrame({"steel": [1, 1, 1]}, index=["small", "same", "large"])
    rows = similar_regions(mix, pd.Series({"small": 10, "same": 110, "large": 1000}), pd.Series({"steel": 5}), 100.0)
    assert rows.region.tolist()[0] == "same"
    assert rows.size_ratio.tolist()[0] == pytest.approx(1.1)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(1, 500)), min_size=1, max_size=8))
def test_every_region_has_a_finite_distance_and_they_are_in_order(rows):
    index = [f"r{i}" for i in range(len(rows))]
    mix = pd.DataFrame([row[:2] for row in rows], index=index, columns=["steel", "food"])
    found = similar_regions(mix, pd.Series([row[2] for row in rows], index=index), OWN, 100.0)
    assert np.isfinite(found.distance).all()
    assert found.distance.is_monotonic_increasing
    assert found.likeness.between(0, 1).all()
