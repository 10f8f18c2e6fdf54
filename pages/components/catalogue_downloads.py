"""The catalogue taken away: for whom, in which format, with a page a firm or not; made when it is pressed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from chains.model import Chain
from exports.content import CatalogueContent
from exports.document.glyphs import document_fonts
from exports.profiles import PROFILES
from pages import cached
from pages.components.actions import actor, now
from pages.components.downloads import TYPES, file_name, save_button
from pages.components.frame import notice
from pages.components.map_downloads import missing_font
from pages.components.url import choose
from services.catalogue_files import FORMATS, Order, catalogue_file

USES = {
    ".docx": "公文版式，可再改",
    ".pdf": "公文版式，字体已嵌入",
    ".html": "双击打开，可查找，不用联网",
}


def catalogue_downloads(chain: Chain, content: CatalogueContent) -> None:
    """A button that opens the readers and the formats of the draft."""
    with st.popover("为谁、用什么格式", icon=":material/tune:"):
        names = {key: profile.name for key, profile in PROFILES.items()}
        profile = PROFILES[choose("给谁看", "reader", names, default="internal")]
        st.html(f'<p class="lt-note">{profile.told}</p>')
        trip = choose("版式", "trip", {"no": "清单", "yes": "清单加每家一页（拜访手册）"}) == "yes"
        missing = missing_font(document_fonts)
        for suffix in FORMATS:
            if missing is None or suffix != ".pdf":
                _button(chain, content, suffix, Order(actor(), profile, trip))
        if missing is not None:
            notice("warned", missing)


def _button(chain: Chain, content: CatalogueContent, suffix: str, order: Order) -> None:
    name = file_name(f"{chain.name}招商目录-草稿-{order.profile.name}", cached.context(), suffix=suffix)
    made = partial(_made, content, suffix, order)
    save_button(FORMATS[suffix], made, name, f"save_catalogue_{suffix[1:]}", mime=TYPES[suffix])
    if suffix in USES:
        st.html(f'<p class="lt-note">{USES[suffix]}</p>')


def _made(content: CatalogueContent, suffix: str, order: Order) -> bytes:
    return catalogue_file(replace(content, made_at=now()), suffix, order)
