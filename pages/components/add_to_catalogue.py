"""加入招商目录: the button that puts firms on a draft; whom others follow already is said before, and needs a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages import cached_lists
from pages.components.actions import carry_out
from pages.components.add_to_list import ask_reason, reason_given

Add = Callable[[str], str]
"""Adds the firms for the reason given, '' where none was, and says what came of it."""


def offer_draft(text: str, firms: Sequence[str], add: Add, *, key: str, disabled: bool = False, told: str = "") -> None:
    """The button; where others follow some of the firms it opens who does, and asks for the reason.

    told : a hint beside the button
    """
    flagged = {} if disabled else cached_lists.followed(firms)
    if not flagged:
        ask_reason({}, key)
        _button(text, add, key, disabled, told)
        return
    with st.popover(text, type="primary", icon=":material/warning:", help=told or None):
        ask_reason(flagged, key)
        _button("加入招商目录", add, key, disabled, "")


def _button(text: str, add: Add, key: str, disabled: bool, told: str) -> None:
    st.button(text, type="primary", disabled=disabled, on_click=_add, args=(add, key), key=key, help=told or None)


def _add(add: Add, key: str) -> None:
    carry_out(lambda: add(reason_given(key)))
