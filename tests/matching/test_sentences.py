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


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("轴承、五金销售及阀门制造", "rejected"),
        ("阀门、轴承销售及电机、输送机、五金制造", "rejected"),
        ("阀门销售及电机、轴承、五金制造", "confirmed"),
        ("阀门、轴承制造及五金销售", "confirmed"),
        ("阀门制造及轴承销售", "rejected"),
        ("五金、轴承的批发、零售及进出口业务", "rejected"),
        ("生产五金、轴承及进出口业务", "confirmed"),
    ],
)
def test_of_two_verbs_in_one_item_each_governs_its_own_noun(scope: str, expected: str) -> None:
    assert verdict(BEARING, scope) == expected


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("轴承（精制）批发、零售", "rejected"),
        ("轴承制造（国家法律规定应经审批的，未获审批前不得生产经营）", "confirmed"),
        ("五金制造，以及销售与生产有关的工具、轴承", "rejected"),
        ("木制作、油漆、轴承作业分包", "rejected"),
        ("对轴承、水电业的投资", "rejected"),
        ("轴承翻新", "rejected"),
        ("轴承设备生产", "rejected"),
        ("销售：五金、组装钻头、轴承、电机", "rejected"),
        ("五金制造一般经营项目：轴承制造", "confirmed"),
        ("轴承用润滑剂的生产", "rejected"),
    ],
)
def test_words_that_look_like_making_are_read_for_what_they_say(scope: str, expected: str) -> None:
    assert verdict(BEARING, scope) == expected


def test_extracting_counts_where_the_definition_asks_for_it_and_is_no_research() -> None:
    stone = SegmentRule("stone", "砂石骨料", "开采或加工砂石骨料；只销售/运输不算", ("砂石", "石料"))
    assert verdict(stone, "砂石开采、销售") == "confirmed"
    assert verdict(stone, "石料加工") == "confirmed"
    assert verdict(stone, "砂石料销售；土石方运输") == "rejected"
    coal = SegmentRule("coal", "煤炭加工", "洗选煤炭；只销售、开采不算", ("煤炭",))
    assert verdict(coal, "煤炭洗选") == "confirmed"
    assert verdict(coal, "煤炭开采、销售") == "rejected"
    heat = SegmentRule("heat", "地热设备", "研发制造地热设备；只销售不算", ("地热",))
    assert verdict(heat, "地热资源的开发及利用") == "rejected"


def test_a_service_is_offered_by_who_names_it() -> None:
    hotel = SegmentRule("hotel", "住宿", "提供住宿服务；只餐饮不算", ("住宿",))
    assert verdict(hotel, "住宿（限分支机构经营），停车服务") == "confirmed"
    assert verdict(hotel, "住宿用品销售") == "rejected"
    landscape = SegmentRule("landscape", "园林绿化", "提供园林绿化设计、施工、养护服务；只卖苗木的不算", ("园林绿化",))
    assert verdict(landscape, "园林绿化工程、市政工程施工") == "confirmed"
    assert verdict(landscape, "园林绿化苗木销售") == "rejected"
    scrap = SegmentRule("scrap", "再生资源回收", "提供废旧物资回收、再生利用服务", ("废旧物资",))
    assert verdict(scrap, "废旧物资收购、销售") == "confirmed"
    sewage = SegmentRule("sewage", "污水处理", "提供污水处理运营服务；制造设备的不算", ("污水处理",))
    assert verdict(sewage, "对土地开发、污水处理、能源业的投资") == "rejected"
    contract = SegmentRule(
        "contract", "房屋建筑", "承担房屋建筑工程施工；只做设计的不算", ("房屋建筑",), kind="service"
    )
    assert verdict(contract, "房屋建筑业") == "confirmed"
    assert verdict(contract, "房屋建筑工程设计服务") == "rejected"


def test_a_ticket_agent_carries_nobody() -> None:
    bus = SegmentRule("bus", "客运", "提供道路旅客运输服务；只代理不算", ("客运",))
    assert verdict(bus, "民航客运销售代理") == "rejected"
    assert verdict(bus, "县内班车客运") == "confirmed"


def test_research_into_a_technique_is_research() -> None:
    things = SegmentRule("iot", "物联网", "从事物联网技术研发；只销售不算", ("物联网",))
    assert verdict(things, "物联网技术的开发、转让") == "confirmed"
    assert verdict(things, "物联网设备销售") == "rejected"


def test_parts_and_apparatus_count_under_another_word_if_the_definition_takes_them_in() -> None:
    tool = SegmentRule("tool", "机床", "制造机床或其部件；只销售维修不算", ("机床",))
    assert verdict(tool, "机床附件制造") == "confirmed"
    dust = SegmentRule("dust", "环保设备", "制造除尘设备；只销售不算", ("除尘",))
    assert verdict(dust, "除尘器制造") == "confirmed"


def test_a_petrol_station_makes_nothing_whatever_its_head_office_says() -> None:
    scope = "汽油零售；轴承的生产、销售、储运"
    assert verdict(BEARING, scope, "某某石油分公司城南加油站") != "confirmed"
    assert verdict(BEARING, scope, "某某石油分公司") == "confirmed"
    assert match(firm(scope, "某某石油分公司城南加油站"), []).makes["makes"].to_list() == [False]


def test_a_name_in_which_an_exclusion_reaches_over_the_keyword_says_nothing() -> None:
    press = SegmentRule("press", "压机", "制造液压机；只销售不算", ("液压机",), ("液压机械",))
    found = match(firm("五金加工", "新城液压机械有限公司"), [press]).pairs
    assert len(found) == 0
    assert verdict(press, "五金加工", "新城液压机有限公司") == "uncertain"


def test_evidence_of_a_long_list_keeps_the_verb_that_governs_it() -> None:
    many = "、".join(f"零件{number}号" for number in range(40))
    sold = match(firm(f"批发、零售：{many}、轴承、{many}"), [BEARING]).pairs["evidence"][0]
    made = match(firm(f"{many}、轴承、{many}的研发、制造"), [BEARING]).pairs["evidence"][0]
    assert sold.startswith("“批发、零售：…")
    assert "…的研发、制造”" in made
    assert len(made) < 150


def test_a_mine_that_says_iron_powder_means_ground_ore() -> None:
    powder = SegmentRule("powder", "金属粉末", "制造金属粉末；只销售的不算", ("铁粉",))
    assert verdict(powder, "铁粉加工、销售", "新城铁矿有限公司") == "rejected"
    assert verdict(powder, "铁粉加工、销售", "新城粉末有限公司") == "confirmed"
    ore = SegmentRule("ore", "铁精粉", "选矿加工铁精粉；只买卖的不算", ("铁粉",))
    assert verdict(ore, "铁粉加工、销售", "新城铁矿有限公司") == "confirmed"


@pytest.mark.parametrize(
    ("word", "scope", "expected"),
    [
        ("纸板", "纸板桶的生产", "rejected"),
        ("玻璃", "玻璃颜料的生产", "rejected"),
        ("船舶", "船舶配电板加工", "rejected"),
        ("草编", "草编工艺品的加工", "confirmed"),
        ("灯箱", "设计、制作、代理、发布招牌、灯箱、车载广告", "rejected"),
        ("灯箱", "灯箱的设计、制作；代理、发布广告", "confirmed"),
        ("敷料", "生产、销售本企业产品：Ⅱ类：6864卫生材料及敷料", "confirmed"),
        ("敷料", "批发：Ⅱ类：6864卫生材料及敷料", "rejected"),
        ("竹制品", "竹制品加工及产品销售", "confirmed"),
        ("轴承", "轴承的销售与新产品的开发、加工", "confirmed"),
        ("轴承", "轴承的销售与五金的加工", "rejected"),
    ],
)
def test_the_head_noun_and_the_frame_decide_what_is_made(word: str, scope: str, expected: str) -> None:
    rule = SegmentRule(
        "thing", word, f"制造{word}及其制品；只销售的不算" if word == "草编" else f"制造{word}；只销售的不算", (word,)
    )
    assert verdict(rule, scope) == expected


def test_a_service_to_ones_own_people_is_none() -> None:
    training = SegmentRule("training", "职业培训", "提供职业技能培训；企业内训不算", ("培训",))
    assert training.resolved_kind == "service"
    assert verdict(training, "职业技能培训") == "confirmed"
    assert verdict(training, "对营销员开展培训及日常管理") == "rejected"
