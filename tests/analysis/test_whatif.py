"""Landing, advancing and comparing, on a few rows worked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.coverage import project_status
from analysis.labels import label_segments
from analysis.whatif import advance, compare, firms_to_fair, land, whole_arrivals
from analysis.whatif_words import firm_notes, project_notes, sentence

COUNTS = pd.DataFrame(
    {
        "segment_id": ["a", "*c"],
        "n_makers": [2, 2],
        "n_rd": [1, 1],
        "n_anchor": [0, 0],
        "w_makers": [1.5, 1.5],
        "w_rd": [0.5, 0.5],
        "region": "370100",
    }
)


def arrivals(*rows: tuple) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["firm_id", "segment_id", "role", "listed", "core"])
    return frame.assign(weight=2.0)


def counts_of(frame: pd.DataFrame, segment_id: str) -> dict[str, float]:
    row = frame.set_index("segment_id").loc[segment_id]
    return {name: float(row[name]) for name in ("n_makers", "n_rd", "n_anchor", "w_makers", "w_rd")}


def test_a_maker_counts_as_maker_and_a_listed_one_as_anchor_too():
    after = land(COUNTS, arrivals(("f", "a", "maker", True, True)))
    assert counts_of(after, "a") == {"n_makers": 3, "n_rd": 1, "n_anchor": 1, "w_makers": 3.5, "w_rd": 0.5}


def test_a_researcher_counts_as_researcher_only():
    after = land(COUNTS, arrivals(("f", "a", "rd", False, True)))
    assert counts_of(after, "a") == {"n_makers": 2, "n_rd": 2, "n_anchor": 0, "w_makers": 1.5, "w_rd": 2.5}


def test_a_segment_where_there_was_none_gets_its_first_firm():
    after = land(COUNTS, arrivals(("f", "b", "service", False, True)))
    assert counts_of(after, "b") == {"n_makers": 1, "n_rd": 0, "n_anchor": 0, "w_makers": 2.0, "w_rd": 0.0}
    assert after.region.unique().tolist() == ["370100"]


def test_landing_nothing_leaves_the_counts_as_they_are():
    assert land(COUNTS, arrivals()) is COUNTS


def test_the_chain_as_a_whole_counts_a_firm_once_as_maker_and_only_its_core_segments():
    rows = arrivals(("f", "a", "rd", False, True), ("f", "b", "maker", False, True), ("g", "z", "maker", False, False))
    whole = whole_arrivals(rows, "*c")
    assert whole[["firm_id", "segment_id", "role"]].to_numpy().tolist() == [["f", "*c", "maker"]]


PROJECTS = project_status(
    pd.DataFrame(
        {
            "project_id": ["talks", "signed", "begun", "paid", "ended", "unclear"],
            "name": ["甲", "乙", "丙", "丁", "戊", "己"],
            "stage": ["negotiating", "signed", "operating", None, "terminated", None],
            "paid_in_cny": [None, None, None, 1e6, None, None],
        }
    )
)


def states(start=(), sign=()) -> dict[str, tuple[bool, bool]]:
    rows = advance(PROJECTS, start, sign)
    return {row.project_id: (bool(row.nominal), bool(row.effective)) for row in rows.itertuples()}


def test_a_started_project_is_effective_and_a_signed_one_nominal():
    after = states(start=["signed", "unclear"], sign=["talks"])
    assert after["signed"] == after["unclear"] == (True, True)
    assert after["talks"] == (True, False)


def test_a_terminated_project_that_starts_again_covers_again():
    assert states(start=["ended"])["ended"] == (True, True)


def test_no_project_goes_back():
    rows = advance(PROJECTS, ["begun"], ["begun", "paid", "signed"])
    assert rows.stage.tolist()[:3] == ["negotiating", "signed", "operating"]
    assert rows[["nominal", "effective"]].equals(PROJECTS[["nominal", "effective"]])


def test_a_project_that_is_started_need_not_be_signed():
    assert states(start=["talks"], sign=["talks"])["talks"] == (True, True)


def labels(**changes: list) -> pd.DataFrame:
    columns = {
        "segment_id": ["a", "b", "c"],
        "name": ["甲", "乙", "丙"],
        "stage_name": "上游",
        "label": ["missing", "weak", "strong"],
        "n_local": [0, 2, 9],
        "n_rd": 0,
        "lq": [0.1, 0.5, 3.0],
        "nominal": pd.array([0, 1, 0], dtype="Int64"),
        "effective": pd.array([0, 0, 0], dtype="Int64"),
    }
    return pd.DataFrame(columns | changes)


def gaps(priority: dict[str, float]) -> pd.DataFrame:
    return pd.DataFrame({"segment_id": list(priority), "priority": list(priority.values())})


BEFORE = (labels(), gaps({"a": 60.0, "b": 40.0}))


def test_what_is_the_same_has_not_changed():
    found = compare(BEFORE, BEFORE)
    assert not found.changed.any()
    assert found.segment_id.tolist() == ["a", "b", "c"]


def test_a_changed_label_comes_first_then_counts_then_priorities():
    after = labels(label=["missing", "fair", "strong"], n_local=[0, 4, 10])
    found = compare(BEFORE, (after, gaps({"a": 70.0})))
    assert found.segment_id.tolist() == ["b", "c", "a"]
    assert found.changed.all()
    by = found.set_index("segment_id")
    assert (by.label_before["b"], by.label_after["b"]) == ("weak", "fair")
    assert pd.isna(by.priority_change["b"])  # a gap no longer: it has no priority to compare
    assert by.priority_change["a"] == 10.0


def test_a_priority_that_moves_by_less_than_is_shown_has_not_changed():
    assert not compare(BEFORE, (labels(), gaps({"a": 60.04, "b": 40.0}))).changed.any()


def test_unknown_coverage_before_and_after_is_no_change():
    unknown = labels(nominal=pd.array([None] * 3, dtype="Int64"), effective=pd.array([None] * 3, dtype="Int64"))
    side = (unknown, BEFORE[1])
    assert not compare(side, side).changed.any()


def presence(**row: float) -> pd.DataFrame:
    frame = pd.DataFrame([{"segment_id": "s", "n_local": 0, "expected": 10.0, "shape": 1.0, "n_anchor": 0} | row])
    return label_segments(frame)


@pytest.mark.parametrize(("n_local", "expected"), [(0, 10.0), (3, 10.0), (20, 75.0), (0, 2.0)])
def test_so_many_more_firms_make_a_gap_fair_and_one_fewer_does_not(n_local, expected):
    start = presence(n_local=n_local, expected=expected)
    [more] = firms_to_fair(start)
    assert presence(n_local=n_local + more, expected=expected).label[0] in ("fair", "strong")
    assert presence(n_local=n_local + more - 1, expected=expected).label[0] in ("weak", "missing")


def test_what_is_no_gap_needs_no_firm_and_what_needs_too_many_is_unknown():
    assert firms_to_fair(presence(n_local=12)).empty
    assert firms_to_fair(presence(n_local=1, expected=1e5)).isna().all()


# --- in words

WHOLE = pd.Series({"n_gaps": 2, "n_nominal": 1, "n_effective": 0})


def told(after=BEFORE, whole=WHOLE, done=(1, 0, 0), share=(0.5, 0.5), needed=None) -> str:
    changes = compare(BEFORE, after).assign(more_needed=pd.array([needed] * 3, dtype="Int64"))
    return sentence(changes, (share[0], WHOLE), (share[1], whole), done)


def test_the_sentence_says_what_becomes_of_labels_completeness_and_coverage():
    after = (labels(label=["missing", "fair", "strong"]), gaps({"a": 55.0}))
    whole = pd.Series({"n_gaps": 1, "n_nominal": 0, "n_effective": 0})
    assert told(after, whole, (2, 1, 1), (1 / 3, 2 / 3)) == (
        "如果落地 2 家企业、开工 1 个项目、签约 1 个项目，1 个环节的判定改变（乙由薄弱变一般）；完整度由 33% 变为 67%；"
        "缺口由 2 变为 1 个，其中名义覆盖由 1 变为 0 个，有效覆盖仍为 0 个；优先级下降最多的是甲（−5.0）。"
    )


def test_where_no_label_changes_the_sentence_says_how_many_firms_are_still_needed():
    after = (labels(n_local=[0, 3, 9]), BEFORE[1])
    assert "没有环节的判定改变（到“一般”：乙还差 4 家）" in told(after, needed=4)


def test_nothing_done_is_told_without_an_if():
    assert told(done=(0, 0, 0)).startswith("没有环节的判定改变；完整度仍为 50%；缺口仍为 2 个")


def test_without_a_register_the_sentence_says_that_coverage_is_unknown():
    unknown = pd.Series({"n_gaps": 2, "n_nominal": pd.NA, "n_effective": pd.NA})
    assert "未导入项目台账，覆盖无数据" in told(whole=unknown)


def test_where_nothing_can_be_judged_completeness_is_unknown():
    assert "完整度无数据" in told(share=(None, None))


def facts(**row: object) -> pd.DataFrame:
    plain = {"firm_id": "f", "name": "远方厂", "status": "存续", "is_local": False, "is_struck_off": False}
    return pd.DataFrame([plain | {"segment_id": "a", "role": "maker"} | row])


@pytest.mark.parametrize(
    ("row", "asked", "note"),
    [
        ({}, (), None),
        ({"is_local": True}, (), "远方厂已在本地，家数里已经有它，不重复计入"),
        ({"is_struck_off": True, "status": "吊销"}, (), "远方厂登记状态为“吊销”，不计入"),
        ({"segment_id": None, "role": None}, (), "远方厂没有确认属于本链的任何环节，落地后本链什么也不改变"),
        ({}, ("b",), "远方厂没有确认属于“乙”，在那里不计入"),
        ({"role": "rd"}, (), "远方厂在“甲”只确认为研发，不计入生产企业数"),
        ({"role": "rd", "segment_id": "c"}, (), None),  # a segment of research
    ],
)
def test_a_firm_that_changes_nothing_is_named_with_the_reason(row, asked, note):
    notes = list(firm_notes(facts(**row), {"f": asked}, {"a": "甲", "b": "乙", "c": "丙"}, {"a", "b"}))
    assert notes == ([note] if note else [])


def test_projects_that_change_nothing_are_named_with_the_reason():
    attached = PROJECTS[PROJECTS.project_id != "talks"]
    notes = list(project_notes(PROJECTS, attached, ["talks", "begun", "unclear"], ["signed", "unclear"]))
    assert notes == [
        "项目“甲”没有挂接到本链的环节，不影响本链；可在“签约项目与覆盖”页挂接",
        "项目“丙”已经开工，推演不再改变它",
        "项目“乙”已经签约，推演不再改变它",
    ]
