"""Which part of a catalogue a firm stands in: 龙头企业, the part of the chain of its segment, or 备选."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from exports.content import NO_GAP
from exports.formats import is_missing

SPARE = "备选"
LEADING = "龙头企业"
LEADING_REVENUE_CNY = 1e9
"""A firm that is listed, or sells for this much a year, is a leading one."""
_LEADING_RULE = f"“{LEADING}”指上市或年营业收入不低于 {LEADING_REVENUE_CNY / 1e8:.0f} 亿元的企业（没有营收数据的不算）"


def rule(*, inside: bool) -> str:
    """The sentence that says which firm stands where."""
    spare = f"“{SPARE}”所在环节在本地不是缺口；" if inside else ""
    return f"每家企业的每个环节只列一处：{spare}{_LEADING_RULE}；其余按所在段排列。没有数据写“无数据”，不当作零。"


def part_of(item: Mapping[str, Any], *, inside: bool = True) -> str:
    """The part of the list a firm stands in: 备选 (its segment is no gap), 龙头企业, or the stage of its segment.

    inside : whether the reader may know which segments are gaps

    >>> part_of({"action": "补链", "stock_code": None, "revenue_cny": None, "stage_name": "上游"})
    '上游'
    """
    if inside and item["action"] == NO_GAP:
        return SPARE
    listed = not is_missing(item.get("stock_code")) and item.get("stock_code") != ""
    large = not is_missing(item.get("revenue_cny")) and float(item["revenue_cny"]) >= LEADING_REVENUE_CNY
    return LEADING if listed or large else str(item["stage_name"])


def parts(items: pd.DataFrame, *, inside: bool = True, short: bool = False) -> list[tuple[str, pd.DataFrame]]:
    """The firms by part: 龙头企业 first, then the stages in their order, 备选 last; each firm once a segment.

    short : stages by the word before their dot, 上游 of 上游·原材料
    """
    told = items.reindex(columns=["action", "stock_code", "revenue_cny", "stage_name"])
    found = [part_of(row, inside=inside) for row in told.to_dict("records")]
    named = pd.Series([name.split("·")[0] if short else name for name in found], index=items.index, dtype="object")
    stages = items.stage_name.str.split("·").str[0] if short else items.stage_name
    order = dict.fromkeys((LEADING, *stages, SPARE))
    return [(str(name), items[named == name]) for name in order if (named == name).any()]
