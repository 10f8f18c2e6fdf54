"""Gap priority on a chain of five segments small enough to work by hand."""

from __future__ import annotations

from math import log

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.chain_demand import chain_demand, pull
from analysis.gap_actions import empty_stages
from analysis.gaps import GapParams, criticality, feasibility, find_gaps, openness, rank_gaps
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
            "whole": [30.0, 40.0, 80.0, 40.0, 20.0],
            "label": ["strong", "missing", "weak", "fair", "fair"],
            "nominal": [0, 0, 0, 0, 0],
            "effective": [0, 0, 0, 0, 0],
        }
    ).set_index("segment_id", drop=False)
    for segment_id, values in changes.items():
        for column, value in values.items():
            rows.loc[segment_id, column] = value
    firms = rows[["n_local", "expected", "whole"]].astype(float).rename(columns={"n_local": "local"})
    return rows.join(chain_demand(GRAPH, firms)).reset_index(drop=True)


# a tenth of the benchmark's firms are here: E = N/10. Related: part 0.6 before steel 0.5 before rubber 0.1
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
    demand = pull(labels().set_index("segment_id"))
    # part: 0.4·4 = 1.6 users worth, none of it supplied (largest → 1); rubber: 0.1·4 = 0.4, one of 80·(0.4/4) = 8 needed
    # suppliers is here: 0.4·7/8 = 0.35; nobody here buys steel; all 4 needed axle makers are here; nobody buys cars
    assert demand["part"] == 1.0
    assert demand["rubber"] == pytest.approx(log(1.35) / log(2.6))
    assert demand["steel"] == demand["axle"] == 0.0
    assert pd.isna(demand["car"])


def test_one_huge_user_does_not_hide_other_demand():
    demand = pull(labels(car={"n_local": 3000}).set_index("segment_id"))
    # axle: 0.3·3000 = 900 users worth; needed 40·(900/6) = 6000, 4 are here: 899.4; part keeps ln(2.6)/ln(900.4)
    assert demand["axle"] == 1.0
    assert demand["part"] == pytest.approx(log(2.6) / log(900.4))


def test_feasibility_is_the_place_among_all_segments_of_the_region():
    found = feasibility(pd.Series({"a": 0.26, "b": 0.24, "c": 0.25, "d": 0.25, "e": None}))
    # of three others: a beats 3, b none, c and d beat b and share half with each other: 1.5/3
    assert found.dropna().to_dict() == {"a": 1.0, "b": 0.0, "c": 0.5, "d": 0.5}
    assert pd.isna(found["e"])
    assert feasibility(pd.Series({"only": 0.3}))["only"] == 0.5


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
    assert row.priority == pytest.approx(100 * (0.3 * row.criticality + 0.3 * 1.0 + 0.25 * 1.0 + 0.15 * 1.0))


def test_unknown_relatedness_lowers_completeness_and_counts_as_neutral():
    row = find_gaps(labels(), GRAPH, RELATED.drop("part")).set_index("segment_id").loc["part"]
    assert pd.isna(row.feasibility)
    assert row.completeness == pytest.approx(0.75)


def action(segment_id: str = "part", params: GapParams = GapParams(), **changes: dict[str, object]) -> str:
    return str(find_gaps(labels(**changes), GRAPH, RELATED, params).set_index("segment_id").action[segment_id])


def test_weak_is_strengthened_and_missing_without_more_is_filled():
    assert action("rubber") == "强链"
    assert action(steel={"label": "fair"}) == "补链"


def test_a_missing_segment_below_a_strong_one_whose_downstream_is_empty_is_an_extension():
    assert action() == "延链"  # steel is strong, and parts are its only users


def test_it_is_no_extension_where_the_strong_supplier_has_other_users_here():
    graph = nx.DiGraph(GRAPH)
    graph.add_edge("steel", "car", weight=0.1)
    assert find_gaps(labels(), graph, RELATED).set_index("segment_id").action["part"] == "补链"


def test_a_missing_segment_of_an_empty_stage_is_created_and_the_reason_says_so():
    gone = {"label": "missing", "n_local": 0}
    assert action("car", car=gone) == "建链"
    reason = find_gaps(labels(car=gone), GRAPH, RELATED).set_index("segment_id").gap_reason["car"]
    assert "所在整段本地尚无企业" in reason


def test_only_a_main_supplier_makes_it_an_extension():
    # steel delivers half of what parts buy: no main supplier where sixty per cent are asked for
    assert action(params=GapParams(main_input=0.6)) == "补链"


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
        == "缺失：本地 0 家，应有 4.0 家；属关键环节；上游钢材为本地优势而下游尚无企业，可向下延伸；本地下游有车桥 4 家，按用量约需供应企业 4.0 家；"
        "相近环节基础较好（关联度高于本地 100% 的环节）；尚无签约项目"
    )


def test_reason_of_a_weak_segment_names_both_local_supply_shares_and_says_where_they_disagree():
    reasons = find_gaps(labels(), GRAPH, RELATED).set_index("segment_id").gap_reason
    # 1 of 8 needed and 1 of 8 expected
    assert "本地下游有车桥 4 家，本地配套率供需池法 12%、区位商法 12%；" in reasons["rubber"]
    # ten times the users: 80 suppliers needed, of which 1 is here, still 8 expected; and with a share of 5 in 8 they differ
    apart = find_gaps(labels(rubber={"n_local": 5}, axle={"n_local": 40}), GRAPH, RELATED).set_index("segment_id")
    assert "本地配套率供需池法 6%、区位商法 62%（相差较大）" in apart.gap_reason["rubber"]


def test_reason_says_where_nobody_here_buys_and_where_the_need_is_less_than_one_firm():
    none = find_gaps(labels(axle={"n_local": 0}), GRAPH, RELATED).set_index("segment_id").gap_reason
    assert "本地尚无下游企业" in none["part"]
    # one axle maker of 40: 40·(0.4/16) = 1 is needed; with 80 in the benchmark 0.5
    little = find_gaps(labels(axle={"n_local": 1, "whole": 80.0}), GRAPH, RELATED).set_index("segment_id").gap_reason
    assert "本地下游有车桥 1 家，用量还不足一家供应企业" in little["part"]


def test_weights_move_the_ranking_without_the_chain_and_say_how_firm_it_is():
    gaps = find_gaps(labels(), GRAPH, RELATED)
    assert gaps.segment_id.tolist() == ["part", "rubber"]
    assert gaps["rank"].tolist() == gaps.rank_best.tolist() == gaps.rank_worst.tolist() == [1, 2]

    # by openness alone both stand at 100; the one covered by a started project falls to 50
    open_only = GapParams(weights={"openness": 1.0})
    covered = find_gaps(labels(part={"nominal": 1, "effective": 1}), GRAPH, RELATED)
    again = rank_gaps(covered, open_only)
    assert again.segment_id.tolist() == ["rubber", "part"]
    assert again.priority.tolist() == [100.0, 50.0]
    assert again.columns.tolist() == covered.columns.tolist()


def test_a_chain_without_gaps_has_an_empty_list_with_all_columns():
    none = find_gaps(labels().assign(label="unknown"), GRAPH, RELATED)
    assert none.empty
    assert {"priority", "rank", "rank_worst", "gap_reason", "action"} <= set(none.columns)
    assert rank_gaps(none).empty


def test_where_no_register_of_projects_was_imported_openness_is_unknown_and_the_reason_says_so():
    unknown = labels().assign(nominal=pd.array([None] * 5, "Int64"), effective=pd.array([None] * 5, "Int64"))
    row = find_gaps(unknown, GRAPH, RELATED).set_index("segment_id").loc["part"]
    assert pd.isna(row.openness)
    # criticality 0.3, demand 0.3 and feasibility 0.25 of the weight are known; openness counts as neutral 0.3
    assert row.completeness == pytest.approx(0.85)
    assert row.priority == pytest.approx(100 * (0.3 * row.criticality + 0.3 * 1.0 + 0.25 * 1.0 + 0.15 * 0.3))
    assert row.gap_reason.endswith("；未导入项目台账，签约情况无数据")


def test_a_misspelt_weight_is_refused():
    with pytest.raises(WeightError, match="fesibility"):
        find_gaps(labels(), GRAPH, RELATED, GapParams(weights={"fesibility": 1.0}))


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 5), st.integers(0, 5))
def test_a_project_more_never_raises_openness_the_one_part_that_projects_move(signed, begun, more_signed, more_begun):
    before = openness(pd.Series([max(signed, begun)]), pd.Series([begun]))
    after = openness(pd.Series([max(signed, begun) + more_signed + more_begun]), pd.Series([begun + more_begun]))
    assert after[0] <= before[0]


@pytest.mark.parametrize("order", [[4, 3, 2, 1, 0], [1, 0, 4, 2, 3]])
def test_the_order_of_segments_changes_nothing(order):
    again = find_gaps(labels().iloc[order], GRAPH, RELATED)
    pd.testing.assert_frame_equal(again, find_gaps(labels(), GRAPH, RELATED))


def test_a_chain_of_one_segment_is_its_own_stage_and_has_no_demand():
    alone = nx.DiGraph()
    alone.add_node("part")
    row = labels().query("segment_id == 'part'").drop(columns=list(chain_demand(alone, ONE)))
    [gap] = find_gaps(row.join(chain_demand(alone, ONE), on="segment_id"), alone, RELATED).itertuples()
    assert gap.action == "建链"
    assert pd.isna(gap.demand_pull)
    # criticality 0.6·0.6 alone; demand unknown counts 0.3; highest density of all; open
    assert gap.priority == pytest.approx(100 * (0.3 * 0.36 + 0.3 * 0.3 + 0.25 * 1.0 + 0.15 * 1.0))


ONE = pd.DataFrame({"local": [0.0], "expected": [4.0], "whole": [40.0]}, index=["part"])
