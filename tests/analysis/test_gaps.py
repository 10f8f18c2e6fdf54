"""Gap priority on a chain of five segments small enough to work by hand."""

from __future__ import annotations

from math import log

import networkx as nx
import pandas as pd
import pytest

from analysis.gaps import GapParams, criticality, demand_pull, empty_stages, find_gaps, openness
from analysis.scoring import WeightError

# steel → part → axle → car, and rubber → axle
GRAPH = nx.DiGraph()
GRAPH.add_weighted_edges_from(
    [("steel", "part", 0.5), ("part", "axle", 0.4), ("rubber", "axle", 0.1), ("axle", "car", 0.3)]
)


def labels(**changes: dict[str, object]) -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "segment_id": ["steel", "part", "rubber", "axle", "car"],
            "name": ["钢材", "零件", "橡胶", "车桥", "整车"],
            "stage": ["up", "up", "up", "mid", "down"],
            "level": ["low", "medium", "low", "high", "high"],
            "core": [True] * 5,
            "n_local": [9, 0, 1, 4, 2],
            "expected": [3.0, 4.0, 8.0, 4.0, 2.0],
            "lq": [2.5, 0.1, 0.2, 1.0, 1.0],
            "label": ["strong", "missing", "weak", "fair", "fair"],
            "nominal": [0, 0, 0, 0, 0],
            "effective": [0, 0, 0, 0, 0],
        }
    ).set_index("segment_id", drop=False)
    for segment_id, values in changes.items():
        for column, value in values.items():
            rows.loc[segment_id, column] = value
    return rows.reset_index(drop=True)


RELATED = pd.Series({"steel": 0.5, "part": 0.6, "rubber": 0.1})


def test_only_weak_and_missing_segments_are_gaps():
    assert set(find_gaps(labels(), GRAPH, RELATED).segment_id) == {"part", "rubber"}


def test_criticality_adds_level_sole_supply_and_betweenness():
    values = criticality(GRAPH, {"steel": "low", "part": "medium", "rubber": "low", "axle": "high", "car": "high"})
    # betweenness of the middle nodes: axle lies on 3 shortest paths, part on 2; steel and axle are sole suppliers
    assert values["axle"] == pytest.approx(0.6 + 0.2 + 0.2)
    assert values["part"] == pytest.approx(0.6 * 0.6 + 0.2 * 2 / 3)
    assert values["steel"] == pytest.approx(0.6 * 0.2 + 0.2)
    assert values["rubber"] == pytest.approx(0.6 * 0.2)


def test_demand_pull_is_local_users_times_share_times_what_is_not_supplied():
    rows = labels().set_index("segment_id")
    pull = demand_pull(GRAPH, rows.n_local, rows.lq)
    # part: 0.4·4·(1−0.1) = 1.44 (largest → 1); rubber: 0.1·4·(1−0.2) = 0.32; steel is supplied; nobody here buys cars
    assert pull["part"] == 1.0
    assert pull["rubber"] == pytest.approx(log(1.32) / log(2.44))
    assert pull["steel"] == 0.0
    assert pd.isna(pull["car"])


def test_one_huge_user_does_not_hide_other_demand():
    rows = labels(car={"n_local": 3000}).set_index("segment_id")
    pull = demand_pull(GRAPH, rows.n_local, rows.lq.where(rows.index != "axle", 0.5))
    # axle: 0.3·3000·0.5 = 450 is the largest; part keeps ln(2.44)/ln(451), not 1.44/450
    assert pull["axle"] == 1.0
    assert pull["part"] == pytest.approx(log(2.44) / log(451))


def test_segments_outside_the_core_are_half_as_critical():
    inside = find_gaps(labels(), GRAPH, RELATED).set_index("segment_id")
    outside = find_gaps(labels(rubber={"core": False}), GRAPH, RELATED).set_index("segment_id")
    assert outside.criticality["rubber"] == pytest.approx(inside.criticality["rubber"] / 2)
    assert outside.criticality["part"] == inside.criticality["part"]
    assert "属本链配套或应用环节，不是主体" in outside.gap_reason["rubber"]


def test_openness_falls_with_projects_and_most_with_effective_ones():
    assert openness(pd.Series([0, 1, 1, 2]), pd.Series([0, 0, 1, 1])).tolist() == pytest.approx(
        [1, 1 / 1.5, 1 / 2, 1 / 2.5]
    )


def test_an_effective_project_never_raises_priority():
    before = find_gaps(labels(), GRAPH, RELATED).set_index("segment_id").priority
    after = find_gaps(labels(part={"nominal": 1, "effective": 1}), GRAPH, RELATED).set_index("segment_id").priority
    assert after["part"] < before["part"]
    assert after["rubber"] == before["rubber"]


def test_priority_is_the_weighted_sum_of_the_parts_shown():
    row = find_gaps(labels(), GRAPH, RELATED).set_index("segment_id").loc["part"]
    assert row.priority == pytest.approx(100 * (0.3 * row.criticality + 0.3 * 1.0 + 0.25 * 0.6 + 0.15 * 1.0))


def test_unknown_relatedness_lowers_completeness_and_counts_as_neutral():
    row = find_gaps(labels(), GRAPH, RELATED.drop("part")).set_index("segment_id").loc["part"]
    assert pd.isna(row.feasibility)
    assert row.completeness == pytest.approx(0.75)


def test_actions_fill_extend_create_and_strengthen():
    gaps = find_gaps(labels(), GRAPH, RELATED).set_index("segment_id")
    assert gaps.action["rubber"] == "强链"
    assert gaps.action["part"] == "延链"  # missing below the strong steel
    filled = find_gaps(labels(steel={"label": "fair"}), GRAPH, RELATED).set_index("segment_id")
    assert filled.action["part"] == "补链"
    created = find_gaps(labels(car={"label": "missing", "n_local": 0}), GRAPH, RELATED).set_index("segment_id")
    assert created.action["car"] == "建链"


def test_only_a_main_supplier_makes_it_an_extension():
    # steel delivers half of what parts buy: no main supplier where sixty per cent are asked for
    gaps = find_gaps(labels(), GRAPH, RELATED, GapParams(main_input=0.6)).set_index("segment_id")
    assert gaps.action["part"] == "补链"


def test_a_stage_is_empty_only_when_half_of_it_is_judged_missing():
    rows = pd.DataFrame(
        {
            "stage": ["a", "a", "b", "b", "b", "c", "c"],
            "label": ["missing", "unknown", "missing", "unknown", "unknown", "missing", "weak"],
            "n_local": [0, 0, 0, 0, 0, 0, 1],
        }
    )
    assert empty_stages(rows) == {"a"}


def test_reason_names_count_key_users_and_projects():
    reason = find_gaps(labels(part={"level": "high"}), GRAPH, RELATED).set_index("segment_id").gap_reason["part"]
    assert (
        reason
        == "缺失：本地 0 家，应有 4.0 家；属关键环节；上游钢材为本地优势，可向下延伸；本地下游有车桥 4 家；相近环节基础较好（关联密度 0.60）；尚无签约项目"
    )


def test_where_no_register_of_projects_was_imported_openness_is_unknown_and_the_reason_says_so():
    unknown = labels().assign(nominal=pd.array([None] * 5, "Int64"), effective=pd.array([None] * 5, "Int64"))
    row = find_gaps(unknown, GRAPH, RELATED).set_index("segment_id").loc["part"]
    assert pd.isna(row.openness)
    # criticality 0.3, demand 0.3 and feasibility 0.25 of the weight are known; openness counts as neutral 0.3
    assert row.completeness == pytest.approx(0.85)
    assert row.priority == pytest.approx(100 * (0.3 * row.criticality + 0.3 * 1.0 + 0.25 * 0.6 + 0.15 * 0.3))
    assert row.gap_reason.endswith("；未导入项目台账，签约情况无数据")


def test_a_misspelt_weight_is_refused():
    with pytest.raises(WeightError, match="fesibility"):
        find_gaps(labels(), GRAPH, RELATED, GapParams(weights={"fesibility": 1.0}))
