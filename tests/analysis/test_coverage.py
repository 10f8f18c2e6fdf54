"""Coverage by projects: signed is nominal, started or paid in is effective."""

from __future__ import annotations

import pandas as pd

from analysis.coverage import count_by_segment, coverage, project_status


def projects() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "segment_id": ["s", "s", "s", "v", "v", "w", "w"],
            "stage": ["negotiating", "signed", "started", "operating", None, "terminated", None],
            "paid_in_cny": [None, None, None, None, 5e6, 5e6, None],
        }
    )


def test_signed_is_nominal_and_started_or_paid_in_is_effective():
    status = project_status(projects())
    assert status.nominal.tolist() == [False, True, True, True, True, False, False]
    assert status.effective.tolist() == [False, False, True, True, True, False, False]


def test_effective_never_exceeds_nominal():
    counts = count_by_segment(projects(), ["s", "v", "w"])
    assert counts.to_dict("index") == {
        "s": {"nominal": 2, "effective": 1},
        "v": {"nominal": 2, "effective": 2},
        "w": {"nominal": 0, "effective": 0},
    }


def test_a_segment_that_the_register_does_not_name_has_no_project():
    assert count_by_segment(projects(), ["s", "x"]).nominal.to_dict() == {"s": 2, "x": 0}


def test_without_a_register_the_number_of_projects_is_unknown_not_zero():
    counts = count_by_segment(None, ["s", "v"])
    assert counts.index.tolist() == ["s", "v"]
    assert counts.isna().all(axis=None)


LABELS = pd.DataFrame(
    {
        "segment_id": ["a", "b", "c", "d"],
        "stage_name": ["上游", "上游", "下游", "下游"],
        "label": ["missing", "weak", "strong", "fair"],
        "nominal": [1, 1, 2, 0],
        "effective": [0, 1, 0, 0],
    }
)


def test_coverage_counts_gaps_with_a_project_not_projects():
    whole = coverage(LABELS).iloc[0]
    assert (whole.n_gaps, whole.n_nominal, whole.n_effective, whole.n_over) == (2, 2, 1, 1)
    assert (whole.nominal_share, whole.effective_share) == (1.0, 0.5)


def test_a_stage_without_gaps_has_no_share_rather_than_zero():
    stages = coverage(LABELS, by="stage_name").set_index("stage_name")
    assert stages.n_gaps.to_dict() == {"上游": 2, "下游": 0}
    assert pd.isna(stages.nominal_share["下游"])


def test_unknown_projects_make_unknown_coverage_and_leave_the_number_of_gaps():
    unknown = LABELS.assign(nominal=pd.array([None] * 4, dtype="Int64"), effective=pd.array([None] * 4, dtype="Int64"))
    for table in (coverage(unknown), coverage(unknown, by="stage_name")):
        assert table[["n_nominal", "n_effective", "n_over", "nominal_share", "effective_share"]].isna().all(axis=None)
    assert coverage(unknown).n_gaps.tolist() == [2]


def test_adding_an_effective_project_never_lowers_coverage():
    more = LABELS.assign(effective=[1, 1, 0, 0])
    assert coverage(more).effective_share[0] >= coverage(LABELS).effective_share[0]
