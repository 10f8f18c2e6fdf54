"""A table of which rows can be ticked; the ticks come back to Python."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_JS = (Path(__file__).parent / "js" / "picking.js").read_text(encoding="utf-8")
_component = st.components.v2.component(
    "liantu_picking", html='<div class="lt-pick-host"></div>', js=_JS, isolate_styles=False
)


def pick_rows(table: str, key: str) -> list[str]:
    """Show a table made by ``html_table(..., pick=…)`` and give the ids of the ticked rows that it holds."""
    result = _component(key=key, data={"html": table}, default={"picked": []}, on_picked_change=_noted)
    return [str(one) for one in result.picked or []]


def _noted() -> None:
    """A tick reruns the page; nothing else is to be done."""
