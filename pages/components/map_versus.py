"""The map beside another place or date: a line above it and a table of the segments that differ below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analysis.presence import NothingToCompare
from exports.formats import count, decimal
from pages import cached_view
from pages.components import table
from pages.components.frame import notice, section
from pages.components.html import anchor, esc, label_chip
from pages.components.listing import Listing, show_table
from pages.components.map_told import view_line
from pages.components.url import here, switch
from services.comparison import Comparison
from services.map_view import View

SHOWN = 15


def compared(view: View) -> Comparison | None:
    """The comparison that the view asks for, told in a line; None without one or where there is nothing to compare."""
    try:
        found = cached_view.comparison(view)
    except NothingToCompare as problem:
        notice("warned", f"无法对比：{problem}")
        return None
    if found is not None:
        off = anchor("不再对比", here("chain_map", vs=None, sort=None, p=None))
        view_line(f"对比{found.caption}", f"{found.told}。", found.note, off)
    return found


def table_of_differences(view: View, found: Comparison) -> None:
    """The segments that are judged differently, those furthest apart first."""
    rows = found.rows[found.rows.differs]
    section(f"与{found.caption}判定不同的环节", f"{len(rows)} 个，按区位商相差的倍数从大到小")
    if switch("判定相同的环节也列出", "all"):
        rows = found.rows
    if rows.empty:
        st.html('<p class="lt-note">所有环节的判定都相同。</p>')
        return
    note = f"谁高几倍：区位商较高的一方是另一方的几倍；对方指{found.caption}"
    show_table(Listing("chain_map", "个环节", note, size=SHOWN), rows, _columns(found, view))


def _columns(found: Comparison, view: View) -> tuple[table.Column, ...]:
    def name(row: Mapping[str, Any]) -> str:
        return f'{anchor(row["name"], here("chain_map", segment=row["segment_id"]))}<span class="lt-sub">{esc(row["stage_name"])}</span>'

    columns = (
        table.Column("环节", "name", name, "lt-main"),
        table.Column("本地", "label", lambda row: label_chip(row["label"]), "lt-short"),
        table.Column(found.caption, "label_other", lambda row: label_chip(row["label_other"]), "lt-short"),
        table.Column("本地家数 / 应有", "n_local", lambda row: _firms(row, ""), "lt-num"),
        table.Column(f"{found.caption}家数 / 应有", "n_local_other", lambda row: _firms(row, "_other"), "lt-num"),
        table.decimal_column("本地区位商", "lq", 2),
        table.decimal_column(f"{found.caption}区位商", "lq_other", 2),
        table.Column("谁高几倍", "difference", _ahead, "lt-num"),
    )
    undated = (table.count_column("成立日期不详", "n_undated"),) if len(view.versus) == 4 else ()
    return columns + undated


def _ahead(row: Mapping[str, Any]) -> str:
    """Which side has the higher quotient, and how many times the other's."""
    ratio = float(row["ratio"])
    return f"本地 {decimal(ratio)} 倍" if ratio >= 1 else f"对方 {decimal(1 / ratio)} 倍"


def _firms(row: Mapping[str, Any], side: str) -> str:
    return f"{count(row[f'n_local{side}'])} / {decimal(row[f'expected{side}'])}"
