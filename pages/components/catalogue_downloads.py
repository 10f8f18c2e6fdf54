"""The catalogue taken away: for whom, in which format, with a page a firm or not; made when it is pressed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from chains.model import Chain
from exports.content import CatalogueContent
from exports.losses import told_losses
from exports.profiles import PROFILES, Profile
from pages import cached
from pages.components.actions import actor, now
from pages.components.downloads import TYPES, file_name, recorded_button
from pages.components.frame import notice
from pages.components.map_downloads import missing_font
from pages.components.url import choose
from services.catalogue_files import FORMATS, export_catalogue, order_of

USES = {
    ".docx": "公文版式，可再改",
    ".pdf": "公文版式，字体已嵌入",
    ".html": "双击打开，可查找，不用联网",
}
LONG = 2_000
"""Firms from which on a PDF takes so long that it is said before."""


def quick_download(chain: Chain, content: CatalogueContent) -> None:
    """The button that saves the draft as a workbook for the inside."""
    text = f"下载 Excel（{len(content.items)} 家）"
    _button(chain, content, ".xlsx", PROFILES["internal"], text=text, key="save_draft", primary=True)


def catalogue_downloads(chain: Chain, content: CatalogueContent) -> None:
    """A button that opens the readers and the formats of the draft."""
    with st.popover("为谁、用什么格式", icon=":material/tune:"):
        names = {key: profile.name for key, profile in PROFILES.items()}
        profile = PROFILES[choose("给谁看", "reader", names, default="internal")]
        st.html(f'<p class="lt-note">{profile.told}</p>')
        trip = choose("版式", "trip", {"no": "清单", "yes": "清单加每家一页（拜访手册）"}) == "yes"
        missing = missing_font(_fonts)
        for suffix in FORMATS:
            if missing is None or suffix != ".pdf":
                _button(chain, content, suffix, profile, trip=trip)
        if missing is not None:
            notice("warned", missing)
        if len(content.items) >= LONG:
            st.html(f'<p class="lt-note">{len(content.items):,} 家的 PDF 要排十几秒，按下后请等文件出来。</p>')
        for sentence in told_losses(content):
            notice("warned", sentence)


def _fonts() -> tuple[str, ...]:
    """The typesetter is loaded only when the formats are looked at."""
    from exports.document.glyphs import document_fonts  # noqa: PLC0415 - loaded only when wanted

    return document_fonts()


def _button(
    chain: Chain,
    content: CatalogueContent,
    suffix: str,
    profile: Profile,
    *,
    trip: bool = False,
    text: str = "",
    key: str = "",
    primary: bool = False,
) -> None:
    name = file_name(f"{chain.name}招商目录-草稿-{profile.name}", cached.context(), suffix=suffix)
    made = partial(_made, chain, content, suffix, profile, name, actor(), trip)
    told, named = text or FORMATS[suffix], key or f"save_catalogue_{suffix[1:]}"
    recorded_button(told, made, name, named, mime=TYPES[suffix], primary=primary)
    if suffix in USES:
        st.html(f'<p class="lt-note">{USES[suffix]}</p>')


def _made(
    chain: Chain, content: CatalogueContent, suffix: str, profile: Profile, name: str, who: str, trip: bool
) -> bytes:
    at = now()
    order = order_of(cached.store(), chain, profile, who, at, trip=trip)
    return export_catalogue(cached.store(), replace(content, made_at=at), suffix, order, name)
