"""The network around a segment: who of its firms is tied to whom here, each tie with its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from chains.model import Chain, Segment
from exports.formats import day, text
from pages import cached_regions
from pages.components import table
from pages.components.frame import empty, section
from pages.components.html import anchor, esc, tags
from pages.components.listing import Listing, show_table
from pages.components.network import ARROWS, further, mount, scripts, spoken
from pages.components.table import Column
from pages.components.url import link
from pages.figures.network_parts import word
from pages.figures.segment_network import SegmentNetwork, segment_network

ABOUT = "蓝底的企业确认做本环节，中间两组是本地企业。"
SUBTITLE = "做本环节的企业与本地企业之间登记的供应、投资、分支和引荐关系，可用于以商招商"


def show(chain: Chain, segment: Segment) -> None:
    """The picture and the table; the empty state where nothing is recorded."""
    rows = cached_regions.relations(chain.id, segment.id)
    section(f"关联网络：{segment.name}", f"{chain.name} · {SUBTITLE}")
    st.html(
        '<p class="lt-map-links">'
        + anchor("← 在链图上看", link("chain_map", chain=chain.id, segment=segment.id))
        + anchor("目标企业 →", link("targets", chain=chain.id, segment=segment.id))
        + anchor("本地企业 →", link("firm", list="local", chain=chain.id, segment=segment.id))
        + "</p>"
    )
    if rows.empty:
        empty(
            "没有登记的关联关系",
            "来源中没有做这个环节的企业与本地企业之间的供应、投资、分支或引荐关系；没有登记不等于没有。可在“数据管理”导入关系表。",
            ("看目标企业", link("targets", chain=chain.id, segment=segment.id)),
        )
        return
    _picture(segment, rows)
    show_table(Listing("firm", "条关联", size=20), rows.assign(word=[word(kind) for kind in rows.kind]), _columns())


def _picture(segment: Segment, rows: pd.DataFrame) -> None:
    drawn: SegmentNetwork = segment_network(rows, scripts())
    title = f"{segment.name}的关联网络图，{spoken(rows)}；逐条列表见下表"
    mount(drawn.html, drawn.height, title, [firm.id for firm in drawn.firms], "segment_network")
    st.html(f'<p class="lt-note">{esc(spoken(rows))}。{ABOUT}{ARROWS}{further(len(drawn.firms), drawn.n_left_out)}</p>')


def _columns() -> tuple[Column, ...]:
    return (
        Column("由", "from_name", lambda row: _firm(row, "from"), "lt-main"),
        table.text_column("关系", "word"),
        Column("到", "to_name", lambda row: _firm(row, "to"), "lt-main"),
        table.day_column("起始", "since"),
        table.long_column("依据", "evidence"),
        Column(
            "来源",
            "source_title",
            lambda row: f'{esc(text(row["source_title"]))}<span class="lt-sub">{day(row["as_of"])}</span>',
        ),
    )


def _firm(row: Mapping[str, Any], end: str) -> str:
    """Name, whether it is local and in the segment, and the place."""
    known = [(row[f"{end}_local"], "本地"), (row[f"{end}_member"], "本环节")]
    marks = tags([said for holds, said in known if holds])
    opened = anchor(text(row[f"{end}_name"]), link("firm", firm=row[f"{end}_id"]))
    return f'{opened} {marks}<span class="lt-sub">{esc(text(row[f"{end}_region"]))}</span>'
