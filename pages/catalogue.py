"""招商目录: the list one travels with; a draft that is edited, versions that are frozen, both as Excel."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from chains.model import Chain
from exports.content import CatalogueContent
from pages import cached, cached_lists
from pages.components import catalogue_table, catalogue_templates, catalogue_versions, homecoming
from pages.components.actions import actor, carry_out, now, say_what_happened
from pages.components.catalogue_downloads import catalogue_downloads, quick_download
from pages.components.catalogue_freeze import freeze_button, freeze_now
from pages.components.chain_bar import ALL, pick_chain
from pages.components.chain_told import one_chain
from pages.components.frame import empty, header, section
from pages.components.html import anchor, esc
from pages.components.listing import Listing, pick_from_table
from pages.components.ticks import clear, say_ticked, ticked
from pages.components.url import choose, link
from services.catalogue_draft import add_items, best_keys, remove_items
from services.scenario import catalogue_scenario

GAPS, PER_GAP = 6, 5
MOST_LANDED = 200
"""Firms that the address of a what-if can hold."""


def page() -> None:
    """Draw the page."""
    header("招商目录", "把目标企业收进目录，定稿成版本，带着它出门。", cached.context(), one_chain())
    say_what_happened()
    with st.container(width=320):
        chain = pick_chain()
    content, version = cached.draft(chain.id), None
    if content is None:
        empty(
            "目录还是空的",
            "可以到“目标企业”逐家挑选，也可以先按最紧迫的缺口生成一份草稿，再增减。",
            ("去挑目标企业", link("targets", chain=chain.id)),
        )
        text = f"按最紧迫的 {GAPS} 个缺口、每个取前 {PER_GAP} 家生成草稿"
        st.button(text, type="primary", on_click=_propose, args=(chain,))
    else:
        version = _draft(chain, content)
    st.html(anchor("拜访次数有限时选哪些企业、排名单与行程 →", link("trips", view="plan", chain=chain.id), "lt-go"))
    homecoming.show(chain)
    catalogue_versions.show(chain)
    catalogue_templates.show(chain)
    if content is not None and version is not None:
        freeze_now(chain, content, version)


def _draft(chain: Chain, content: CatalogueContent) -> int | None:
    """The draft and what is done with it; the number of the version that it is to become, where that was pressed."""
    st.html(f'<p class="lt-note">{esc(content.state)}</p>')
    section("草稿", catalogue_table.sums(content.items))
    if content.left_out:
        st.html(f'<p class="lt-note">未列入：{esc("；".join(content.left_out))}</p>')
    who = actor()
    listing = Listing("catalogue", "家企业", size=100, explain=lambda rows: cached_lists.with_followers(rows, who))
    columns = catalogue_table.columns(chain.id)
    scope = f"catalogue/{chain.id}"
    pick_from_table(listing, _chosen(content.items, listing.size), columns, _row_id, scope)
    picked = ticked(scope, (f"{row.segment_id}|{row.firm_id}" for row in content.items.itertuples()))
    with st.container(key="action_bar", horizontal=True, vertical_alignment="center"):
        quick_download(chain, content)
        catalogue_downloads(chain, content)
        st.button(f"移出勾选的 {len(picked)} 家", disabled=not picked, on_click=_remove, args=(chain, scope, picked))
        say_ticked(scope, picked, picked, "家")
        st.html(_whatif(chain, content), width="content")
        return freeze_button(chain)


def _chosen(items: pd.DataFrame, size: int) -> pd.DataFrame:
    """The rows of the segment that is chosen; a draft of one page is shown whole."""
    if len(items) <= size:
        return items
    counts = items.groupby(["segment_id", "segment_name"], sort=False).size()
    names = {segment_id: f"{name}（{n:,}）" for (segment_id, name), n in counts.items()}
    with st.container(width=320):
        segment = choose("只看环节", "segment", {ALL: f"全部环节（{len(items):,}）", **names}, resets=("p",))
    return items if segment == ALL else items[items.segment_id == segment]


def _whatif(chain: Chain, content: CatalogueContent) -> str:
    """A link that lands the whole draft; of a draft too long for an address, to the page where firms are chosen from it."""
    if len(content.items) > MOST_LANDED:
        return anchor(f"推演（先从草稿选出 {MOST_LANDED} 家以内）→", link("whatif", chain=chain.id), "lt-go")
    land = ",".join(catalogue_scenario(content.items).land)
    return anchor("推演这份草稿 →", link("whatif", chain=chain.id, land=land), "lt-go")


def _row_id(row: Mapping[str, Any]) -> str:
    return f"{row['segment_id']}|{row['firm_id']}"


def _propose(chain: Chain) -> None:
    def change() -> str:
        context = cached.context()
        keys = best_keys(partial(cached.targets, chain.id), cached.state(chain.id), GAPS, PER_GAP)
        if keys.empty:
            return "这条链没有缺口，或缺口没有候选企业；请到“目标企业”自行挑选。"
        pairs = list(zip(keys.segment_id, keys.firm_id, strict=True))
        added = add_items(cached.store(), chain, context.home.adcode, pairs, actor=actor(), at=now())
        return f"已生成草稿：{added.new} 家企业{added.rest}。"

    carry_out(change)


def _remove(chain: Chain, scope: str, picked: list[str]) -> None:
    def change() -> str:
        home = cached.context().home.adcode
        keys = [(segment_id, firm_id) for segment_id, firm_id in (one.split("|", 1) for one in picked)]
        remove_items(cached.store(), chain, home, keys, actor=actor(), at=now())
        clear(scope)
        return f"已移出 {len(picked)} 家企业。"

    carry_out(change)
