"""The script that every session runs: menu, page, and the one place where known errors become a message."""

from __future__ import annotations

import streamlit as st

from pages.components.drawing import complete, unfinished
from pages.components.errors import guarded
from pages.components.person import ask_who
from pages.registry import PAGES
from pages.web.shell import STATIC, TITLE

st.set_page_config(
    page_title=TITLE, page_icon=str(STATIC / "icon.svg"), layout="wide", initial_sidebar_state="collapsed"
)
st.logo(str(STATIC / "logo.svg"), size="large")
menu = [
    st.Page(
        entry.run,
        title=entry.title,
        url_path=entry.path,
        default=at == 0,
        visibility="hidden" if entry.hidden else "visible",
    )
    for at, entry in enumerate(PAGES)
]
ask_who()
chosen = st.navigation(menu, position="top")
place = unfinished()
guarded(chosen.run, chosen.title)
complete(place)
