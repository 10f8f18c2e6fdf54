"""The trips that one may see, and a form for a new one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from pages import cached_lists
from pages.components import table
from pages.components.actions import carry_out
from pages.components.frame import nothing, section
from pages.components.html import esc
from pages.components.table import html_table
from pages.components.trip_from_list import fields, make_trip
from pages.components.url import link
from services.trips import Trip


def show() -> None:
    """Draw both."""
    known = cached_lists.trips()
    section("行程", "先选日期和人，再从名单或产业链缺口里选企业")
    if known:
        st.html(html_table(pd.DataFrame([_row(one) for one in known]), _columns()))
    else:
        nothing("还没有行程：在下面新建一个，下一步选企业、排日程。")
    with st.expander("新建行程", icon=":material/route:", expanded=not known), st.container(width=560):
        fields()
        st.button("新建行程", type="primary", on_click=_new, key="trip_new")


def _row(one: Trip) -> dict[str, Any]:
    return {
        "trip_id": one.trip_id, "name": one.name, "days": f"{one.starts_on:%Y-%m-%d} 至 {one.ends_on:%Y-%m-%d}",
        "n_days": len(one.days), "n_stops": one.n_stops, "people": one.people, "owner": one.owner, "unit": one.unit,
        "shared": "共享" if one.shared else "仅自己",
    }  # fmt: skip


def _columns() -> tuple[table.Column, ...]:
    def quiet(key: str) -> table.Column:
        titles = {"people": "同行人员", "unit": "责任单位"}
        blank = '<span class="lt-none">未填写</span>'
        return table.Column(titles[key], key, lambda row: esc(row[key]) or blank, "lt-short")

    return (
        table.link_column("行程", "name", lambda row: link("trips", view="trips", trip_id=row["trip_id"])),
        table.text_column("日期", "days"),
        table.count_column("天数", "n_days"),
        table.count_column("企业数", "n_stops"),
        quiet("people"),
        table.text_column("所有人", "owner"),
        quiet("unit"),
        table.text_column("可见", "shared"),
    )


def _new() -> None:
    def change() -> str:
        trip_id = make_trip()
        st.query_params["trip_id"] = trip_id
        return "已新建行程；下面选企业加入。"

    carry_out(change)
