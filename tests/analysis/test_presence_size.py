"""Firms that count by their size: the same formulas on sums of weights, worked by hand on two regions."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.labels import Label, LabelParams, label_segments
from analysis.presence import benchmark, location_quotients, regional_presence

TOTALS = pd.DataFrame(
    {"n_firms": [40, 60], "n_producers": [40, 60], "w_firms": [40.0, 60.0], "w_producers": [40.0, 60.0]},
    index=pd.Index(["a", "b"], name="region"),
)
# in a two firms of the weights 3 and 1, in b two of 1: Σw = 6, Σw² = 12, so that a firm weighs 2 where it counts
COUNTS = pd.DataFrame(
    {"region": ["a", "b"], "segment_id": "s", "n": [2, 2], "w": [4.0, 2.0], "w2": [10.0, 2.0]},
)
BASE_OF = pd.Series({"s": "producers"})


def rows(counts: pd.DataFrame = COUNTS, **given: object) -> pd.DataFrame:
    marks = benchmark(counts, TOTALS, BASE_OF, **given)
    return regional_presence(counts, TOTALS, marks).set_index("region")


def test_weights_are_counted_in_firms_of_the_segment_s_typical_weight():
    found = rows()
    assert found["size"].to_dict() == {"a": 2.0, "b": 1.0}  # 4/2 and 2/2
    assert found.size_expected.to_dict() == pytest.approx({"a": 1.2, "b": 1.8})  # 6 · 0.4 / 2 and 6 · 0.6 / 2
    assert found.expected.to_dict() == pytest.approx({"a": 1.6, "b": 2.4})  # 4 · 0.4 and 4 · 0.6: by number as ever


def test_firms_of_weight_one_give_the_same_by_size_as_by_number():
    alike = COUNTS.assign(w=COUNTS.n.astype(float), w2=COUNTS.n.astype(float))
    found = rows(alike)
    assert found["size"].tolist() == found.n_local.tolist()
    assert found.size_expected.tolist() == pytest.approx(found.expected.tolist())


def test_a_segment_without_any_firm_is_nowhere_by_size_either():
    found = rows(COUNTS[:0])
    assert found["size"].tolist() == [0.0, 0.0]
    assert found.size_expected.tolist() == [0.0, 0.0]


def test_the_benchmark_may_be_some_of_the_regions():
    found = rows(among=["b"])
    # b has 2 firms among 60 producers, so a's 40 should have 2 · 40/60
    assert found.expected.to_dict() == pytest.approx({"a": 2 * 40 / 60, "b": 2.0})
    assert found.size_expected["b"] == found["size"]["b"] == 1.0


def test_the_label_follows_the_measure_and_missing_goes_by_number_whatever_it_is():
    presence = pd.DataFrame(
        {
            "n_local": [4, 0],
            "expected": [4.0, 5.0],
            "size": [30.0, 0.0],
            "size_expected": [5.0, 0.5],
            "shape": [1.0, 1.0],
            "n_anchor": [0, 0],
        }
    )
    assert label_segments(presence).label.tolist() == [Label.FAIR, Label.MISSING]
    assert label_segments(presence, LabelParams(measure="size")).label.tolist() == [Label.STRONG, Label.MISSING]


weights = st.lists(st.floats(min_value=0.2, max_value=5.0), min_size=1, max_size=8)


def of(weights_a: list[float], weights_b: list[float]) -> pd.DataFrame:
    """Counts of firms of these weights in the two regions."""
    both = (weights_a, weights_b)
    return pd.DataFrame(
        {
            "region": ["a", "b"],
            "segment_id": "s",
            "n": [len(one) for one in both],
            "w": [sum(one) for one in both],
            "w2": [sum(w * w for w in one) for one in both],
        }
    )


@given(here=weights, there=weights, factor=st.floats(min_value=0.5, max_value=2.0))
def test_the_unit_of_weight_changes_nothing(here, there, factor):
    scaled = of([w * factor for w in here], [w * factor for w in there])
    one, other = rows(of(here, there)), rows(scaled)
    assert other["size"].tolist() == pytest.approx(one["size"].tolist())
    assert other.size_expected.tolist() == pytest.approx(one.size_expected.tolist())


@given(here=weights, there=weights, added=st.floats(min_value=0.2, max_value=5.0))
def test_one_more_local_firm_never_lowers_presence_by_size(here, there, added):
    """Against a benchmark that stays as it is."""
    before = of(here, there)
    marks = benchmark(before, TOTALS, BASE_OF)
    after = of([*here, added], there)
    one, other = (regional_presence(counts, TOTALS, marks).set_index("region").loc["a"] for counts in (before, after))
    quotient = location_quotients([one["size"], other["size"]], [one.size_expected, other.size_expected], one["shape"])
    assert quotient.lq[1] >= quotient.lq[0]
