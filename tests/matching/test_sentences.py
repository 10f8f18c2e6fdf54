"""Sentences of business scopes, worked by hand: who is a maker, and who only names the thing."""

from __future__ import annotations

import pytest

from analysis.matching import SegmentRule, match
from tests.matching.made_up import (
    BEARING,
    CHIP,
    COLD_CHAIN,
    DIAPHRAGM,
    FREIGHT,
    GEAR,
    PIG,
    STEEL_PIPE,
    STEEL_STRUCTURE,
    firm,
    role,
    verdict,
)


@pytest.mark.parametrize(
    ("rule", "scope"),
    [
        (BEARING, "生产、销售：轴承、齿轮、五金"),
        (BEARING, "轴承、齿轮的研发、制造、销售"),
        (BEARING, "轴承制造；五金销售"),
        (BEARING, "加工、销售轴承"),
        (BEARING, "五金的销售；轴承加工"),
        (BEARING, "轴承，经营方式：加工"),
        (BEARING, "以下限分支机构经营：轴承制造"),
        (BEARING, "轴承（生产、销售）"),
        (BEARING, "轴承及配件制造（依法须经批准的项目，经相关部门批准后方可开展经营活动）"),
        (BEARING, "軸承製造"),
        (BEARING, "１、轴承　制造；２、五金销售"),
        (BEARING, "生产五金、轴承，并提供售后服务"),
        (BEARING, "轴承、电机（不含危险化学品）、五金制造"),
        (PIG, "生猪、山羊养殖、销售"),
        (PIG, "养猪、养鸡"),
        (FREIGHT, "普通货运"),
        (FREIGHT, "道路货物运输；五金销售"),
        (COLD_CHAIN, "货物专用运输（冷藏保鲜设备）"),
        (COLD_CHAIN, "冷链物流服务"),
        (CHIP, "芯片的设计与销售"),
    ],
)
def test_who_does_what_the_segment_means_is_confirmed(rule: SegmentRule, scope: str) -> None:
    assert verdict(rule, scope) == "confirmed"


@pytest.mark.parametrize(
    ("rule", "scope"),
    [
        (BEARING, "五金、轴承、电线的批发、零售"),
        (BEARING, "五金制造；轴承销售"),
        (BEARING, "五金加工；批发兼零售：轴承、阀门"),
        (BEARING, "轴承修理"),
        (BEARING, "五金制造（不含轴承）"),
        (BEARING, "机械零件制造（轴承除外）"),
        (BEARING, "五金、轴承、服装加工、鞋帽、日用百货"),
        (STEEL_STRUCTURE, "钢结构工程施工、安装"),
        (GEAR, "齿轮油的生产、销售"),
        (DIAPHRAGM, "隔膜阀制造、销售"),
        (STEEL_PIPE, "塑钢管、塑钢门窗制造"),
        (PIG, "采购、供应成员生猪养殖所需的饲料"),
        (PIG, "生猪屠宰、销售"),
        (FREIGHT, "货运代理；货运信息咨询"),
        (FREIGHT, "货物运输保险"),
        (COLD_CHAIN, "冷库设备制造、销售"),
        (COLD_CHAIN, "预包装食品（含冷藏冷冻食品）零售"),
        (CHIP, "芯片、电子产品的销售"),
    ],
)
def test_who_only_names_the_thing_is_rejected(rule: SegmentRule, scope: str) -> None:
    assert verdict(rule, scope) == "rejected"


def test_a_bare_list_is_made_by_a_works_and_sold_by_a_trading_house() -> None:
    assert verdict(BEARING, "轴承、五金", "新城轴承厂") == "confirmed"
    assert verdict(BEARING, "轴承、五金", "新城商贸有限公司") == "rejected"


def test_a_product_list_names_what_is_made() -> None:
    assert verdict(BEARING, "实业投资", products="轴承、齿轮") == "confirmed"


def test_selling_what_the_company_itself_makes_is_uncertain() -> None:
    assert verdict(BEARING, "本公司制造的轴承的批发") == "uncertain"


def test_a_firm_named_after_the_thing_that_makes_something_is_uncertain() -> None:
    assert verdict(BEARING, "机械零件制造、销售", "新城轴承有限公司") == "uncertain"


def test_roles_are_told_apart() -> None:
    assert role(BEARING, "轴承制造") == "maker"
    assert role(BEARING, "轴承的研发、销售") == "rd"
    assert role(BEARING, "轴承销售") == "trader"
    assert role(BEARING, "轴承维修服务") == "service"
    assert role(STEEL_STRUCTURE, "钢结构安装") == "construction"
    assert role(FREIGHT, "货物运输") == "service"
    assert role(CHIP, "芯片设计") == "rd"


def test_exclusions_of_a_segment_hold_for_the_phrase_they_stand_in() -> None:
    rule = SegmentRule("pump", "泵", "制造泵；只销售的不算", ("油泵",), ("抽油泵",))
    assert verdict(rule, "抽油泵制造") == "rejected"
    assert verdict(rule, "抽油泵销售；油泵制造") == "confirmed"


def test_evidence_shows_the_clause_and_the_sign() -> None:
    pairs = match(firm("五金销售；轴承、齿轮的制造", "新城轴承有限公司"), [BEARING]).pairs
    assert pairs["evidence"][0] == "“轴承、齿轮的制造”［条款写明从事；企业名称含“轴承”］"
