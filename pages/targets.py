"""目标企业: who could fill a segment, ranked, explained, filtered, and put on the catalogue."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis.target_reasons import running
from chains.model import Chain
from exports.firm_columns import TARGETS
from pages import cached, cached_lists
from pages.components import (
    facet_panel,
    picked_firms,
    saved_views,
    target_compare,
    target_filters,
    target_table,
    universe_list,
    why_not,
)
from pages.components.actions import actor, carry_out, now, say_what_happened
from pages.components.add_to_catalogue import offer_draft
from pages.components.add_to_list import offer
from pages.components.chain_bar import pick_chain, pick_segment
from pages.components.chain_told import any_chain, one_chain
from pages.components.downloads import table_download
from pages.components.frame import empty, header
from pages.components.html import anchor, esc, label_chip
from pages.components.listing import Listing, pick_from_table
from pages.components.region_views import show_views
from pages.components.ticks import clear, say_ticked, ticked
from pages.components.url import link
from services.catalogue_draft import add_items
from services.loop import ChainState, Params

SIZE = 50
NOTE = (
    "得分 0–100；完整度为有数据的评分项的权重占比；名次稳定性为各权重增减 10% 时名次的范围；斜纹表示无数据，按中性值计"
)


def page() -> None:
    """Draw the page."""
    everywhere = target_filters.asked().everywhere
    header(
        "目标企业",
        "外地企业中谁能补上这个环节：按匹配度、实力、扩张动向、本地关联、可达性打分，逐条说明理由；也可在全部企业中检索。",
        cached.context(),
        any_chain() if everywhere else one_chain(),
    )
    say_what_happened()
    if target_compare.asked():
        target_compare.show(target_compare.asked())
        return
    left, right = st.columns([5, 1], vertical_alignment="center")
    with left:
        facet_panel.modes(everywhere)
    with right:
        saved_views.show("targets")
    if everywhere:
        universe_list.show()
    else:
        _segment()


def _segment() -> None:
    """The candidates of one segment, ranked."""
    one, two, three = st.columns([1, 1.4, 1.6], vertical_alignment="bottom")
    with one:
        chain = pick_chain()
    state = cached.state(chain.id)
    with two:
        segment_id = pick_segment(chain, state.gaps.segment_id)
    with three:
        st.html(_about(chain, segment_id, state))
    params = target_filters.weights()
    found = cached.targets(chain.id, segment_id, params)
    if found.empty:
        empty(
            "库里没有外地企业确认属于这个环节",
            "可能数据覆盖不到，或该环节的关键词过窄。可导入更多外地企业后重新匹配，或换一个相近环节。",
            ("去数据管理", link("data_admin")),
        )
        why_not.show(chain, segment_id, found, params)
        return
    _list(chain, segment_id, state, found, params)
    why_not.show(chain, segment_id, found, params)


def _about(chain: Chain, segment_id: str, state: ChainState) -> str:
    row = state.labels.set_index("segment_id").loc[segment_id]
    opened = anchor("在链图上看 →", link("chain_map", chain=chain.id, segment=segment_id))
    tied = anchor("关联网络 →", link("firm", list="network", chain=chain.id, segment=segment_id))
    return f'<p class="lt-note">{label_chip(row.label)}　{esc(row.reason)}。{opened}　{tied}</p>'


def _list(chain: Chain, segment_id: str, state: ChainState, found: pd.DataFrame, params: Params) -> None:
    kept = target_filters.filtered(chain.id, segment_id, params)
    rows = kept.here
    show_views(chain.id, segment_id, kept)
    scope = f"targets/{chain.id}/{segment_id}"
    who = actor()  # files are made outside the session

    def explain(shown: pd.DataFrame) -> pd.DataFrame:
        ranges = cached.rank_ranges(chain.id, segment_id, tuple(shown.firm_id), params)
        told = cached_lists.with_followers(state.explain(shown, cached.context()), who)
        return target_table.with_ranks(told, ranges)

    since = (chain.id, segment_id, params.target, who, cached.store().n_writes)
    listing = Listing("targets", "家企业", NOTE, SIZE, explain, since=since)
    if rows.empty:
        cleared = link("targets", chain=chain.id, segment=segment_id)
        empty("没有符合条件的企业", "放宽上面的筛选条件。", ("清除筛选", cleared))
    else:
        columns = target_table.columns(chain.id, segment_id)
        pick_from_table(listing, rows, columns, lambda row: str(row["firm_id"]), scope)
    picked = ticked(scope, found.firm_id)
    if rows.empty and not picked:
        return
    picked_firms.warn(picked)
    with st.container(key="action_bar", horizontal=True, vertical_alignment="center"):
        _choice(chain, segment_id, rows, picked, scope)
        if not rows.empty:
            table_download("目标企业", TARGETS, rows, cached.context(), listing.explain)


def _choice(chain: Chain, segment_id: str, rows: pd.DataFrame, picked: list[str], scope: str) -> None:
    add = partial(_add, chain, segment_id, picked, scope)
    offer_draft(f"把勾选的 {len(picked)} 家加入招商目录", picked, add, key="add_picked", disabled=not picked)
    offer(picked, chain.id, segment_id, key="pick_list")
    picked_firms.compare_button(picked, chain.id, segment_id)
    say_ticked(scope, picked, rows.firm_id, "家")
    first = [str(firm) for firm in rows.firm_id[running(rows.status)].head(10)]
    if first:
        text, best = f"加入得分最高的 {len(first)} 家", partial(_add, chain, segment_id, first, None)
        st.button(text, on_click=carry_out, args=(best,), key="add_first")


def _add(chain: Chain, segment_id: str, firms: list[str], scope: str | None, reason: str = "") -> str:
    """Put the firms on the draft; the ticks of ``scope`` have then done their work."""
    home, keys = cached.context().home.adcode, [(segment_id, firm) for firm in firms]
    added = add_items(cached.store(), chain, home, keys, actor=actor(), at=now(), reason=reason)
    if scope is not None:
        clear(scope)
    return f"已把 {added.new} 家企业加入“{chain.name}”招商目录{added.rest}。可在“招商目录”页查看和下载。"
