"""What the owner of a trip may change: name, days, people, unit, who sees it; taking it away."""

from __future__ import annotations

import streamlit as st

from pages import cached
from pages.components.actions import actor, carry_out, now
from services.lists import LONGEST
from services.trips import Trip, change_trip, delete_trip


def show(trip: Trip) -> None:
    """The settings, for the owner alone."""
    if trip.owner != actor():
        return
    with st.expander("行程设置", icon=":material/settings:"), st.container(width=560):
        st.text_input("名称", trip.name, key="set_trip_name", max_chars=LONGEST)
        one, two = st.columns(2)
        with one:
            st.date_input("出发", trip.starts_on, format="YYYY-MM-DD", key="set_trip_starts")
        with two:
            st.date_input("返回", trip.ends_on, format="YYYY-MM-DD", key="set_trip_ends")
        st.text_input("同行人员", trip.people, key="set_trip_people", max_chars=200)
        st.text_input("责任单位", trip.unit, key="set_trip_unit", max_chars=LONGEST)
        st.toggle("共享给大家", trip.shared, key="set_trip_shared")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("保存", on_click=_change, args=(trip,), key="trip_change")
            sure = st.checkbox("确认删除这个行程", key="trip_sure")
            st.button("删除行程", disabled=not sure, on_click=_delete, args=(trip,), key="trip_delete")


def _change(trip: Trip) -> None:
    def change() -> str:
        said = st.session_state
        moved = change_trip(
            cached.store(), trip, said.set_trip_name, said.set_trip_starts, said.set_trip_ends, actor=actor(), at=now(),
            people=said.set_trip_people, unit=said.set_trip_unit, shared=said.set_trip_shared,
        )  # fmt: skip
        return "行程设置已保存" + ("，日子变了，企业已重新排到各天。" if moved else "。")

    carry_out(change)


def _delete(trip: Trip) -> None:
    def change() -> str:
        delete_trip(cached.store(), trip, actor=actor(), at=now())
        st.query_params.pop("trip_id", None)
        return f"已删除行程“{trip.name}”。"

    carry_out(change)
