"""What a decision changes is worked out exactly; the pairs worth deciding come first."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.labels import label_segments
from analysis.presence import benchmark, regional_presence
from analysis.review import (
    EXACT_STEPS,
    Change,
    Footing,
    estimate_changes,
    first_change,
    labels_after,
    pair_worth,
    rank_pairs,
    say_worth,
)


def steps(*places: int, n: int = 1, anchor: int = 0) -> pd.DataFrame:
    return pd.DataFrame({"place": list(places), "n": n, "anchor": anchor})


def footing(counts: list[float], n_local: int, *, n_anchor: int = 0) -> Footing:
    """Prefectures of a hundred producers each; the region is the first."""
    return Footing(np.array(counts), np.full(len(counts), 100.0), n_local, n_anchor, 100.0)


def found_anew(counts: list[float], n_anchor: int = 0) -> str:
    """The oracle: the label of the first prefecture by the whole way from counts to labels."""
    regions = [f"r{place}" for place in range(len(counts))]
    totals = pd.DataFrame({"n_firms": 100.0, "n_producers": 100.0}, index=pd.Index(regions, name="region"))
    rows = pd.DataFrame({"region": regions, "segment_id": "s", "n": counts})
    marks = benchmark(rows, totals, pd.Series({"s": "producers"}))
    presence = regional_presence(rows, totals.head(1), marks).assign(n_anchor=n_anchor)
    return str(label_segments(presence).label.iloc[0])


@settings(max_examples=40)
@given(
    counts=st.lists(st.integers(0, 12), min_size=3, max_size=8),
    places=st.lists(st.integers(0, 2), min_size=1, max_size=8),
)
def test_the_promised_label_is_the_one_found_anew(counts, places):
    counts = [float(n) for n in counts]
    after = list(counts)
    for place in places:
        after[place] += 1
    n_local = int(counts[0])
    local = pd.DataFrame({"place": places, "n": 1, "anchor": 0})
    # the region is the first prefecture: what is confirmed elsewhere moves E and k alone
    here = sum(place == 0 for place in places)
    base = footing(counts, n_local + here - len(places))
    if base.n_local >= 0:
        assert labels_after(base, local, [len(places)]) == [found_anew(after)]


def test_confirming_the_one_uncertain_firm_ends_a_gap():
    assert first_change(footing([0, *[2] * 9], 0), steps(0)) == Change(1, "missing", "fair")


def test_rejecting_the_one_firm_opens_one():
    assert first_change(footing([1, *[2] * 9], 1), steps(0, n=-1)) == Change(1, "fair", "missing")


def test_where_all_of_them_change_nothing_nothing_is_promised():
    assert first_change(footing([20, *[2] * 9], 20), steps(0, 0)) is None


def test_an_anchor_firm_confirmed_is_enough_for_strength():
    crowded = [2, *[0.0] * 60]  # E = 2/61 of a firm: two of them are many, but fewer than three
    assert found_anew(crowded) == "unknown"
    assert first_change(footing(crowded, 2), steps(0, anchor=1)).after == "strong"


@settings(max_examples=20)
@given(n_local=st.integers(0, 30), waiting=st.integers(EXACT_STEPS + 1, 55))
def test_many_decisions_are_promised_as_exactly_as_few(n_local, waiting):
    counts = [float(n_local), *[15.0] * 9]
    change = first_change(footing(counts, n_local), steps(*[0] * waiting))
    if change is None:
        assert found_anew([n_local + float(waiting), *[15.0] * 9]) == found_anew(counts)
    else:
        assert (
            found_anew([n_local + float(change.n), *[15.0] * 9]) == change.after != change.before == found_anew(counts)
        )


LABELS = pd.DataFrame(
    {
        "segment_id": ["gone", "thin", "rich"],
        "n_local": [0, 2, 40],
        "n_anchor": 0,
        "expected": [3.0, 8.0, 10.0],
        "shape": 1.0,
        "label": ["missing", "weak", "strong"],
    }
)


def test_the_quick_estimate_orders_segments_by_how_few_decisions_change_them():
    waiting = pd.DataFrame({"segment_id": ["gone", "thin", "rich", "rich"], "sign": [1, 1, 1, -1], "n": [2, 9, 5, 5]})
    changes = estimate_changes(LABELS, waiting).set_index(["segment_id", "sign"])
    assert changes.n_change[("gone", 1)] == 1
    assert changes.n_change[("thin", 1)] > 1
    assert changes.n_change[("rich", 1)] is pd.NA
    assert changes.n_change[("rich", -1)] is pd.NA


def test_nothing_waiting_is_no_change():
    none = pd.DataFrame({"segment_id": pd.Series(dtype=str), "sign": pd.Series(dtype=int), "n": pd.Series(dtype=int)})
    assert estimate_changes(LABELS, none).empty


def test_pairs_that_change_a_critical_gap_with_fewest_decisions_come_first():
    segments = pd.DataFrame(
        {
            "segment_id": ["plain", "gap", "critical_gap", "far_gap", "still"],
            "sign": 1,
            "n_change": pd.array([1, 1, 1, 3, None], dtype="Int64"),
            "label": ["fair", "weak", "missing", "missing", "missing"],
            "critical": [False, False, True, True, True],
            "priority": [np.nan, 90.0, 50.0, 99.0, 99.0],
        }
    )
    pairs = segments[["segment_id", "sign"]].assign(firm_id="f", score=0.5, capital_cny=1e6, counts=True)
    assert rank_pairs(pairs, segments).segment_id.tolist() == ["critical_gap", "gap", "far_gap", "plain", "still"]


def test_within_a_segment_the_open_question_about_the_large_firm_comes_first():
    segments = pd.DataFrame(
        {"segment_id": ["s"], "sign": 1, "n_change": pd.array([1], dtype="Int64"), "label": "weak", "critical": False, "priority": 1.0}
    )  # fmt: skip
    pairs = pd.DataFrame(
        {
            "segment_id": "s",
            "firm_id": ["small", "sure", "large", "unknown"],
            "sign": 1,
            "score": [0.5, 0.99, 0.5, 0.5],
            "capital_cny": [5e5, 5e9, 5e9, np.nan],
            "counts": True,
        }
    )
    assert rank_pairs(pairs, segments).firm_id.tolist() == ["large", "unknown", "small", "sure"]


def test_worth_is_doubt_times_size():
    worth = pair_worth(pd.Series([0.5, 0.5, 0.0]), pd.Series([5e7, np.nan, 5e9]))
    assert worth.tolist() == pytest.approx([0.75, 0.55, 0.0])


@pytest.mark.parametrize(
    ("change", "sign", "n", "counts", "sentence"),
    [
        (Change(1, "missing", "weak"), 1, 4, True, "再确认 1 家，“缺失”将变为“薄弱”"),
        (Change(3, "weak", "fair"), 1, 4, True, "再确认 3 家（含这家），“薄弱”将变为“一般”"),
        (Change(1, "fair", "weak"), -1, 1, True, "这 1 家若判为不符，“一般”将变为“薄弱”"),
        (None, 1, 4, True, "即使待核的 4 家全部确认，判定仍为“薄弱”，但会改变本地家数"),
        (None, 1, 1, True, "即使确认，判定仍为“薄弱”，但会改变本地家数"),
        (None, 1, 4, False, "研发类企业不计入本环节家数，确认与否都不改变判定（现为“薄弱”）"),
    ],
)
def test_the_sentence_says_what_changes(change, sign, n, counts, sentence):
    assert say_worth(change, sign, n, "weak", counts) == sentence
