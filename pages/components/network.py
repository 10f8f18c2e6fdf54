"""A firm's recorded relations as a picture whose firms can be clicked, and as a table that says the same."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from pages.components.firm_parts import relations as relation_table
from pages.components.html import esc
from pages.components.url import link
from pages.figures.firm_network import KINDS, LIBRARY, VIEWER, FirmNetwork, firm_network
from pages.web.shell import asset_link
from services.firm import FirmProfile

_JS = (Path(__file__).parent / "js" / "network.js").read_text(encoding="utf-8")
_component = st.components.v2.component(
    "liantu_network",
    html='<div class="lt-network-host lt-card-box" style="padding:0"></div>',
    js=_JS,
    isolate_styles=False,
)
ARROWS = "箭头由投资方、上级单位、供应方、引荐方指向对方；点企业打开档案，指着连线看依据、来源和日期。"
CROWDED = 60


def show_relations(profile: FirmProfile) -> None:
    """The network and the table; without relations the table's empty state alone."""
    rows = profile.relations
    if not rows.empty:
        _picture(profile)
    relation_table(rows)


def spoken(relations: pd.DataFrame) -> str:
    """The picture in words, for those who cannot see it: 共 3 条关联：投资 1 条，供应 2 条。"""
    counts = relations.kind.value_counts()
    known = [f"{word} {counts[kind]} 条" for kind, (word, _) in KINDS.items() if kind in counts]
    return f"共 {len(relations)} 条关联：{'，'.join(known)}"


def _picture(profile: FirmProfile) -> None:
    rows = profile.relations
    scripts = {name: asset_link(name) for name in (LIBRARY, VIEWER)}
    drawn = firm_network(str(profile.firm.firm_id), str(profile.firm["name"]), rows, scripts)
    data = {
        "html": drawn.html,
        "height": drawn.height,
        "title": f"关联网络图，{spoken(rows)}；逐条列表见下表",
        "links": {str(other): link("firm", firm=other) for other in rows.other_id},
    }
    _component(key="firm_network", data=data)
    st.html(f'<p class="lt-note">{esc(spoken(rows))}。{ARROWS}{_further(drawn)}</p>')


def _further(drawn: FirmNetwork) -> str:
    closer = "企业较多，放大后可看清名称（按钮，或按住 Ctrl 滚动）。" if drawn.n_shown > CROWDED else ""
    return closer + (f"另有 {drawn.n_left_out:,} 家未画出，见下表。" if drawn.n_left_out else "")
