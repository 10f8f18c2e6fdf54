"""按缺口选企: the firms to visit when visits and cities are few, for the catalogue, a list or a trip."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from chains.model import Chain
from exports.columns import VISITS
from exports.formats import decimal
from pages import cached, cached_ahead
from pages.components import table
from pages.components.actions import actor, now
from pages.components.add_to_catalogue import offer_draft
from pages.components.downloads import table_download
from pages.components.frame import notice, section
from pages.components.html import anchor, esc
from pages.components.table import html_table
from pages.components.target_table import reason_cell, tag_marks
from pages.components.url import choose, link
from services.catalogue_draft import add_items
from services.visits import NothingToVisit, VisitPlan

NONE = "no"
VISITS_OFFERED = (5, 8, 10, 12, 15, 20, 30, 40, 60)
CITIES_OFFERED = (1, 2, 3, 4, 5, 6, 8, 10)


def show(chain: Chain) -> None:
    """Draw the section: how many visits and cities, and the list that covers most."""
    section("按缺口选企", "拜访次数和城市有限时，选哪些企业能补上最多的缺口优先级")
    one, two, _ = st.columns([1, 1, 2])
    with one:
        offered = {NONE: "先不选", **{str(n): f"{n} 家" for n in VISITS_OFFERED}}
        visits = choose("最多拜访", "visits", offered)
    with two:
        cities = choose("最多去", "cities", {NONE: "城市不限", **{str(n): f"{n} 座城市" for n in CITIES_OFFERED}})
    if visits == NONE:
        st.html('<p class="lt-note">选定拜访家数后，从每个缺口得分最高的目标企业中选出行程，并说明距最优有多远。</p>')
        return
    try:
        found = cached_ahead.visits(chain.id, int(visits), None if cities == NONE else int(cities))
    except NothingToVisit as reason:
        notice("warned", f"{reason}。")
        return
    _list(chain, found)


def _list(chain: Chain, found: VisitPlan) -> None:
    st.html(f'<p class="lt-card-box lt-told">{esc(found.told)}</p>')
    st.html(html_table(found.rows, _columns(chain.id)))
    said = "".join(f"<br>{esc(sentence)}。" for sentence in found.left_out)
    st.html(f'<p class="lt-note">{esc(found.note)}{said}</p>')
    keys = list(zip(found.rows.segment_id, found.rows.firm_id, strict=True))
    landed = ",".join(found.rows.firm_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        text, told = f"把这 {len(keys)} 家加入目录草稿", "各按它贡献最大的缺口列入"
        offer_draft(text, list(found.rows.firm_id), partial(_add, chain, keys), key="add_visits", told=told)
        table_download(f"{chain.name}行程", VISITS, found.rows, cached.context())
        whatif = anchor("推演这份行程全部落地 →", link("whatif", chain=chain.id, land=landed), "lt-go")
        trip = link("trips", view="trips", **{"from": f"chain:{chain.id}"})
        st.html(f"{anchor('定日期、排成行程 →', trip, 'lt-go')} {whatif}", width="content")


def _columns(chain_id: str) -> tuple[table.Column, ...]:
    def name(row: Mapping[str, Any]) -> str:
        opened = anchor(row["name"], link("firm", firm=row["firm_id"], chain=chain_id, segment=row["segment_id"]))
        return f'{opened} {tag_marks(row)}<span class="lt-sub">{esc(row["region"])}</span>'

    return (
        table.count_column("序号", "position"),
        table.text_column("城市", "city"),
        table.Column("企业", "name", name, "lt-main"),
        table.Column("可补的缺口", "gaps", lambda row: esc(row["gaps"])),
        table.Column("贡献", "contribution", lambda row: decimal(row["contribution"]), "lt-num"),
        table.Column("推荐理由", "reason", reason_cell, "lt-long", sortable=False),
    )


def _add(chain: Chain, keys: list[tuple[str, str]], reason: str) -> str:
    home = cached.context().home.adcode
    added = add_items(cached.store(), chain, home, keys, actor=actor(), at=now(), reason=reason)
    return f"已把行程中的 {added.new} 家企业加入“{chain.name}”目录草稿{added.rest}。"
