"""What a page works out and draws from the data and its address alone: seen again, it is not made again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from pages import cached

Made = TypeVar("Made")


def drawn(what: str, make: Callable[[], Made], *others: object) -> Made:
    """What ``make`` makes, kept for as long as the data, the address and ``others`` stay the same.

    Parameters
    ----------
    what : names it among everything that pages keep
    make : reads nothing that changes but the facts, the lists, the address and ``others``; what it makes is shared
    others : what else it depends on; their ``repr`` tells them apart
    """
    return _shared(f"{what}|{cached.versions()}|{sorted(st.query_params.to_dict().items())}|{others!r}", make)


def read(what: str, make: Callable[[], Made], *others: object) -> Made:
    """What ``make`` reads from the store, kept until the next write; for what the data versions do not tell of."""
    held = cached.store()
    return _shared(f"{what}|{held.path}|{held.n_writes}|{others!r}", make)


def _shared(key: str, make: Callable[[], Made]) -> Made:
    made: Made = _kept(key, make)
    return made


@st.cache_resource(show_spinner=False, max_entries=512)
def _kept(key: str, _make: Callable[[], Any]) -> Any:
    return _make()
