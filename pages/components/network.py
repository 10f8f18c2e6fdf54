"""Recorded relations as a picture whose firms can be clicked, and as a table that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
import streamlit as st

from pages.components.firm_parts import relations as relation_table
from pages.components.html import esc
from pages.components.url import link
from pages.figures.firm_network import FirmNetwork, firm_network
from pages.figures.network_document import LIBRARY, VIEWER
from pages.figures.network_parts import KINDS
from pages.web.shell import asset_link
from services.firm import FirmProfile

_JS = (Path(__file__).parent / "js" / "network.js").read_text(encoding="utf-8")
_component = st.components.v2.component(
    "liantu_network",
    html='<div class="lt-network-host lt-card-box" style="padding:0"></div>',
    js=_JS,
    isolate_styles=False,
)
ARROWS = "箭头由投资方、上级单位、供应方、引荐方指向对方；点企业打开档案（键盘用方向键选、回车打开），指着连线看依据、来源和日期。"
CROWDED = 60


def show_relations(profile: FirmProfile) -> None:
    """The network and the table; without relations the table's empty state alone."""
    rows = profile.relations
    if not rows.empty:
        _picture(profile)
    relation_table(rows)


def scripts() -> Mapping[str, str]:
    """Addresses of the two scripts of a network."""
    return {name: asset_link(name) for name in (LIBRARY, VIEWER)}


def mount(html: str, height: int, title: str, firms: Iterable[str], key: str) -> None:
    """Put a network into the page; its ``firms`` open their pages."""
    data = {"html": html, "height": height, "title": title, "links": {one: link("firm", firm=one) for one in firms}}
    _component(key=key, data=data)


def spoken(relations: pd.DataFrame) -> str:
    """The picture in words, for those who cannot see it: 共 3 条关联：投资 1 条，供应 2 条。"""
    counts = relations.kind.value_counts()
    known = [f"{word} {counts[kind]} 条" for kind, (word, _) in KINDS.items() if kind in counts]
    return f"共 {len(relations)} 条关联：{'，'.join(known)}"


def further(n_shown: int, n_left_out: int) -> str:
    """What a crowded picture asks for, and where the firms are that it leaves out."""
    closer = "企业较多，放大后可看清名称（按钮，或按住 Ctrl 滚动）。" if n_shown > CROWDED else ""
    return closer + (f"只画关联最多的 {n_shown:,} 家，另有 {n_left_out:,} 家未画出，见下表。" if n_left_out else "")


def _picture(profile: FirmProfile) -> None:
    rows = profile.relations
    drawn: FirmNetwork = firm_network(str(profile.firm.firm_id), str(profile.firm["name"]), rows, scripts())
    title = f"关联网络图，{spoken(rows)}；逐条列表见下表"
    mount(drawn.html, drawn.height, title, [str(other) for other in rows.other_id], "firm_network")
    st.html(f'<p class="lt-note">{esc(spoken(rows))}。{ARROWS}{further(drawn.n_shown, drawn.n_left_out)}</p>')
