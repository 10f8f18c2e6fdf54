"""Coverage weighted by priority and by money, and strong segments that are still served; worked by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.coverage_weights import best_known_layer, money_shares, over_served, priority_shares

LABELS = pd.DataFrame(
    {
        "segment_id": ["a", "b", "c", "d"],
        "name": ["甲", "乙", "丙", "丁"],
        "stage_name": ["上游", "上游", "下游", "下游"],
        "label": ["missing", "weak", "strong", "fair"],
    }
)
GAPS = pd.DataFrame(
    {
        "segment_id": ["a", "b", "e"],
        "stage_name": ["上游", "上游", "下游"],
        "priority": [60.0, 30.0, 10.0],
        "nominal": pd.array([1, 1, 0], dtype="Int64"),
        "effective": pd.array([0, 1, 0], dtype="Int64"),
    }
)


def projects(*rows: tuple) -> pd.DataFrame:
    """Signed projects: id, segment, effective, agreement, paid in (NA where unknown)."""
    frame = pd.DataFrame(rows, columns=["project_id", "segment_id", "effective", "agreement_cny", "paid_in_cny"])
    unknown = pd.Series(pd.NA, index=frame.index, dtype="Float64")
    return frame.assign(nominal=True, name=frame.project_id + "项目", contract_cny=unknown, planned_cny=unknown)


KNOWN = projects(
    ("p", "a", False, 6e8, None),
    ("p", "c", False, 6e8, None),  # the same project stands on a gap and on a strong segment
    ("q", "b", True, 1e8, 5e7),
    ("r", "c", True, 3e8, 1e8),
    ("s", "c", True, None, 2e7),
)


def test_covered_gaps_weigh_what_they_are_worth():
    # 60 and 30 of 100 have a signed project, 30 of them an effective one
    assert priority_shares(GAPS).iloc[0].tolist() == pytest.approx([0.9, 0.3])


def test_the_weights_of_a_stage_are_its_own():
    shares = priority_shares(GAPS, by="stage_name")
    assert shares.loc["上游"].tolist() == pytest.approx([1.0, 1 / 3])
    assert shares.loc["下游"].tolist() == [0.0, 0.0]


def test_without_a_register_the_weighted_shares_are_unknown():
    unknown = GAPS.assign(nominal=pd.array([None] * 3, dtype="Int64"), effective=pd.array([None] * 3, dtype="Int64"))
    assert priority_shares(unknown).isna().all(axis=None)
    assert money_shares(LABELS, None, "agreement_cny").isna().all(axis=None)
    assert over_served(LABELS, None, "agreement_cny").empty


def test_gaps_without_any_priority_have_no_share():
    assert priority_shares(GAPS.assign(priority=0.0)).isna().all(axis=None)


def test_money_counts_a_project_once_though_it_stands_in_two_segments():
    # p 6 and q 1 stand on gaps, r 3 does not, s has no amount: 7 of 10, of which q's 1 has begun
    whole = money_shares(LABELS, KNOWN, "agreement_cny").loc["全链"]
    assert (whole.n_signed, whole.n_without_amount, whole.signed_cny) == (4, 1, 1e9)
    assert (whole.nominal_money_share, whole.effective_money_share) == pytest.approx((0.7, 0.1))


def test_in_every_stage_a_project_stands_for_its_segments_there():
    stages = money_shares(LABELS, KNOWN, "agreement_cny", by="stage_name")
    # upstream p and q, both on gaps; downstream p, r and s, none on a gap
    assert stages.signed_cny.to_dict() == {"上游": 7e8, "下游": 9e8}
    assert stages.nominal_money_share.to_dict() == {"上游": 1.0, "下游": 0.0}


def test_another_layer_gives_other_sums_and_is_never_added():
    whole = money_shares(LABELS, KNOWN, "paid_in_cny").loc["全链"]
    assert (whole.n_without_amount, whole.signed_cny) == (1, 1.7e8)


def test_where_no_amount_is_known_there_is_no_sum_and_no_share_rather_than_zero():
    whole = money_shares(LABELS, KNOWN, "contract_cny").loc["全链"]
    assert (whole.n_signed, whole.n_without_amount) == (4, 4)
    assert whole[["signed_cny", "nominal_money_share", "effective_money_share"]].isna().all()


def test_where_nothing_is_signed_the_sum_is_zero_and_the_share_unknown():
    whole = money_shares(LABELS, KNOWN.head(0), "agreement_cny").loc["全链"]
    assert (whole.n_signed, whole.signed_cny) == (0, 0.0)
    assert pd.isna(whole.nominal_money_share)


def test_a_strong_segment_that_still_gets_projects_is_listed_with_them():
    [row] = over_served(LABELS, KNOWN, "agreement_cny").to_dict("records")
    assert (row["segment_id"], row["n_signed"], row["n_effective"], row["n_without_amount"]) == ("c", 3, 2, 1)
    assert (row["signed_cny"], row["projects"]) == (9e8, ["p项目", "r项目", "s项目"])


def test_a_strong_segment_of_unknown_amounts_has_no_sum():
    assert pd.isna(over_served(LABELS, KNOWN, "contract_cny").signed_cny[0])


def test_the_layer_known_of_most_projects_is_taken_and_of_none_the_one_that_binds_most():
    assert best_known_layer(KNOWN) == "agreement_cny"
    assert best_known_layer(KNOWN.assign(nominal=False)) == "contract_cny"


amounts = st.one_of(st.none(), st.integers(0, 10**10).map(float))
ledgers = st.lists(
    st.tuples(st.sampled_from("pqrstu"), st.sampled_from("abcd"), st.booleans(), amounts, amounts), max_size=12
)


@settings(max_examples=25)
@given(ledgers, st.sampled_from(["agreement_cny", "paid_in_cny"]))
def test_shares_lie_between_zero_and_one_and_effective_never_exceeds_nominal(rows, layer):
    first = {row[0]: row for row in reversed(rows)}  # a project has one state and one amount wherever it stands
    frame = projects(*{(p, segment, *first[p][2:]) for p, segment, *_ in rows})
    for by in (None, "stage_name"):
        shares = money_shares(LABELS, frame, layer, by)[["nominal_money_share", "effective_money_share"]].dropna()
        assert ((shares >= 0) & (shares <= 1)).all(axis=None)
        assert (shares.effective_money_share <= shares.nominal_money_share).all()
