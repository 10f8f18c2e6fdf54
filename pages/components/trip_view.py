"""One trip: its days and visits, changes to them, the day sheet, and firms proposed for it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from exports.formats import day
from pages import cached, cached_lists
from pages.components import table, trip_proposals, trip_settings
from pages.components.actions import actor, carry_out, now
from pages.components.day_sheet import day_sheets
from pages.components.frame import notice, section
from pages.components.html import esc
from pages.components.list_view import firm_cell, state_cell
from pages.components.listing import Listing, pick_from_table
from pages.components.outreach_form import tell
from pages.components.ticks import clear, say_ticked, ticked
from services.day_sheet import where
from services.trips import (
    PER_DAY,
    Trip,
    arrange,
    crowding,
    find_trip,
    move_stops,
    remove_stops,
    stops_of,
    tour_of,
)

WEEKDAYS = "一二三四五六日"


def show(asked: str) -> None:
    """Draw the trip of an id. Raises UnknownTrip."""
    trip = find_trip(cached.store(), cached.context().home.adcode, asked, actor())
    stops = stops_of(cached.store(), trip)
    who = f"，同行：{trip.people}" if trip.people else ""
    unit = f"（{trip.unit}）" if trip.unit else ""
    told = f"{day(trip.starts_on)} 至 {day(trip.ends_on)}，{len(trip.days)} 天，{len(stops)} 家{who}；所有人 {trip.owner}{unit}"
    section(trip.name, told)
    if stops.empty:
        st.html('<p class="lt-note">还没有企业：在下面从名单或产业链缺口里选。</p>')
    else:
        _visits(trip, stops)
    trip_proposals.show(trip, stops)
    trip_settings.show(trip)


def _visits(trip: Trip, stops: pd.DataFrame) -> None:
    found = tour_of(cached.store(), trip, stops)
    st.html(f'<p class="lt-card-box lt-told">路线：{esc(found.told)}。</p>')
    if tight := crowding(trip, stops, found):
        notice("warned", f"{tight}。")
    scope = f"trip/{trip.trip_id}"
    said = cached_lists.followed(stops.firm_id, trip.unit, trip.trip_id)
    names = {s.id: s.name for c in cached.chains() for s in c.segments}
    rows = stops.assign(
        flagged=[list(said.get(firm, ())) for firm in stops.firm_id],
        place=[where(stop) for stop in stops.to_dict("records")],
        segment_name=pd.Series([names.get(s) for s in stops.segment_id], index=stops.index, dtype="str"),
    )
    pick_from_table(Listing("trips", "家企业", size=200), rows, _columns(), lambda row: str(row["firm_id"]), scope)
    picked = ticked(scope, rows.firm_id)
    with st.container(key="action_bar", horizontal=True, vertical_alignment="center"):
        day_sheets(trip, stops)
        tell(trip.home, rows, picked, scope)
        _change(trip, picked, scope)
        say_ticked(scope, picked, rows.firm_id, "家")


def _change(trip: Trip, picked: list[str], scope: str) -> None:
    with st.popover("调整日程", icon=":material/edit_calendar:"):
        st.selectbox("改到", trip.days, format_func=day_words, key="trip_day")
        st.button(
            f"把勾选的 {len(picked)} 家改到这天",
            disabled=not picked,
            on_click=_move,
            args=(trip, picked, scope),
            key="trip_move",
        )
        st.button(
            f"移出勾选的 {len(picked)} 家",
            disabled=not picked,
            on_click=_remove,
            args=(trip, picked, scope),
            key="trip_remove",
        )
        st.number_input("每天最多几家", 1, 10, PER_DAY, key="trip_per_day")
        st.button(
            "全部重新排序",
            on_click=_arrange,
            args=(trip,),
            key="trip_arrange",
            help="城市按短的往返路线，日子依次排满；手工改过的日期会重排",
        )


def day_words(on: Any) -> str:
    """A day with its weekday."""
    return f"{on:%m-%d} 周{WEEKDAYS[on.weekday()]}"


def _columns() -> tuple[table.Column, ...]:
    return (
        table.Column("日期", "on_date", lambda row: day_words(row["on_date"]), "lt-short"),
        table.count_column("序号", "position"),
        table.text_column("城市", "city"),
        table.Column("企业", "name", lambda row: firm_cell(row, "place", "地址无数据"), "lt-main"),
        table.text_column("环节", "segment_name"),
        table.Column("对接状态", "contact_state", state_cell, "lt-short"),
    )


def _move(trip: Trip, picked: list[str], scope: str) -> None:
    def change() -> str:
        on = st.session_state.trip_day
        move_stops(cached.store(), trip, picked, on, actor=actor(), at=now())
        clear(scope)
        return f"已把 {len(picked)} 家改到 {day_words(on)}。"

    carry_out(change)


def _remove(trip: Trip, picked: list[str], scope: str) -> None:
    def change() -> str:
        remove_stops(cached.store(), trip, picked, actor=actor(), at=now())
        clear(scope)
        return f"已从行程移出 {len(picked)} 家。"

    carry_out(change)


def _arrange(trip: Trip) -> None:
    def change() -> str:
        per_day = int(st.session_state.trip_per_day)
        return f"已重新排序：{arrange(cached.store(), trip, actor=actor(), at=now(), per_day=per_day).told}。"

    carry_out(change)
