"""推演: what the chain would look like if some firms landed here and some projects began."""

from __future__ import annotations

import streamlit as st

from chains.model import Chain
from exports.columns import WHAT_IF
from pages import cached, cached_ahead
from pages.components import scenario_form, whatif_table
from pages.components.chain_bar import pick_chain
from pages.components.chain_told import one_chain
from pages.components.downloads import table_download
from pages.components.frame import empty, header, notice, section
from pages.components.html import anchor, esc
from pages.components.listing import Listing, show_table
from pages.components.url import link, switch
from services.whatif import ASSUMPTIONS, WhatIf

NOTE = "箭头左边是现在，右边是推演；优先级只有缺口才有"


def page() -> None:
    """Draw the page."""
    header(
        "推演",
        "假如这些企业落地、这些项目开工：判定、完整度、覆盖和缺口优先级会怎样变。只推算，不改动数据。",
        cached.context(),
        one_chain(),
    )
    with st.container(width=320):
        chain = pick_chain()
    scenario = scenario_form.asked()
    found, unknown = cached_ahead.what_if(chain.id, scenario)
    scenario_form.show(chain, found.facts.firms)
    if unknown:
        notice("warned", f"{unknown}。已略去，按其余的推演。")
    if scenario_form.is_empty():
        empty(
            "还没有选落地企业，也没有选项目",
            "在上面选企业或项目，或点“最急的几个缺口各落地 1 家”先看一个例子；地址栏里的网址就是这次推演，可以发给同事。",
            ("看缺口清单", link("gaps", chain=chain.id)),
        )
        return
    _outcome(chain, found)


def _outcome(chain: Chain, found: WhatIf) -> None:
    section("结果", f"对照基准：{found.before.benchmark}")
    asked = {name: ",".join(getattr(found.scenario, name)) for name in scenario_form.NAMES}
    shown = anchor("在链图上看 →", link("chain_map", chain=chain.id, state="whatif", **asked))
    st.html(f'<p class="lt-card-box lt-told">{esc(found.told)} {shown}</p>')
    for note in found.notes:
        notice("warned", f"{note}。")
    st.html(whatif_table.figures(found))
    if bars := whatif_table.bars(found):
        st.html(bars)
    rows = found.changed
    section("环节前后对照", f"{len(rows)} 个环节有变化，判定改变的在前")
    if switch("没有变化的环节也列出", "all"):
        rows = found.changes
    if rows.empty:
        st.html('<p class="lt-note">没有任何环节变化：原因见上面的提示。</p>')
    else:
        show_table(Listing("whatif", "个环节", NOTE), rows, whatif_table.columns(chain.id))
        table_download(f"{chain.name}推演", WHAT_IF, rows, cached.context())
    st.html(f'<p class="lt-note">{esc(ASSUMPTIONS)}</p>')
