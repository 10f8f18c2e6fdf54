"""总览: in one screen, the state of every chain, what changed since last time, and what needs a decision this week."""

from __future__ import annotations

import streamlit as st

from pages import cached, cached_overview
from pages.components.chain_told import EVERY
from pages.components.frame import header, notice


def page() -> None:
    """Draw the page."""
    header(
        "总览", "各条产业链的状态、有什么变化、本周要拿主意的事；每个数字点开就是它的每一行。", cached.context(), EVERY
    )
    matched = {chain.id for chain in cached.matched()}
    names = "、".join(chain.name for chain in cached.chains() if chain.id not in matched)
    if names:
        notice("warned", f"{names}还没有与企业匹配，不在下面；请在“数据管理”页点“重新匹配全部产业链”。")
    st.html(cached_overview.screen())
