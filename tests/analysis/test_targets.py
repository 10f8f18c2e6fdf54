"""Parts of a target's score, and that missing facts are neither zeros nor rewards."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis.target_reasons import explain, yuan
from analysis.targets import (
    TargetParams,
    capability,
    connection,
    distance_km,
    expansion,
    fit,
    rank_ranges,
    rank_targets,
    size,
)

AS_OF = date(2019, 5, 1)
TEXTS = ["capital_flag", "tags", "status", "stock_code", "industry_text", "other_trade"]


def firm(**facts: object) -> dict[str, object]:
    base: dict[str, object] = {
        "firm_id": "a", "name": "甲轴承有限公司", "region": "山东省聊城市", "match_score": 0.9, "evidence": "轴承制造", "role": "maker",
        "kind": "production", "centrality": 1.0, "other_trade": None, "industry_text": None, "revenue_year": None,
        "capital_cny": None, "capital_flag": None, "employees": None,
        "revenue_cny": None, "stock_code": None, "tags": None, "founded_on": date(2005, 3, 1), "n_branches_away": 0,
        "last_branch_on": None, "n_affiliates_away": 0, "affiliates_expected": None, "last_affiliate_on": None,
        "last_affiliate_name": None, "last_affiliate_place": None, "last_affiliate_confidence": None, "kin_name": None,
        "kin_confidence": None, "tie_value": None, "tie_text": None, "distance_km": 0.0, "n_projects": 0, "status": None,
    }  # fmt: skip
    return base | facts


def frame(*firms: dict[str, object]) -> pd.DataFrame:
    rows = pd.DataFrame(list(firms))
    numbers = ["capital_cny", "employees", "revenue_cny", "affiliates_expected", "tie_value"]
    return rows.astype(dict.fromkeys(numbers, "float64") | dict.fromkeys(TEXTS, "str"))


def test_fit_is_the_match_score_times_centrality():
    assert frame(firm(), firm(centrality=0.6)).pipe(fit).tolist() == pytest.approx([0.9, 0.54])


def test_a_firm_that_only_does_research_fits_a_production_segment_less():
    makes, researches, lab = frame(firm(), firm(role="rd"), firm(role="rd", kind="rd")).pipe(fit)
    assert (makes, researches, lab) == pytest.approx((0.9, 0.9 * 0.6, 0.9))


def test_size_is_the_mean_of_the_known_sizes_on_a_log_scale():
    # 5 千万 lies half-way between 50 万 and 50 亿 on a log scale; 100 employees a third of the way from 10 to 10,000
    rows = frame(firm(capital_cny=5e7), firm(capital_cny=5e7, employees=100))
    assert size(rows, AS_OF).tolist() == pytest.approx([0.5, (0.5 + 1 / 3) / 2])


def test_of_a_conglomerate_s_size_only_the_part_central_to_the_product_counts():
    rows = frame(firm(capital_cny=5e9), firm(capital_cny=5e9, centrality=0.4))
    assert capability(rows, AS_OF).tolist() == pytest.approx([1.0, 0.4])


def test_the_registered_capital_of_a_firm_founded_lately_counts_half():
    rows = frame(firm(capital_cny=5e7, founded_on=date(2018, 1, 1)), firm(capital_cny=5e7, founded_on=date(2016, 1, 1)))
    assert size(rows, AS_OF).tolist() == pytest.approx([0.25, 0.5])


def test_a_flagged_capital_and_a_capital_of_zero_count_as_unknown():
    rows = frame(firm(capital_cny=9e13, capital_flag="疑似误填"), firm(capital_cny=0.0))
    assert size(rows, AS_OF).isna().all()


def test_branches_away_count_as_expansion_and_old_ones_half():
    rows = frame(
        firm(),
        firm(n_branches_away=1, last_branch_on=date(2018, 1, 1)),
        firm(n_branches_away=2, last_branch_on=date(1999, 1, 1)),
        firm(n_branches_away=1, last_branch_on=date(2018, 1, 1), centrality=0.4),
    )
    found = expansion(rows, AS_OF, TargetParams())
    assert pd.isna(found[0])
    assert found[1:].tolist() == [0.5, 0.375, 0.2]


def test_inferred_affiliates_count_by_their_confidence_beside_recorded_branches():
    rows = frame(
        firm(n_affiliates_away=2, affiliates_expected=1.5, last_affiliate_on=date(2016, 1, 1)),
        firm(n_branches_away=1, last_branch_on=date(1999, 1, 1), n_affiliates_away=1, affiliates_expected=1.0,
             last_affiliate_on=date(2016, 1, 1)),
    )  # fmt: skip
    # 1 − 0.5^1.5 and 1 − 0.5^2; the newest founding of either kind says how recent it is
    assert expansion(rows, AS_OF, TargetParams()).tolist() == pytest.approx([1 - 0.5**1.5, 0.75])


def test_an_expansion_that_is_inferred_says_so_with_year_place_and_confidence():
    rows = frame(
        firm(
            n_affiliates_away=2, affiliates_expected=1.7, last_affiliate_on=date(2016, 1, 1),
            last_affiliate_name="甲轴承（重庆）有限公司", last_affiliate_place="重庆市", last_affiliate_confidence=0.97,
        )
    )  # fmt: skip
    assert (
        explain(rank_targets(rows, AS_OF), AS_OF)
        .reason[0]
        .endswith("；2016 年在重庆市设立同字号企业“甲轴承（重庆）有限公司”（推断，把握 97%），此类企业共 2 家")
    )


def test_a_firm_of_a_larger_one_s_brand_is_told_apart_as_a_guess():
    rows = frame(firm(kin_name="甲轴承集团有限公司", kin_confidence=0.9))
    assert explain(rank_targets(rows, AS_OF), AS_OF).conflicts[0] == [
        "与“甲轴承集团有限公司”同字号（推断，把握 90%），投资可能由其决定"
    ]


def test_connection_is_the_value_of_the_path_and_unknown_without_one():
    found = connection(frame(firm(tie_value=0.25), firm()))
    assert found[0] == 0.25
    assert pd.isna(found[1])


def test_ranks_of_two_targets_whose_parts_disagree_move_with_the_weights():
    # fit 0.5 and capability 0.5 against 0.49 and 0.51: five times the one is nearly five times the other
    rows = pd.DataFrame({"firm_id": ["a", "b", "c"], "fit": [0.51, 0.49, 0.1], "capability": [0.49, 0.51, 0.1]})
    rows = rows.assign(expansion=0.0, connection=0.0, access=0.0)
    params = TargetParams(weights={"fit": 0.5, "capability": 0.5}, top=1)
    found = rank_ranges(rows, pd.Series(["b", "c"]), params)
    assert found[["rank", "rank_best", "rank_worst"]].values.tolist() == [[2, 1, 2], [3, 3, 3]]
    # three of the nine runs weigh capability more than fit; where they are equal the order given stays
    assert found.top_share.tolist() == pytest.approx([3 / 9, 0.0])


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
                tie_value=1.0,
                tie_text="设有分支机构“甲公司济南分公司”（来源：工商登记），在本地",
            )
        ),
        AS_OF,
    )
    assert explain(ranked, AS_OF).reason[0] == (
        "位于山东省聊城市，2005 年成立；注册资本 1.2 亿元；依据：轴承制造；已在外地设分支机构或投资企业 2 家，最近一家设于 2017 年；"
        "与本地有关联：设有分支机构“甲公司济南分公司”（来源：工商登记），在本地"
    )


def test_conflicts_name_running_projects_status_and_doubtful_capital():
    ranked = rank_targets(frame(firm(n_projects=1, status="注销", capital_cny=9e13, capital_flag="疑似误填")), AS_OF)
    assert explain(ranked, AS_OF).conflicts[0] == [
        "本地已有该企业的项目 1 个",
        "登记状态：注销",
        "注册资本存疑：疑似误填",
    ]


def test_a_listed_firm_is_introduced_with_its_industry_and_the_year_of_its_revenue():
    ranked = rank_targets(
        frame(
            firm(stock_code="600143", industry_text="改性塑料", revenue_cny=4.02e10, revenue_year=2021, founded_on=None)
        ),
        AS_OF,
    )
    assert explain(ranked, AS_OF).reason[0] == (
        "位于山东省聊城市；上市公司（600143，改性塑料），营收 402.0 亿元（2021 年）；依据：轴承制造"
    )


def test_conflicts_say_what_to_check_on_a_visit():
    rows = frame(firm(other_trade="工程施工", role="rd", founded_on=date(2018, 5, 1)))
    assert explain(rank_targets(rows, AS_OF), AS_OF).conflicts[0] == [
        "企业名称或行业显示主业为工程施工，请核实是否自产",
        "只写明研发，未写明生产",
        "成立不足 3 年，注册资本未必实缴",
    ]


@pytest.mark.parametrize(
    ("city_code", "adcode", "conflicts"),
    [
        ("370100", None, ["所在区县未知，可能已在本地"]),
        ("370100", "370100", ["所在区县未知，可能已在本地"]),
        (None, "370000", ["所在地市未知，可能已在本地"]),
        ("370100", "370102", []),
        ("420100", None, []),
        (None, None, []),
    ],
)
def test_a_firm_known_only_to_the_prefecture_or_province_of_home_may_be_here_already(city_code, adcode, conflicts):
    rows = frame(firm(city_code=city_code, adcode=adcode))
    wider = {"370100": "区县", "370000": "地市"}
    assert explain(rank_targets(rows, AS_OF), AS_OF, wider).conflicts[0] == conflicts


def test_a_segment_without_candidates_gives_an_empty_list():
    assert rank_targets(frame(firm()).head(0), AS_OF).empty


def test_money_is_written_for_people():
    assert (yuan(1.2e8), yuan(3.5e6)) == ("1.2 亿元", "350 万元")
