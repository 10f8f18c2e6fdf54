"""排行程: from a list to a trip, an existing one or a new one, which then proposes firms of the list."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from pages import cached, cached_lists
from pages.components.actions import actor, carry_out, now
from services.lists import LONGEST, FirmList
from services.trips import new_trip

NEW = "*new"
FROM_LIST = "list:"
"""Before the id of a list, where a trip says from what it proposes firms."""
USUAL_DAYS = 3


def into_trip(one: FirmList) -> None:
    """A button that opens the trips."""
    with st.popover("排行程", icon=":material/route:"):
        known = {trip.trip_id: f"{trip.name}（{trip.starts_on:%m-%d} 起）" for trip in cached_lists.trips()}
        chosen = st.selectbox(
            "行程", [*known, NEW], format_func=lambda key: known.get(key, "新建行程"), key="into_trip"
        )
        if chosen == NEW:
            fields(one.name[:LONGEST])
        st.button("去选企业、排日程", type="primary", on_click=_go, args=(one,), key="into_trip_go")


def fields(name: str = "") -> None:
    """The fields of a new trip."""
    st.text_input("行程名称", name, key="trip_name", max_chars=LONGEST, placeholder="如：四月湖北行")
    first = now().date() + timedelta(7)
    begin, end = st.columns(2)
    with begin:
        st.date_input("出发", first, format="YYYY-MM-DD", key="trip_starts")
    with end:
        st.date_input("返回", first + timedelta(USUAL_DAYS - 1), format="YYYY-MM-DD", key="trip_ends")
    st.text_input("同行人员", key="trip_people", max_chars=200, placeholder="姓名之间用顿号")
    st.text_input("责任单位（可不填）", key="trip_unit", max_chars=LONGEST)
    st.toggle("共享给大家", value=True, key="trip_shared")


def make_trip() -> str:
    """Make the trip that the fields say; its id."""
    said = st.session_state
    made = new_trip(
        cached.store(), cached.context().home.adcode, said.trip_name, said.trip_starts, said.trip_ends,
        actor=actor(), at=now(), people=said.trip_people, unit=said.trip_unit, shared=said.trip_shared,
    )  # fmt: skip
    return made.trip_id


def _go(one: FirmList) -> None:
    def change() -> str:
        chosen = st.session_state.into_trip
        trip_id = make_trip() if chosen == NEW else chosen
        st.session_state.pop("into_trip", None)
        st.query_params.clear()
        st.query_params.update({"view": "trips", "trip_id": trip_id, "from": f"{FROM_LIST}{one.list_id}"})
        return f"下面从名单“{one.name}”里选企业，加入后自动排出次序和日期。"

    carry_out(change)
