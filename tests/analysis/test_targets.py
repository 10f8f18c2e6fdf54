"""Parts of a target's score, and that missing facts are neither zeros nor rewards."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.targets import TargetParams, capability, distance_km, expansion, explain, fit, rank_targets, yuan

AS_OF = date(2019, 5, 1)


def firm(**facts: object) -> dict[str, object]:
    base: dict[str, object] = {
        "firm_id": "a", "name": "甲轴承有限公司", "region": "山东省聊城市", "match_score": 0.9, "evidence": "轴承制造", "role": "maker",
        "name_hit": True, "position": 0.0, "n_segments": 1, "capital_cny": None, "capital_flag": None, "employees": None,
        "revenue_cny": None, "stock_code": None, "tags": None, "founded_on": date(2005, 3, 1), "n_branches_away": 0,
        "last_branch_on": None, "n_local_ties": 0, "tie_text": None, "distance_km": 0.0, "n_projects": 0, "status": None,
    }  # fmt: skip
    return base | facts


def frame(*firms: dict[str, object]) -> pd.DataFrame:
    rows = pd.DataFrame(list(firms))
    numbers = ["capital_cny", "employees", "revenue_cny"]
    return rows.astype(
        dict.fromkeys(numbers, "float64") | dict.fromkeys(["capital_flag", "tags", "status", "stock_code"], "str")
    )


def test_a_product_in_the_name_is_central_to_the_firm():
    named, first, last = frame(firm(), firm(name_hit=False), firm(name_hit=False, position=1.0)).pipe(fit)
    assert (named, first, last) == pytest.approx((0.9, 0.9, 0.9 * 0.6))


def test_a_firm_in_many_segments_fits_each_less():
    one, four = frame(firm(name_hit=False), firm(name_hit=False, n_segments=4)).pipe(fit)
    assert four == pytest.approx(0.9 * 0.75)
    assert four < one


def test_capability_is_the_mean_of_the_known_sizes_on_a_log_scale():
    # 5 千万 lies half-way between 50 万 and 50 亿 on a log scale; 100 employees a third of the way from 10 to 10,000
    rows = frame(firm(capital_cny=5e7), firm(capital_cny=5e7, employees=100))
    assert capability(rows).tolist() == pytest.approx([0.5, (0.5 + 1 / 3) / 2])


def test_a_flagged_capital_and_a_capital_of_zero_count_as_unknown():
    rows = frame(firm(capital_cny=9e13, capital_flag="疑似误填"), firm(capital_cny=0.0))
    assert capability(rows).isna().all()


def test_branches_away_count_as_expansion_and_old_ones_half():
    rows = frame(
        firm(),
        firm(n_branches_away=1, last_branch_on=date(2018, 1, 1)),
        firm(n_branches_away=2, last_branch_on=date(1999, 1, 1)),
    )
    found = expansion(rows, AS_OF, TargetParams())
    assert pd.isna(found[0])
    assert found[1:].tolist() == [0.5, 0.375]


def test_distance_between_jinan_and_shiyan_is_about_735_km():
    # great-circle distance of (117.12, 36.65) and (110.80, 32.63), checked with the spherical law of cosines
    km = distance_km(pd.Series([110.80, None]), pd.Series([32.63, None]), (117.12, 36.65))
    assert km[0] == pytest.approx(729, abs=5)
    assert pd.isna(km[1])


def test_unknown_parts_leave_the_score_between_poor_and_good():
    rows = frame(
        firm(firm_id="known_small", capital_cny=5e5),
        firm(firm_id="unknown"),
        firm(firm_id="known_large", capital_cny=5e9),
    )
    ranked = rank_targets(rows, AS_OF)
    assert ranked.firm_id.tolist() == ["known_large", "unknown", "known_small"]
    assert ranked.completeness.round(2).tolist() == [0.75, 0.45, 0.75]


def test_order_never_depends_on_the_order_of_the_input():
    rows = frame(firm(firm_id="b"), firm(firm_id="a"), firm(firm_id="c"))
    assert rank_targets(rows, AS_OF).firm_id.tolist() == ["a", "b", "c"]


def test_reason_states_place_age_evidence_size_and_ties():
    ranked = rank_targets(
        frame(
            firm(
                capital_cny=1.2e8,
                n_branches_away=2,
                last_branch_on=date(2017, 6, 1),
                n_local_ties=1,
                tie_text="甲公司济南分公司",
            )
        ),
        AS_OF,
    )
    assert explain(ranked, AS_OF).reason[0] == (
        "山东省聊城市企业，2005 年成立，依据：轴承制造；注册资本 1.2 亿元；登记有外地分支 2 家，最近一家设于 2017 年；与本地有关联：甲公司济南分公司"
    )


def test_conflicts_name_running_projects_status_and_doubtful_capital():
    ranked = rank_targets(frame(firm(n_projects=1, status="注销", capital_cny=9e13, capital_flag="疑似误填")), AS_OF)
    assert explain(ranked, AS_OF).conflicts[0] == [
        "本地已有该企业的项目 1 个",
        "登记状态：注销",
        "注册资本存疑：疑似误填",
    ]


def test_a_segment_without_candidates_gives_an_empty_list():
    assert rank_targets(frame(firm()).head(0), AS_OF).empty


def test_money_is_written_for_people():
    assert (yuan(1.2e8), yuan(3.5e6)) == ("1.2 亿元", "350 万元")
