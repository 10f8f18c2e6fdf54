"""The chain map as a part of a page: drawings for three widths, one of them shown, every card a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import streamlit as st

_JS = (Path(__file__).parent / "js" / "chain_map.js").read_text(encoding="utf-8")
_component = st.components.v2.component(
    "liantu_chain_map", html='<div class="lt-map-host"></div>', js=_JS, isolate_styles=False
)

WIDTHS: tuple[int, ...] = (760, 1060, 1360, 1840)
"""Widths for which the map can be drawn: tablet, small and usual desktop, large screen."""
USUAL = 1360
_WIDTH = "map_width"


def show_chain_map(
    draw: Callable[[int], str], *, only_gaps: bool, marked: Iterable[str] = (), key: str = "chain_map"
) -> None:
    """Mount the map. The chosen segment is read from the address, so that its click needs no new drawing.

    Parameters
    ----------
    draw : width → SVG text (``exports.chain_map.svg``); asked for the width that the browser reported last
    only_gaps : whether segments that are no gap step back
    marked : ids of cards to be picked out, as those of a firm
    """
    width = int(st.session_state.get(_WIDTH, USUAL))
    data = {"svg": draw(width), "width": width, "widths": WIDTHS, "only_gaps": only_gaps, "marked": list(marked)}
    result = _component(key=key, data=data, default={"width": width}, on_width_change=lambda: None)
    if result.width in WIDTHS and result.width != width:
        st.session_state[_WIDTH] = result.width
        st.rerun()
