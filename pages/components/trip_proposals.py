"""Firms proposed for a trip, from a list or from the gaps of a chain; what each city brings against how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analysis.visits import VisitParams
from exports.formats import decimal, is_missing, text
from pages import cached, cached_ahead, cached_lists
from pages.components import table
from pages.components.actions import actor, carry_out, now
from pages.components.add_to_list import ask_reason, reason_given
from pages.components.frame import notice, section
from pages.components.html import esc
from pages.components.list_view import firm_cell
from pages.components.table import html_table
from pages.components.trip_from_list import FROM_LIST
from pages.components.url import choose
from services.journeys import Days, NoDayFree
from services.list_plan import list_plan
from services.lists import items_of
from services.tours import round_trip
from services.trips import PER_DAY, Stop, Trip, add_stops
from services.visits import NothingToVisit

FROM_CHAIN = "chain:"
ANY, NONE, FIT = "any", "none", "days"
WITHIN = {ANY: "不限远近", **{str(km): f"{km} 公里以内" for km in (200, 300, 500, 800, 1200, 1600)}}
CITIES = {FIT: "天数排得下的", ANY: "城市不限", **{str(n): f"最多 {n} 座城市" for n in (1, 2, 3, 4, 5, 6, 8)}}
KEY = "proposed"
ON_THE_WAY_KM = 20.0
"""A city that makes the round trip longer by less is on the way: a rate would say nothing."""


def show(trip: Trip, stops: pd.DataFrame) -> None:
    """Draw the choice and what it proposes."""
    section("加入企业", "在拜访次数之内，补上缺口优先级最多的企业；每座城市带来多少、要多走多远，都列出来")
    lists = {f"{FROM_LIST}{one.list_id}": f"名单：{one.name}" for one in cached_lists.lists()}
    chains = {f"{FROM_CHAIN}{one.id}": f"缺口：{one.name}" for one in cached.matched()}
    one, two, three, four = st.columns([1.6, 1, 1, 1])
    with one:
        source = choose("从哪里选", "from", {NONE: "先选名单或产业链"} | lists | chains)
    with two:
        room = max(1, len(trip.days) * PER_DAY - len(stops))
        offered = {str(n): f"最多 {n} 家" for n in sorted({room, 3, 5, 8, 10, 15, 20, 30})}
        visits = int(choose("再选几家", "visits", offered, default=str(room), help=f"默认每天 {PER_DAY} 家排满"))
    with three:
        cities = choose("城市", "cities", CITIES, help="天数排得下的：路程也占时间，选路上和见面加起来排得下的城市")
    with four:
        within = _number(choose("远近", "within", WITHIN))
    if source == NONE:
        return
    try:
        days = Days(len(trip.days), tuple(stops.city_code)) if cities == FIT else None
        rows, told = _proposed(source, visits, _number(cities), within, frozenset(stops.firm_id), days)
    except (NothingToVisit, NoDayFree) as reason:
        notice("warned", f"{reason}。")
        return
    _draw(trip, rows, told)


def _number(chosen: str) -> int | None:
    return None if chosen in (ANY, FIT) else int(chosen)


def _proposed(
    source: str, visits: int, cities: int | None, within: int | None, held: frozenset[str], days: Days | None
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Rows and sentences; firms that are on the trip already are not proposed again. Raises NothingToVisit, NoDayFree."""
    if source.startswith(FROM_CHAIN):
        chain_id = source.removeprefix(FROM_CHAIN)
        found = cached_ahead.visits(chain_id, visits, cities, within, tuple(sorted(held)), days)
        return found.rows.assign(chain_id=chain_id), (found.told, found.note, *found.left_out)
    one = next(one for one in cached_lists.lists() if source == f"{FROM_LIST}{one.list_id}")
    items = items_of(cached.store(), one)
    items = items[~items.firm_id.isin(held)]
    params = VisitParams(within_km=within)
    home = cached.context().home
    plan = list_plan(cached.store(), home, items, cached_lists.worth(items), visits, cities, params, days)
    names = {s.id: s.name for c in cached.chains() for s in c.segments}
    told = f"名单“{one.name}”还未排入的 {len(items)} 家中选出 {len(plan.rows)} 家"
    segment = pd.Series([names.get(s) for s in plan.rows.segment_id], index=plan.rows.index, dtype="str")
    return plan.rows.assign(gaps=segment), (told, *plan.told)


def _draw(trip: Trip, rows: pd.DataFrame, told: tuple[str, ...]) -> None:
    if rows.empty:
        notice("warned", "提议的企业都已在行程里；可多选几家，或换一份名单。")
        return
    said = cached_lists.followed(rows.firm_id, trip.unit, trip.trip_id)
    shown = rows.assign(reason=None, flagged=[list(said.get(firm, ())) for firm in rows.firm_id])
    st.html(html_table(shown, _columns()))
    found = round_trip(cached.store(), cached.context().home, rows.city_code)
    st.html(html_table(_by_city(rows, found.cities), _city_columns()))
    st.html(f'<p class="lt-note">{esc(found.told)}。多走：去掉这座城市，往返路线能短多少。</p>')
    st.html(f'<p class="lt-note">{"<br>".join(esc(sentence.rstrip("。")) + "。" for sentence in told)}</p>')
    ask_reason(said, KEY)
    free = len(rows) - len(said)
    st.button(
        f"加入行程（{free} 家可直接加入）" if said else f"把这 {len(rows)} 家加入行程",
        type="primary", on_click=_add, args=(trip, rows), key="trip_add",
    )  # fmt: skip


def _by_city(rows: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    sums = rows.groupby("city_code").agg(
        n=("firm_id", "size"), worth=("contribution", lambda part: part.sum(min_count=1))
    )
    known = cities.merge(sums, left_on="adcode", right_index=True)
    return known.assign(rate=known.worth / known.detour_km.where(known.detour_km >= ON_THE_WAY_KM) * 100)


def _rate(row: Mapping[str, Any]) -> str:
    """The contribution for the way; of a city that is on the way already, that it is."""
    return "顺路" if row["detour_km"] < ON_THE_WAY_KM else decimal(row["rate"])


def _city_columns() -> tuple[table.Column, ...]:
    return (
        table.text_column("城市", "name"),
        table.count_column("家数", "n"),
        table.decimal_column("贡献", "worth"),
        table.decimal_column("多走（公里）", "detour_km", 0),
        table.Column("每多走百公里的贡献", "rate", _rate, "lt-num"),
    )


def _columns() -> tuple[table.Column, ...]:
    return (
        table.Column("企业", "name", firm_cell, "lt-main"),
        table.Column("可补的缺口", "gaps", lambda row: esc(text(row["gaps"]))),
        table.Column("贡献", "contribution", lambda row: decimal(row["contribution"]), "lt-num"),
        table.decimal_column("距离（公里）", "distance_km", 0),
    )


def _add(trip: Trip, rows: pd.DataFrame) -> None:
    def change() -> str:
        reason = reason_given(KEY)
        stops = [
            Stop(row.firm_id, row.city_code, *(None if is_missing(v) else v for v in (row.chain_id, row.segment_id)))
            for row in rows.itertuples()
        ]
        return add_stops(cached.store(), trip, stops, actor=actor(), at=now(), reason=reason).told

    carry_out(change)
