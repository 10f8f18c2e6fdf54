"""企业档案: what is known of one firm, from which source, and what follows from it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from chains.model import Chain, Segment
from pages import cached
from pages.components import (
    firm_follow,
    firm_insight,
    firm_parts,
    firm_sites,
    firm_spread,
    network,
    segment_network,
    table,
)
from pages.components.actions import actor, now, say_what_happened
from pages.components.add_to_catalogue import offer_draft
from pages.components.add_to_list import offer
from pages.components.chain_bar import segment_of_address
from pages.components.firm_print import one_page
from pages.components.frame import empty, header, section
from pages.components.html import anchor, plain
from pages.components.listing import Listing, show_table
from pages.components.table import html_table
from pages.components.url import link, param, type_in
from services.catalogue_draft import add_items
from services.firm import FirmProfile

HINT = "输入名称的一部分、18 位统一社会信用代码或股票代码，按回车"


def page() -> None:
    """Draw the page."""
    header("企业档案", "按名称、统一社会信用代码或股票代码查找企业；每条事实都标明来源和日期。", cached.context())
    say_what_happened()
    wanted = type_in("查找企业", "q", placeholder=HINT, resets=("p", "firm", "list"))
    firm_id = param("firm")
    if firm_id:
        _profile(cached.firm(firm_id))
    elif wanted:
        _found(wanted)
    elif param("list") == "local" and (chosen := segment_of_address()):
        _local(*chosen)
    elif param("list") == "network" and (chosen := segment_of_address()):
        segment_network.show(*chosen)
    else:
        empty(
            "还没有选择企业",
            "在上面输入名称或代码查找，或从链图、目标企业、招商目录点企业名称进入。",
            ("看目标企业", link("targets")),
        )


def _found(wanted: str) -> None:
    rows = cached.found_firms(wanted)
    if rows.empty:
        empty(
            f"没有找到“{wanted}”",
            "检查是否有错字，或只输入名称中最特别的两三个字；代码须完整输入。",
            ("看本地企业", link("rows", of="firms")),
        )
        return
    columns = (
        table.link_column("企业", "name", lambda row: link("firm", firm=row["firm_id"]), "region"),
        table.day_column("成立", "founded_on"),
        table.money_column("注册资本", "capital_cny"),
    )
    note = "最多列出 50 家，名称越短越靠前" if len(rows) == 50 else ""
    show_table(Listing("firm", "家企业", note), rows, columns)


def _profile(profile: FirmProfile) -> None:
    firm_id = str(profile.firm.firm_id)
    st.html(firm_parts.card(profile))
    _actions(profile)
    firm_follow.claims(firm_id)
    firm_insight.fit(firm_id)
    firm_sites.show(firm_id)
    firm_insight.way(firm_id)
    section("参与的环节", "由经营范围、名称和产品逐句判读；“待核”须人工确认")
    firm_parts.segments(profile)
    firm_spread.show(firm_id)
    section("关联企业", f"{len(profile.relations):,} 条")
    network.show_relations(profile)
    section("同字号企业（推断）", "由企业名称、行业和规模推断，不是事实；是否同一集团请以股权为准")
    firm_parts.kin(profile.kin)
    section("签约项目", f"{len(profile.projects)} 个")
    firm_parts.projects(profile.projects)
    firm_follow.time_line(firm_id)
    firm_insight.facts(profile)
    firm_parts.honours(profile.tags)
    section("来源原始记录", "合并之前各来源怎么写的，日期新的优先")
    st.html(html_table(profile.records, firm_parts.record_columns()))


def _local(chain: Chain, segment: Segment) -> None:
    rows = cached.local_firms(chain.id, segment.id)
    section(f"本地企业：{segment.name}", f"{chain.name} · 由经营范围、名称和产品逐句判读；“待核”须人工确认，不计入判定")
    if rows.empty:
        empty(
            "本地没有查到做这个环节的企业",
            "可以从外地找目标企业。",
            ("看目标企业", link("targets", chain=chain.id, segment=segment.id)),
        )
        return
    show_table(Listing("firm", "家企业", firm_parts.verdict_counts(rows)), rows, firm_parts.local_columns())


def _actions(profile: FirmProfile) -> None:
    """On the catalogue (where the address names a segment), on a list, on paper."""
    chosen = segment_of_address()
    firm_id = str(profile.firm.firm_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        if chosen is not None:
            chain, segment = chosen
            add = partial(_add, chain, segment.id, firm_id)
            offer_draft(f"加入招商目录（{plain(segment.name)}）", [firm_id], add, key="add_firm")
        chain_id, segment_id = (chosen[0].id, chosen[1].id) if chosen else (None, None)
        offer([firm_id], chain_id, segment_id, key="firm_list")
        one_page(profile)
        if chosen is not None:
            back = link("targets", chain=chain_id, segment=segment_id)
            st.html(anchor("← 返回目标企业", back, "lt-go"), width="content")


def _add(chain: Chain, segment_id: str, firm_id: str, reason: str) -> str:
    home = cached.context().home.adcode
    added = add_items(cached.store(), chain, home, [(segment_id, firm_id)], actor=actor(), at=now(), reason=reason)
    if added.already:
        return "这家企业已经在目录中。"
    return f"已加入“{chain.name}”招商目录。" if added.new else added.told
