"""Changes a user makes on a page: who did it, when, what came of it, said once after the page is drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from services.errors import USER_ERRORS

ACTOR = "本机用户"
_TOLD = "told"


def now() -> datetime:
    """The moment of a change."""
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005 - the clock of the server, as its users read it


def carry_out(change: Callable[[], str]) -> None:
    """Run a change (in a button's callback); its sentence, or the sentence of what prevented it, is said afterwards."""
    try:
        st.session_state[_TOLD] = ("done", change())
    except USER_ERRORS as error:
        st.session_state[_TOLD] = ("failed", str(error))


def say_what_happened() -> None:
    """Say the sentence of the last change, once."""
    told = st.session_state.pop(_TOLD, None)
    if told is None:
        return
    kind, sentence = told
    if kind == "done":
        st.success(sentence, icon=":material/check_circle:")
    else:
        st.error(sentence, icon=":material/error:")


class Bar:
    """A progress bar that can be handed to what reports progress."""

    def __init__(self, told: str) -> None:
        self._bar = st.progress(0.0, told)

    def __call__(self, share: float, told: str) -> None:
        """``share`` done, 0–1, and what is being done."""
        self._bar.progress(min(1.0, max(0.0, share)), told)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.empty()
