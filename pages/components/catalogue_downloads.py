"""The catalogue taken away: for whom, in which format, with a page a firm or not; made when it is pressed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from chains.model import Chain
from exports.content import CatalogueContent
from exports.document.files import Progress
from exports.losses import told_losses
from exports.profiles import PROFILES, Profile
from pages import cached, cached_lists
from pages.components.actions import Bar, actor, now
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
"""Firms from which on a PDF takes so long that it is made first, with its progress, and then saved."""
_READY = "catalogue_ready"


def quick_download(chain: Chain, content: CatalogueContent) -> None:
    """The button that saves the draft as a workbook for the inside."""
    text = f"下载 Excel（{len(content.items):,} 家）"
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
            if suffix == ".pdf" and missing is None and len(content.items) >= LONG:
                _long_button(chain, content, profile, trip)
            elif missing is None or suffix != ".pdf":
                _button(chain, content, suffix, profile, trip=trip)
        if missing is not None:
            notice("warned", missing)
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


def _long_button(chain: Chain, content: CatalogueContent, profile: Profile, trip: bool) -> None:
    """A PDF of many firms: made when asked for, while a bar says how far it is, and then ready to be saved."""
    name = file_name(f"{chain.name}招商目录-草稿-{profile.name}", cached.context(), suffix=".pdf")
    asked = (name, trip, content.made_at, len(content.items))
    if st.button(f"排版 PDF（{len(content.items):,} 家）", key="make_catalogue_pdf", icon=":material/print:"):
        bar = Bar("正在排版")
        made = _made(chain, content, ".pdf", profile, name, actor(), trip, bar)
        bar.close()
        st.session_state[_READY] = (asked, made)
    ready = st.session_state.get(_READY)
    if ready is not None and ready[0] == asked:
        recorded_button("保存排好的 PDF", lambda: ready[1], name, "save_catalogue_pdf", mime=TYPES[".pdf"])
    st.html(f'<p class="lt-note">{USES[".pdf"]}；家数多，要排十几秒</p>')


def _made(
    chain: Chain,
    content: CatalogueContent,
    suffix: str,
    profile: Profile,
    name: str,
    who: str,
    trip: bool,
    progress: Progress | None = None,
) -> bytes:
    at = now()
    order = order_of(cached.store(), chain, profile, who, at, trip=trip)
    minded = replace(content, made_at=at, items=cached_lists.with_followers(content.items, who))
    return export_catalogue(cached.store(), minded, suffix, order, name, progress)
