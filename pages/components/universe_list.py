"""All firms, narrowed by facets and full text: the controls, the list, and what is done with the firms ticked."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.search.filter import NONE, Filter
from analysis.search.index import Found
from exports.firm_columns import FIRMS
from pages import cached, cached_search
from pages.components import facet_panel, picked_firms, target_filters, universe_table
from pages.components.add_to_list import offer
from pages.components.chain_bar import ALL
from pages.components.downloads import table_download
from pages.components.frame import empty
from pages.components.listing import Listing, pick_from_pages
from pages.components.ticks import say_ticked, ticks
from pages.components.url import choose, choose_many, link
from services.found_firms import MOST_EXPORTED

SIZE = 50
NOTE = "未选排序时规模大的在前：按营收、员工、注册资本中已知的各项；无数据的列写明无数据，不当作零"
SCOPE = "firms"


def show() -> None:
    """Draw the controls, the list and the actions."""
    wanted = target_filters.asked()
    known = {chain.id for chain in cached.chains()} | {NONE}
    wanted = wanted if wanted.chain in known else replace(wanted, chain=None, segments=())
    found = cached_search.found(wanted)
    _chain_boxes(found, wanted)
    facet_panel.boxes(found, wanted)
    facet_panel.chips(found, wanted)
    facet_panel.chosen_line(found, wanted, found.total)
    if found.total == 0:
        empty(
            "没有符合条件的企业",
            "去掉上面的一两个条件（点 ✕），或换一个短一些的词；名称也可输拼音首字母。",
            ("清除筛选", link("targets", base="all")),
        )
    else:
        columns = universe_table.columns(wanted)

        def read(_sort: str | None, start: int, size: int) -> pd.DataFrame:
            return cached_search.firms(wanted, start, size)

        pick_from_pages(
            Listing("targets", "家企业", NOTE, SIZE), found.total, read, columns, lambda row: str(row["firm_id"]), SCOPE
        )
    _actions(found, wanted)


def _chain_boxes(found: Found, wanted: Filter) -> None:
    counts = found.counts["chain"]
    names = {chain.id: f"{chain.name}（{counts.get(chain.id, 0):,}）" for chain in cached.chains()}
    options = {ALL: "不限产业链", **names, NONE: f"没有确认的环节（{counts.get(NONE, 0):,}）"}
    one, two, three = st.columns([1, 1.4, 1.6], vertical_alignment="bottom")
    with one:
        choose("产业链", "chain", options, resets=("segment", "p"))
    with two:
        _segment_box(found, wanted)
    if wanted.chain in names and len(wanted.segments) == 1:
        with three:
            ranked = link("targets", chain=wanted.chain, segment=wanted.segments[0])
            st.html(f'<p class="lt-note"><a data-nav="stay" href="{ranked}">按这个环节的得分排序 →</a></p>')


def _segment_box(found: Found, wanted: Filter) -> None:
    counts = found.counts["segment"]
    chain = next((chain for chain in cached.chains() if chain.id == wanted.chain), None)
    names = {} if chain is None else {one.id: f"{one.name}（{counts.get(one.id, 0):,}）" for one in chain.segments}
    ordered = dict(sorted(names.items(), key=lambda one: -counts.get(one[0], 0)))
    choose_many("环节", "segment", ordered, placeholder="不限" if names else "先选产业链", resets=("p",))


def _actions(found: Found, wanted: Filter) -> None:
    picked = ticks(SCOPE).ids
    if not picked and not found.total:
        return
    picked_firms.warn(picked)
    with st.container(key="action_bar", horizontal=True, vertical_alignment="center"):
        picked_firms.add_button(wanted, picked, SCOPE)
        segment = wanted.segments[0] if len(wanted.segments) == 1 else None
        offer(picked, wanted.chain if segment else None, segment, key="pick_list")
        picked_firms.compare_button(picked)
        say_ticked(SCOPE, picked, picked, "家")
        if 0 < found.total <= MOST_EXPORTED:
            whole = cached.context()
            table_download("企业名单", FIRMS, pd.DataFrame(index=range(found.total)), whole, lambda _: _all(wanted))
        elif found.total:
            st.html(f'<span class="lt-note">下载 Excel 最多 {MOST_EXPORTED:,} 行，请先收窄</span>', width="content")


def _all(wanted: Filter) -> pd.DataFrame:
    return cached_search.firms(wanted, 0, MOST_EXPORTED)
