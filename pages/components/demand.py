"""Local demand for a segment and how much of it local firms supply, by every method."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.chain_demand import METHODS, SHARES, TIER_WORDS
from analysis.gap_reasons import APART
from exports.formats import decimal, is_missing, money, percent
from pages.components.html import esc, facts, tags
from services.loop import ChainState

USED = {"edges": "supply_share_pool", "table": "supply_share_flq", "output": "supply_share_flq"}
"""Which share each method goes by."""
APART_WORDS = (
    "几种方法相差较大：供需池法看本地下游要用多少，区位商法看本地这个行业占多大比重；"
    "下游集中在本地或本地没有下游时，两者会分开，以采用的一种为准，另一种作参照。"
)


def demand_part(row: pd.Series, state: ChainState) -> str:
    """The part of a segment's panel on demand and supply (HTML)."""
    rows = [
        ("本地下游需求", _required(row)),
        ("本地配套率", shares(row)),
        ("证据等级", f"{esc(row.demand_tier)}（{TIER_WORDS[row.demand_tier]}）"),
        ("算法", esc(_method(row, state))),
    ]
    return f"<h3>本地需求与配套</h3>{facts(rows)}{_note(row)}"


def _note(row: pd.Series) -> str:
    if is_missing(row.requirement):
        return '<p class="lt-note">链内没有登记它的下游环节，看不出本地需求，只能用区位商法。</p>'
    return f'<p class="lt-note">{APART_WORDS}</p>' if apart(row) else ""


def shares(row: Mapping[str, Any]) -> str:
    """Every share by its method, the one used marked (HTML)."""
    used = USED[row["demand_method"]]
    told = [
        f"{word} <b>{percent(row[key])}</b>{tags(['采用']) if key == used else ''}"
        for key, word in SHARES.items()
        if key == used or not is_missing(row[key])
    ]
    return "；".join(told)


def share_cell(row: Mapping[str, Any]) -> str:
    """The share used, and the others below it (HTML)."""
    used = USED[row["demand_method"]]
    others = [
        f"{word[:-1]} {percent(row[key])}" for key, word in SHARES.items() if key != used and not is_missing(row[key])
    ]
    first = f"<b>{percent(row[used])}</b>" if not is_missing(row[used]) else '<span class="lt-none">无数据</span>'
    below = "<br>".join(esc(other) for other in others)
    spoken = esc(f"{SHARES[used]}，证据等级 {row['demand_tier']}（{TIER_WORDS[row['demand_tier']]}）")
    return f'<span title="{spoken}">{first} <span class="lt-note">{esc(row["demand_tier"])}</span><span class="lt-sub">{below}</span></span>'


def apart(row: Mapping[str, Any]) -> bool:
    """Whether the known shares disagree."""
    known = [float(row[key]) for key in SHARES if not is_missing(row[key])]
    return bool(known) and max(known) - min(known) >= APART


def _required(row: pd.Series) -> str:
    if is_missing(row.requirement):
        return "无数据"
    if row.requirement == 0:
        return "本地还没有用它的下游企业"
    if row.demand_method == "output":
        return f"{money(row.requirement)}，其中本地供不上 {money(row.unmet)}"
    needed = (
        "" if is_missing(row.suppliers_needed) else f"，照基准地区的配比需供应企业 {decimal(row.suppliers_needed)} 家"
    )
    whole = "全部外购" if row.demand_method == "edges" else "全部产出"
    return f"相当于 {decimal(row.requirement)} 家下游企业的{whole}{needed}"


def _method(row: pd.Series, state: ChainState) -> str:
    return METHODS[row.demand_method] + (f"；{state.table.title}" if state.table else "")
