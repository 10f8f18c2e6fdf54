"""The lists that one may see, and a form for a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from chains.words import CONTACT_STATES
from exports.formats import moment
from pages import cached, cached_lists
from pages.components import table
from pages.components.actions import actor, carry_out, now
from pages.components.frame import empty, section
from pages.components.html import esc
from pages.components.table import html_table
from pages.components.url import link
from services.lists import LONGEST, FirmList, items_of, new_list


def show() -> None:
    """Draw both."""
    known = cached_lists.lists()
    section("名单", "共享的名单人人可见；未共享的只有所有人看得到")
    if known:
        st.html(html_table(pd.DataFrame([_row(one) for one in known]), _columns()))
    else:
        empty(
            "还没有名单", "可以在下面新建一份，也可以在“目标企业”勾选企业直接加入。", ("去挑目标企业", link("targets"))
        )
    with st.expander("新建名单", icon=":material/playlist_add:", expanded=not known):
        name, unit, shared = st.columns([1.6, 1.4, 1], vertical_alignment="bottom")
        with name:
            st.text_input("名称", key="list_name", max_chars=LONGEST, placeholder="如：三月华东拜访")
        with unit:
            st.text_input("责任单位（可不填）", key="list_unit", max_chars=LONGEST, placeholder="同一单位的人不算他人")
        with shared:
            st.toggle("共享给大家", value=True, key="list_shared")
        st.button("新建名单", type="primary", on_click=_new, key="list_new")


def states_text(states: pd.Series) -> str:
    """How many firms stand in which state, in the order of the states.

    >>> states_text(pd.Series(["已拜访", "待联系", "已拜访"]))
    '待联系 1、已拜访 2'
    """
    found = Counter(states)
    return "、".join(f"{state} {found[state]:,}" for state in CONTACT_STATES if found[state])


def _row(one: FirmList) -> dict[str, Any]:
    items = items_of(cached.store(), one)
    return {
        "list_id": one.list_id, "name": one.name, "owner": one.owner, "unit": one.unit, "created_at": one.created_at,
        "shared": "共享" if one.shared else "仅自己", "n_firms": len(items), "states": states_text(items.contact_state),
    }  # fmt: skip


def _columns() -> tuple[table.Column, ...]:
    def opened(row: Mapping[str, Any]) -> str:
        return link("trips", list_id=row["list_id"])

    return (
        table.link_column("名单", "name", opened),
        table.text_column("所有人", "owner"),
        table.Column(
            "责任单位", "unit", lambda row: esc(row["unit"]) or '<span class="lt-none">未填写</span>', "lt-short"
        ),
        table.text_column("可见", "shared"),
        table.count_column("企业数", "n_firms"),
        table.Column("对接状态", "states", lambda row: esc(row["states"]) or '<span class="lt-none">还没有企业</span>'),
        table.Column("建立时间", "created_at", lambda row: moment(row["created_at"]), "lt-num"),
    )


def _new() -> None:
    def change() -> str:
        said = st.session_state
        home = cached.context().home.adcode
        made = new_list(
            cached.store(), home, said.list_name, actor=actor(), at=now(), unit=said.list_unit, shared=said.list_shared
        )
        said.list_name = ""
        st.query_params["list_id"] = made.list_id
        return f"已新建名单“{made.name}”。"

    carry_out(change)
