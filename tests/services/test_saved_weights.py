"""Weights by name: saved, found again, replaced only on purpose, and read from what people type."""

from __future__ import annotations

from datetime import datetime

import pytest

from analysis.gaps import GapParams
from analysis.scoring import WeightError
from data.store import open_store
from services.saved_weights import (
    NameTaken,
    UnknownWeights,
    UnusableName,
    delete_weights,
    find_weights,
    save_weights,
    saved_weights,
)
from services.weight_options import read_weights

AT, LATER = datetime(2026, 1, 2, 8, 0), datetime(2026, 1, 3, 9, 30)
WEIGHTS = {"criticality": 0.4, "demand_pull": 0.3, "feasibility": 0.2, "openness": 0.1}
DEFAULT = GapParams().weights
HOSTILE = "'); DROP TABLE x; -- <b>"


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "w.duckdb") as opened:
        yield opened


def save(store, name="重关键", **changes):
    return save_weights(store, "gaps", name, WEIGHTS | changes, actor="甲", at=AT)


def test_what_is_saved_is_found_by_name_with_who_and_when(store):
    save(store, " 重关键 ")

    found = find_weights(store, "gaps", "重关键")
    assert (found.weights, found.saved_by, found.saved_at) == (WEIGHTS, "甲", AT)
    assert saved_weights(store, "targets") == ()


def test_a_name_is_replaced_only_on_purpose_and_the_record_keeps_what_was(store):
    save(store)

    with pytest.raises(NameTaken, match="已有权重方案“重关键”（甲 存于 2026-01-02 08:00）"):
        save(store, openness=0.9)
    save_weights(store, "gaps", "重关键", WEIGHTS | {"openness": 0.9}, actor="乙", at=LATER, replace=True)

    assert [one.weights["openness"] for one in saved_weights(store, "gaps")] == [0.9]
    events = store.rows("SELECT actor, action, detail FROM audit_event ORDER BY happened_at")
    assert [event[:2] for event in events] == [("甲", "weights_save"), ("乙", "weights_save")]
    assert events[1][2].endswith("openness=0.9，原为 criticality=0.4 demand_pull=0.3 feasibility=0.2 openness=0.1")


def test_what_is_deleted_is_gone_and_the_record_keeps_it(store):
    save(store)
    delete_weights(store, "gaps", "重关键", actor="乙", at=LATER)

    with pytest.raises(UnknownWeights, match="没有权重方案“重关键”；还没有存过权重方案"):
        delete_weights(store, "gaps", "重关键", actor="乙", at=LATER)
    assert store.rows("SELECT action, actor FROM audit_event ORDER BY happened_at")[-1] == ("weights_delete", "乙")


def test_the_same_name_may_stand_for_gaps_and_for_targets(store):
    save(store)
    save_weights(store, "targets", "重关键", {"fit": 1.0}, actor="甲", at=AT)

    assert find_weights(store, "gaps", "重关键").weights == WEIGHTS


def test_a_hostile_name_is_a_name(store):
    save(store, HOSTILE)

    assert [one.name for one in saved_weights(store, "gaps")] == [HOSTILE]
    assert find_weights(store, "gaps", HOSTILE).weights == WEIGHTS


@pytest.mark.parametrize("name", ["", "   ", "长" * 31, "两\n行", "零\u200b宽", "\u202e反写"])
def test_a_name_that_cannot_be_read_is_refused(store, name):
    with pytest.raises(UnusableName, match="1 到 30 个字"):
        save(store, name)


def test_weights_that_cannot_be_used_are_not_saved(store):
    with pytest.raises(WeightError, match="critical"):
        save_weights(store, "gaps", "错", {"critical": 1.0}, actor="甲", at=AT)
    with pytest.raises(WeightError, match="不能全为零"):
        save_weights(store, "gaps", "零", dict.fromkeys(WEIGHTS, 0.0), actor="甲", at=AT)
    assert saved_weights(store, "gaps") == ()


def test_typed_weights_name_parts_in_english_or_chinese_and_the_rest_stay_default(store):
    found = read_weights(store, "gaps", "criticality=0.5，需求＝0.1", DEFAULT)

    assert found == {**DEFAULT, "criticality": 0.5, "demand_pull": 0.1}


def test_a_saved_set_is_read_by_its_name_and_a_near_miss_is_proposed(store):
    save(store, "重关键环节")

    assert read_weights(store, "gaps", "重关键环节", DEFAULT) == WEIGHTS
    with pytest.raises(UnknownWeights, match="没有权重方案“重关健环节”；是否为“重关键环节”？"):
        read_weights(store, "gaps", "重关健环节", DEFAULT)


@pytest.mark.parametrize("text", ['{"criticality": 0.5, "可行性": 1}', "criticality: 0.5\n可行性: 1\n"])
def test_weights_may_stand_in_a_file(store, tmp_path, text):
    path = tmp_path / "w.yaml"
    path.write_text(text, encoding="utf-8")

    assert read_weights(store, "gaps", str(path), DEFAULT) == {**DEFAULT, "criticality": 0.5, "feasibility": 1.0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "criticalty=0.4",
            "没有“criticalty”这一项；是否为“criticality”？可用的是：criticality（关键性）、demand_pull（需求）",
        ),
        ("criticality=高", "“criticality”的权重“高”不是数字"),
        ("criticality=-1", "应为 0 以上的数"),
        ("criticality=nan", "应为 0 以上的数"),
        ("criticality=0.4,demand_pull", "“demand_pull”不是“项=权重”"),
    ],
)
def test_a_slip_is_named_with_what_is_possible(store, text, said):
    with pytest.raises(WeightError) as refused:
        read_weights(store, "gaps", text, DEFAULT)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"), [("- 1\n", "对应表"), ("a: [1\n", "读不出来"), ("critical: 1\n", "没有“critical”")]
)
def test_a_slip_in_a_file_is_named_too(store, tmp_path, text, said):
    path = tmp_path / "w.yml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(WeightError, match=said):
        read_weights(store, "gaps", str(path), DEFAULT)
