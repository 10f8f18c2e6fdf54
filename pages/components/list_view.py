"""One list: its firms with state, worth and who else follows them; telling the state; comments; the owner's settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from exports.columns import Column as Saved
from exports.formats import is_missing
from pages import cached, cached_lists
from pages.components import list_settings, table
from pages.components.actions import actor, carry_out, now
from pages.components.downloads import table_download
from pages.components.firm_lists import states_text
from pages.components.frame import empty, section
from pages.components.html import anchor, esc, tags
from pages.components.listing import Listing, pick_from_table
from pages.components.outreach_form import tell
from pages.components.ticks import clear, say_ticked, ticked
from pages.components.trip_from_list import into_trip
from pages.components.url import link
from services.lists import FirmList, find_list, remove_firms

SAVED = (
    Saved("企业全称", "name", 30), Saved("所在地", "region", 22), Saved("环节", "segment_name", 18),
    Saved("缺口优先级", "priority", 11, "score"), Saved("得分", "score", 8, "score"), Saved("对接状态", "contact_state", 10),
    Saved("拜访日期", "visited_on", 12, "date"), Saved("拜访记录", "visit_note", 30), Saved("下一步", "next_step", 24),
    Saved("他人跟进", "flagged", 30, "list"), Saved("仍加入的理由", "reason", 20), Saved("加入人", "added_by", 10),
)  # fmt: skip
NOTE = "缺口优先级和得分按所列环节现算；对接状态全系统只有一份，在目录、名单、行程里登记的都是它"


def show(asked: str) -> None:
    """Draw the list of an id. Raises UnknownList."""
    one = find_list(cached.store(), cached.context().home.adcode, asked, actor())
    rows = cached_lists.list_rows(one)
    unit = f"（{one.unit}）" if one.unit else ""
    told = f"所有人 {one.owner}{unit}，{'共享' if one.shared else '仅自己可见'}，{len(rows)} 家　{states_text(rows.contact_state)}"
    section(one.name, told)
    if rows.empty:
        empty("名单还是空的", "在“目标企业”勾选企业，或从企业档案加入。", ("去挑目标企业", link("targets")))
    else:
        _firms(one, rows)
    list_settings.show(one)


def _firms(one: FirmList, rows: pd.DataFrame) -> None:
    scope = f"list/{one.list_id}"
    listing = Listing("trips", "家企业", NOTE, 100)
    pick_from_table(listing, rows, _columns(), lambda row: str(row["firm_id"]), scope)
    picked = ticked(scope, rows.firm_id)
    with st.container(key="action_bar", horizontal=True, vertical_alignment="center"):
        tell(one.home, rows, picked, scope)
        into_trip(one)
        st.button(
            f"移出 {len(picked)} 家",
            disabled=not picked,
            on_click=_remove,
            args=(one, scope, picked),
            key="list_remove",
        )
        say_ticked(scope, picked, rows.firm_id, "家")
        table_download(f"名单-{one.name}", SAVED, rows, cached.context())


def _columns() -> tuple[table.Column, ...]:
    return (
        table.Column("企业", "name", firm_cell, "lt-main"),
        table.text_column("环节", "segment_name"),
        table.decimal_column("缺口优先级", "priority"),
        table.decimal_column("得分", "score", 0),
        table.Column("对接状态", "contact_state", state_cell, "lt-short"),
        table.Column("记录与下一步", "visit_note", work_cell, sortable=False),
    )


def firm_cell(row: Mapping[str, Any], below: str = "region", unknown: str = "所在地不明") -> str:
    """The firm, opened at the gap it is meant for; below it the text of a column, and who else follows it."""
    asked = {key: None if is_missing(row[f"{key}_id"]) else row[f"{key}_id"] for key in ("chain", "segment")}
    place = unknown if is_missing(row[below]) else str(row[below])
    opened = anchor(row["name"], link("firm", firm=row["firm_id"], **asked))
    return f'{opened}<span class="lt-sub">{esc(place)}</span>{minded(row)}'


def state_cell(row: Mapping[str, Any]) -> str:
    """State, and below it the day of the visit."""
    on = row["visited_on"]
    below = "" if is_missing(on) else f'<span class="lt-sub">{on:%Y-%m-%d} 拜访</span>'
    return f"{esc(row['contact_state'])}{below}"


def work_cell(row: Mapping[str, Any]) -> str:
    """Note and next step; nothing where nothing was told."""
    told = [esc(row["visit_note"])] if row["visit_note"] else []
    told += [f"下一步：{esc(row['next_step'])}"] if row["next_step"] else []
    return "；".join(told) or '<span class="lt-none">还没有登记</span>'


def minded(row: Mapping[str, Any]) -> str:
    """The claims of others, and why the firm was added in spite of them; nothing where there is none."""
    reason = row.get("reason")
    return tags(row["flagged"], "lt-tag-warn") + (
        "" if is_missing(reason) else f'<span class="lt-sub">仍加入的理由：{esc(reason)}</span>'
    )


def _remove(one: FirmList, scope: str, picked: list[str]) -> None:
    def change() -> str:
        remove_firms(cached.store(), one.list_id, picked, actor=actor(), at=now())
        clear(scope)
        return f"已移出 {len(picked)} 家；它们的对接记录仍在企业档案里。"

    carry_out(change)
