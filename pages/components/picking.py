"""A table of which rows can be ticked; the ticks are kept in the session."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from pages.components.ticks import hear, ticks

_JS = (Path(__file__).parent / "js" / "picking.js").read_text(encoding="utf-8")
_component = st.components.v2.component(
    "liantu_picking", html='<div class="lt-pick-host"></div>', js=_JS, isolate_styles=False
)


def pick_rows(table: str, key: str, scope: str) -> None:
    """Show a table made by ``html_table(..., pick=…)`` with the ticks of ``scope`` (``pages.components.ticks``)."""
    held = ticks(scope)
    data = {
        "html": table,
        "scope": scope,
        "stamp": held.stamp,
        "ticked": held.ids,
        "heard": st.session_state.get(_heard(key), 0),
    }
    _component(key=key, data=data, default={"ticks": None}, on_ticks_change=partial(_take_in, key))


def _take_in(key: str) -> None:
    told = st.session_state[key]["ticks"]
    if told:
        st.session_state[_heard(key)] = told["told"]
        hear(told)


def _heard(key: str) -> str:
    return f"{key}_heard"
