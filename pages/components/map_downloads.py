"""The map taken away: an offline page, an A3 sheet, a picture, a drawing; each made when it is pressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from chains.model import Chain
from exports.chain_map.picture import chinese_font
from exports.fonts import NoFont
from pages import cached
from pages.components.downloads import TYPES, file_name, save_button
from pages.components.frame import notice
from services.loop import ChainState
from services.map_file import FORMATS, Look, map_file

USES = {
    ".html": "双击打开，可点环节，不用联网；首次要逐个缺口查找目标企业，大库可能要一两分钟",
    ".pdf": "一页 A3，供打印",
    ".png": "放进幻灯片",
    ".svg": "可再编辑，放大不糊",
}
WANT_FONT = (".pdf", ".png")


def map_downloads(chain: Chain, state: ChainState, look: Look = Look()) -> None:
    """A button that opens the formats; the files say what the screen says: benchmark, measure, and every switch."""
    with st.popover("下载链图", icon=":material/download:", width="stretch"):
        missing = missing_font(chinese_font)
        for suffix in FORMATS:
            if missing is None or suffix not in WANT_FONT:
                _button(chain, state, suffix, look)
        if missing is not None:
            notice("warned", missing)


def _button(chain: Chain, state: ChainState, suffix: str, look: Look) -> None:
    context = cached.context()
    # the file is made outside the session: everything that it needs is at hand
    make = partial(map_file, cached.store(), chain, context, state, suffix, partial(cached.targets, chain.id), look)
    name = file_name("-".join((f"{chain.name}链图", *look.told)), context, suffix=suffix)
    save_button(FORMATS[suffix], make, name, f"save_map_{suffix[1:]}", mime=TYPES[suffix])
    st.html(f'<p class="lt-note">{USES[suffix]}</p>')


def missing_font(find: Callable[[], object]) -> NoFont | None:
    """Why nothing with a font inside can be made here; None where ``find`` finds one."""
    try:
        find()
    except NoFont as problem:
        return problem
    return None
