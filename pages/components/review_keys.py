"""Keys for the review page: they click the buttons of the pair on the screen, so that a late key decides nothing unseen."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_JS = (Path(__file__).parent / "js" / "review_keys.js").read_text(encoding="utf-8")
_component = st.components.v2.component("liantu_review_keys", html="<span></span>", js=_JS, isolate_styles=False)


def listen() -> None:
    """Take the keys A (confirm), R (reject), S (skip) and U (undo), and M (confirm as maker) where it is offered."""
    _component(key="review_keys", height="content")
