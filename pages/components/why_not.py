"""The box 为什么没有某企业 of the targets: a sentence for every firm of that name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from chains.model import Chain
from exports.formats import count, is_missing
from pages import cached
from pages.components import table
from pages.components.html import esc
from pages.components.table import html_table
from pages.components.url import link, type_in
from services.loop import Params
from services.why_not import MOST, explain_absence


def show(chain: Chain, segment_id: str, ranked: pd.DataFrame, params: Params) -> None:
    """Draw the box, and the answer where a name is asked for."""
    with st.expander("为什么没有某企业", icon=":material/help:"):
        asked = type_in("企业名称的一部分、统一社会信用代码或股票代码", "why", placeholder="如：福耀", resets=())
        if not asked:
            st.html('<p class="lt-note">输入你以为应在名单上的企业，逐家说明它排第几，或为什么不在。</p>')
            return
        home = cached.context().home
        rows = explain_absence(cached.store(), chain, segment_id, home, asked, ranked, params.target)
        if rows.empty:
            st.html(f'<p class="lt-note">库里没有名称含“{esc(asked)}”的企业：数据没有覆盖到，或名称有出入。</p>')
            return
        st.html(html_table(rows, _columns(chain.id, segment_id)))
        if len(rows) == MOST:
            st.html(f'<p class="lt-note">只列出 {MOST} 家，请把名称写得更全。</p>')


def _columns(chain_id: str, segment_id: str) -> tuple[table.Column, ...]:
    def opened(row: Mapping[str, Any]) -> str:
        return link("firm", firm=row["firm_id"], chain=chain_id, segment=segment_id)

    def rank(row: Mapping[str, Any]) -> str:
        return "不在名单" if is_missing(row["rank"]) else count(row["rank"])

    return (
        table.link_column("企业", "name", opened, "region"),
        table.Column("名次", "rank", rank, "lt-short"),
        table.text_column("原因", "why", "lt-long"),
    )
