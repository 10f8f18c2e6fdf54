"""What is known of all firms, once the search has read it, for whoever would read a million of them for a few."""

from __future__ import annotations

import streamlit as st

from data.store import Store
from services.known_firms import KnownFirms, known_version

Key = tuple[str, str]


def known_key(store: Store) -> Key:
    """Which store, and the version of what is known of its firms."""
    return str(store.path), known_version(store)


@st.cache_resource(show_spinner=False)
def known_firms() -> dict[Key, KnownFirms]:
    """What has been read, the last version only."""
    return {}
