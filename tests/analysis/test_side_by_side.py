"""Two sides of a chain: how far apart segments are, whichever side is named first."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.side_by_side import side_by_side


def side(*rows: tuple[str, str, int, float]) -> pd.DataFrame:
    """Labels of segments: id, label, local firms, quotient."""
    frame = pd.DataFrame(rows, columns=["segment_id", "label", "n_local", "lq"])
    return frame.assign(name=frame.segment_id, stage_name="段", expected=2.0)


def test_half_as_much_is_as_far_apart_as_twice_as_much():
    # log2(0.5 / 1) = −1, log2(3 / 1.5) = 1, log2(4 / 1) = 2
    own = side(("half", "weak", 1, 0.5), ("double", "fair", 3, 3.0), ("four", "strong", 9, 4.0))
    other = side(("four", "fair", 2, 1.0), ("half", "fair", 2, 1.0), ("double", "fair", 2, 1.5))

    found = side_by_side(own, other)

    assert found.segment_id.tolist() == ["four", "half", "double"]
    assert found.difference.tolist() == [2.0, 1.0, 1.0]
    assert found.ratio.tolist() == [4.0, 0.5, 2.0]
    assert found.differs.tolist() == [True, True, False]
    assert found.n_local_other.tolist() == [2, 2, 2]


def test_a_segment_that_only_one_side_knows_is_an_error():
    with pytest.raises(KeyError):
        side_by_side(side(("a", "fair", 1, 1.0)), side(("b", "fair", 1, 1.0)))


quotients = st.lists(st.floats(0.01, 100), min_size=1, max_size=8)


@settings(max_examples=30)
@given(quotients, quotients)
def test_changing_sides_changes_no_difference(one, other):
    n = min(len(one), len(other))
    own = side(*((f"s{at}", "fair", 1, one[at]) for at in range(n)))
    there = side(*((f"s{at}", "fair", 1, other[at]) for at in range(n)))

    forth = side_by_side(own, there).set_index("segment_id").difference.sort_index()
    back = side_by_side(there, own).set_index("segment_id").difference.sort_index()

    assert forth.tolist() == pytest.approx(back.tolist(), abs=1e-12)
