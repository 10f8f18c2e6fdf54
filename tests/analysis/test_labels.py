"""The five labels: each boundary, and that too little data is never called missing."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.labels import Label, LabelParams, completeness, label_reason, label_segments


def label(n: int, expected: float, shape: float = 1.0, n_anchor: int = 0, params: LabelParams = LabelParams()) -> str:
    row = pd.DataFrame({"n_local": [n], "expected": [expected], "shape": [shape], "n_anchor": [n_anchor]})
    return str(label_segments(row, params).label[0])


def test_many_more_makers_than_expected_is_strong():
    assert label(12, 3.0) == Label.STRONG


def test_two_makers_are_never_strong_without_an_anchor_firm():
    # lower end of the 80 % interval is about 2.1, above 1.25, but two firms are few
    assert label(2, 0.05, shape=0.3) == Label.UNKNOWN
    assert label(2, 0.05, shape=0.3, n_anchor=1) == Label.STRONG


def test_as_many_as_expected_is_fair():
    assert label(5, 5.0) == Label.FAIR


def test_far_fewer_than_expected_is_weak():
    assert label(2, 20.0) == Label.WEAK


def test_none_where_there_should_be_some_is_missing():
    assert label(0, 1.6) == Label.MISSING
    assert label(0, 30.0) == Label.MISSING


def test_none_where_hardly_any_is_expected_is_unknown_not_missing():
    assert label(0, 1.59) == Label.UNKNOWN
    assert label(0, 0.0) == Label.UNKNOWN


def test_one_firm_where_less_than_one_is_expected_is_unknown():
    assert label(1, 0.9) == Label.UNKNOWN
    assert label(1, 1.0) == Label.FAIR


def test_thresholds_are_parameters():
    assert label(12, 3.0, params=LabelParams(strong_low=5.0)) == Label.FAIR
    assert label(0, 1.0, params=LabelParams(missing_expected=1.0)) == Label.MISSING


@given(n=st.integers(0, 60), e=st.floats(0, 100, allow_nan=False), k=st.floats(0.05, 50))
def test_missing_only_where_no_firm_is_and_some_are_expected(n, e, k):
    found = label(n, e, k)
    assert (found == Label.MISSING) == (n == 0 and e >= 1.6)


@given(n=st.integers(1, 60), e=st.floats(0.01, 100), k=st.floats(0.05, 50))
def test_one_more_maker_never_makes_a_judged_label_worse(n, e, k):
    order = {Label.MISSING: 0, Label.WEAK: 1, Label.FAIR: 2, Label.STRONG: 3}
    before, after = label(n, e, k), label(n + 1, e, k)
    if Label.UNKNOWN not in (before, after):
        assert order[Label(after)] >= order[Label(before)]


def test_completeness_counts_only_segments_that_can_be_judged():
    labels = pd.DataFrame({"label": ["strong", "fair", "weak", "missing", "unknown"]})
    assert completeness(labels) == (0.5, 1)
    # weights 3, 1 present against 2, 2 absent: 4 / 8
    assert completeness(labels, pd.Series([3.0, 1.0, 2.0, 2.0, 9.0])) == (0.5, 1)


def test_completeness_of_nothing_judged_is_not_zero():
    assert completeness(pd.DataFrame({"label": ["unknown", "unknown"]})) == (None, 2)


@pytest.mark.parametrize(("found", "words"), [("unknown", "不能视为缺失"), ("weak", "判为薄弱")])
def test_reason_names_count_expectation_and_verdict(found, words):
    row = pd.Series({"n_local": 2, "expected": 7.25, "lq": 0.36, "lq_low": 0.1, "lq_high": 0.7, "label": found})
    reason = label_reason(row, "全国")
    assert reason.startswith("本地确认企业 2 家，按全国比重应有 7.2 家")
    assert words in reason
