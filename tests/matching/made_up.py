"""Segments and firms made up after real ones, small enough to be read by hand."""

from __future__ import annotations

import polars as pl

from analysis.matching import SegmentRule, match

BEARING = SegmentRule("bearing", "轴承制造", "制造轴承或轴承零件；只卖轴承的不算", ("轴承",))
STEEL_STRUCTURE = SegmentRule("steel", "钢结构构件制造", "在工厂制造钢结构构件；只做施工安装的不算", ("钢结构",))
GEAR = SegmentRule("gear", "齿轮", "制造齿轮；只销售的不算", ("齿轮",))
DIAPHRAGM = SegmentRule("diaphragm", "电池隔膜", "制造电池隔膜；只销售的不算", ("隔膜",))
PIG = SegmentRule("pig", "生猪养殖", "从事生猪养殖；只销售、屠宰不算", ("生猪", "养猪"))
FREIGHT = SegmentRule("freight", "道路货物运输", "从事道路货物运输；只做货运代理的不算", ("货物运输", "货运"))
COLD_CHAIN = SegmentRule("cold", "冷链物流", "提供冷藏仓储或冷链运输服务；制造冷库设备的不算", ("冷链", "冷藏", "冷库"))
STEEL_PIPE = SegmentRule("pipe", "钢管", "制造无缝钢管、焊管；只销售的不算，塑钢管不算", ("钢管", "焊管"))
CHIP = SegmentRule("chip", "芯片设计", "从事芯片设计研发；只销售的不算", ("芯片",))


def firm(scope: str | None, name: str | None = "新城某某有限公司", **more: str | None) -> pl.DataFrame:
    """One firm."""
    return pl.DataFrame({"firm_id": ["F"], "name": [name], "scope": [scope]} | {k: [v] for k, v in more.items()}).cast(
        pl.String
    )


def verdict(rule: SegmentRule, scope: str | None, name: str | None = "新城某某有限公司", **more: str | None) -> str:
    """The verdict on one firm, "none" where no signal speaks."""
    pairs = match(firm(scope, name, **more), [rule]).pairs
    return str(pairs["verdict"][0]) if len(pairs) else "none"


def role(rule: SegmentRule, scope: str, name: str = "新城某某有限公司") -> str:
    """The role of one firm."""
    return str(match(firm(scope, name), [rule]).pairs["role"][0])
