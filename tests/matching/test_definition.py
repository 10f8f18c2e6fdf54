"""Definitions: what they affirm, what they deny, and which verbs they ask for."""

from __future__ import annotations

import pytest

from analysis.matching import SegmentRule
from analysis.matching.definition import asked, statements
from analysis.matching.verbs import ACQUIRE, BUILD, COLLECT, MAKE, PROCESS, REPAIR, TRADE
from tests.matching.made_up import verdict


@pytest.mark.parametrize(
    ("definition", "affirmed", "denied"),
    [
        (
            "承接亮化工程施工；只生产、销售灯具，只设计咨询的不算",
            ("承接亮化工程施工",),
            ("只生产、销售灯具", "只设计咨询的不算"),
        ),
        ("制造阀门，只卖的除外", ("制造阀门",), ("只卖的除外",)),
        ("制造阀门，销售的不算", ("制造阀门",), ("销售的不算",)),
        ("制造水泵，不包括水泵配件，也不包括只维修的", ("制造水泵",), ("不包括水泵配件", "也不包括只维修的")),
        ("除轮胎外的橡胶制品制造", ("橡胶制品制造",), ("不含轮胎",)),
        ("制造橡胶制品，轮胎除外，橡胶种植不在此列", ("制造橡胶制品",), ("轮胎除外", "橡胶种植不在此列")),
        (
            "制造阀门。仅安装，仅维修，均不计入。含阀门零件",
            ("制造阀门", "含阀门零件"),
            ("仅安装", "仅维修", "均不计入"),
        ),
        ("施工、养护，设计也算，卖苗木不算", ("施工、养护", "设计也算"), ("卖苗木不算",)),
        ("只计制造轴承的企业，单纯贸易的不算", ("只计制造轴承的企业",), ("单纯贸易的不算",)),
        ("制造轴承而非销售轴承", ("制造轴承",), ("而非销售轴承",)),
        ("生产除尘设备、除湿机；只销售的不算", ("生产除尘设备、除湿机",), ("只销售的不算",)),
        ("制造甲（不含乙），丙", ("制造甲", "丙"), ("不含乙",)),
    ],
)
def test_a_denial_reaches_from_the_word_that_opens_it_to_the_word_that_closes_it(
    definition: str, affirmed: tuple[str, ...], denied: tuple[str, ...]
) -> None:
    assert statements(definition) == (affirmed, denied)


@pytest.mark.parametrize(
    ("text", "bits"),
    [
        ("建造、修理船舶", BUILD | REPAIR),
        ("从事废旧金属的收购、回收、加工", ACQUIRE | TRADE | COLLECT | PROCESS),
        ("制造检测仪器、水处理设备", MAKE),
        ("制造叉车、搬运车、储存容器", MAKE),
        ("生产性废旧物资", 0),
    ],
)
def test_verbs_that_name_a_kind_of_thing_are_not_asked_for(text: str, bits: int) -> None:
    assert asked(text) == bits


def test_who_builds_counts_where_only_makers_are_excluded() -> None:
    lights = SegmentRule(
        "lights", "亮化工程", "承接亮化工程施工或维护；只生产、销售灯具，只设计咨询的不算", ("亮化工程", "亮化")
    )
    assert lights.resolved_kind == "service"
    assert verdict(lights, "亮化工程施工及维护") == "confirmed"
    assert verdict(lights, "亮化灯具生产") == "rejected"


def test_what_the_definition_asks_for_counts_beside_making() -> None:
    scrap = SegmentRule("scrap", "废塑料", "从事废塑料的收购、回收、加工；明确除外的不算", ("废塑料",))
    assert verdict(scrap, "废塑料回收、销售") == "confirmed"
    assert verdict(scrap, "收购生产性废塑料") == "confirmed"
    assert verdict(scrap, "废塑料销售") == "rejected"
    ship = SegmentRule("boat", "游艇修造", "建造、修理游艇；游艇租赁不算", ("游艇",))
    assert [verdict(ship, scope) for scope in ("游艇建造", "游艇修理", "游艇租赁")] == [
        "confirmed",
        "confirmed",
        "rejected",
    ]
    lathe = SegmentRule("lathe", "车床", "制造车床；只维修的不算", ("车床",))
    assert verdict(lathe, "车床维修") == "rejected"


def test_a_word_that_only_describes_goods_makes_nothing() -> None:
    metal = SegmentRule("metal", "再生金属", "加工再生金属；只收购的不算", ("废旧金属",))
    assert verdict(metal, "生产性废旧金属收购") == "rejected"


def test_a_keyword_that_is_itself_the_activity_is_a_statement() -> None:
    agency = SegmentRule("agency", "劳务派遣", "提供劳务派遣、职业中介；明确不含的不算", ("劳务派遣", "职业中介"))
    assert verdict(agency, "国内劳务派遣，五金销售") == "confirmed"
    assert verdict(agency, "从事劳务派遣") == "confirmed"
    assert verdict(agency, "劳务派遣信息咨询") == "rejected"
    impact = SegmentRule("impact", "环境评价", "对外提供环境监测、环境影响评价服务；造仪器的不算", ("环境影响评价",))
    assert verdict(impact, "环境影响评价") == "confirmed"
    yarn = SegmentRule("yarn", "纱线", "纺制纱线；只销售的不算", ("纱线", "纺纱"))
    assert verdict(yarn, "纺纱、织布；服装销售") == "confirmed"
    assert verdict(yarn, "纱线、服装") == "rejected"


@pytest.mark.parametrize("scope", ["铜矿开采", "铜矿采选、购销", "采选", "开采铜矿石"])
def test_mining_is_said_in_many_ways(scope: str) -> None:
    mine = SegmentRule("mine", "铜矿采选", "从事铜矿的开采、选矿；只买卖的不算", ("铜矿", "采选", "选矿"))
    assert verdict(mine, scope) == "confirmed"


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("液压油缸制造", "confirmed"),
        ("液压油制造", "rejected"),
        ("成套液压泵、元件制造", "confirmed"),
        ("液压执行器的生产", "confirmed"),
        ("液压升降台制造", "rejected"),
    ],
)
def test_what_follows_the_keyword_is_weighed_by_the_definition(scope: str, expected: str) -> None:
    parts = SegmentRule("fluid", "液压元件", "制造液压元件及系统（油缸、阀等）；液压油、只维修销售的不算", ("液压",))
    assert verdict(parts, scope) == expected
