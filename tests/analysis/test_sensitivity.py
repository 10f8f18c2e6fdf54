"""Labels under thresholds and expected numbers a tenth off."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.labels import LabelParams, label_segments
from analysis.sensitivity import label_sensitivity


def presence(n_local: int, expected: float, shape: float = 2.0) -> pd.DataFrame:
    return label_segments(
        pd.DataFrame({"n_local": [n_local], "expected": [expected], "shape": [shape], "n_anchor": [0]})
    )


def test_a_label_far_from_every_line_holds():
    found = label_sensitivity(presence(400, 100.0)).iloc[0]
    assert (found.held, found.flips) == (1.0, [])


def test_a_label_close_to_a_line_names_what_would_change_it():
    # nothing here where 1.6 are just enough to claim it missing: a tenth more asked, or a tenth less expected, is too thin
    found = label_sensitivity(presence(0, 1.65)).iloc[0]
    assert found.flips == ["缺失所需应有数 +10% → 数据不足", "应有数 −10% → 数据不足"]
    assert found.held == 0.8


def test_no_change_changes_no_label():
    found = label_sensitivity(presence(0, 1.6), change=0.0).iloc[0]
    assert found.held == 1.0


def test_rows_keep_their_index_and_thresholds_of_the_place_hold():
    rows = pd.concat([presence(5, 5.0), presence(0, 3.0)]).set_axis([7, 9])
    found = label_sensitivity(rows, LabelParams())
    assert found.index.tolist() == [7, 9]
    assert found.held.between(0, 1).all()


@given(n=st.integers(0, 60), expected=st.floats(0.05, 60), shape=st.floats(0.1, 20))
def test_what_is_held_and_what_flips_make_up_the_ten_variants(n, expected, shape):
    found = label_sensitivity(presence(n, expected, shape)).iloc[0]
    assert round(found.held * 10) + len(found.flips) == 10
