"""方法: how every figure is made, with the parameters and the data it is made from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pages import cached
from pages.components import table
from pages.components.formats import count, moment
from pages.components.frame import header, section
from pages.components.html import esc, facts
from pages.components.table import html_table
from services.batches import match_runs
from services.catalogue import source_rows

TEXT = Path(__file__).parent / "text" / "methods.md"


def page() -> None:
    """Draw the page."""
    header("方法", "每个数怎么来的：口径、公式、参数、数据，以及它们不能说明什么。", cached.context())
    left, right = st.columns([1.5, 1], gap="large")
    with left, st.container(key="prose"):
        st.markdown(TEXT.read_text(encoding="utf-8"))
    with right:
        section("当前参数", "本库各页和导出都按这组参数计算")
        state = cached.state(cached.matched()[0].id)
        st.html(f'<div class="lt-card-box">{facts([(word, esc(value)) for word, value in state.parameters()])}</div>')
        section("产业链包")
        _chains()
        section("数据来源", "在用的导入批次")
        _sources()


def _chains() -> None:
    runs = match_runs(cached.store()).set_index("chain_id")
    rows = [
        (
            chain.name,
            f"版本 {esc(chain.version)}，{len(chain.segments)} 个环节，{len(chain.edges)} 条供应关系；"
            + (f"匹配于 {moment(runs.matched_at[chain.id])}" if chain.id in runs.index else "尚未匹配")
            + f'<span class="lt-sub">依据：{esc("、".join(source.title for source in chain.sources))}</span>',
        )
        for chain in cached.chains()
    ]
    st.html(f'<div class="lt-card-box">{facts(rows)}</div>')


def _sources() -> None:
    columns = (
        table.text_column("来源", "title", "lt-main"),
        table.day_column("数据截至", "as_of"),
        table.Column("采纳 / 退回行", "n_accepted", _rows_taken, "lt-num"),
    )
    st.html(html_table(source_rows(cached.store()), columns))


def _rows_taken(row: Mapping[str, Any]) -> str:
    return f"{count(row['n_accepted'])} / {count(row['n_rejected'])}"
