"""Changes a user makes on a page: who did it, when, what came of it, said once after the page is drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from pages.components.frame import notice
from pages.components.html import plain
from services.errors import USER_ERRORS

ACTOR = "本机用户"
"""Who acts while no name is given."""
PERSON = "person"
"""Key of the field in the sidebar that holds the name."""
_TOLD = "told"
_SAID = "told_said"


def actor() -> str:
    """Who acts in this session: the name given in the sidebar."""
    return str(st.session_state.get(PERSON) or "").strip() or ACTOR


def now() -> datetime:
    """The moment of a change."""
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005 - the clock of the server, as its users read it


def carry_out(change: Callable[[], str]) -> None:
    """Run a change (in a button's callback); its sentence, or the sentence of what prevented it, is said afterwards."""
    st.session_state.pop(_SAID, None)
    try:
        st.session_state[_TOLD] = ("done", change())
    except USER_ERRORS as error:
        st.session_state[_TOLD] = ("failed", str(error))


def say_what_happened() -> None:
    """Say the sentence of the last change, until a page with it was drawn to its end.

    It has a place of its own whether there is something to say or not: what stands below it would be drawn anew
    otherwise, and an opened fold would close.
    """
    told = st.session_state.get(_TOLD)
    with st.container(key="what_happened"):
        if told is not None:
            notice(*told)
            st.session_state[_SAID] = True


def drawn() -> None:
    """The page is drawn to its end: what it said is said. A run that is interrupted leaves it to be said by the next."""
    if st.session_state.pop(_SAID, False):
        st.session_state.pop(_TOLD, None)


class Bar:
    """A progress bar that can be handed to what reports progress."""

    def __init__(self, told: str) -> None:
        self._bar = st.progress(0.0, plain(told))

    def __call__(self, share: float, told: str) -> None:
        """``share`` done, 0–1, and what is being done."""
        self._bar.progress(min(1.0, max(0.0, share)), plain(told))

    def close(self) -> None:
        """Take the bar away."""
        self._bar.empty()
