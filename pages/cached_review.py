"""Cached results for the review of uncertain pairs; keys as in ``pages.cached``."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages import cached
from services.review_queue import Ground, load_ground, local_queue, target_queue, waiting_counts
from services.review_queue import pairs_version as read_pairs_version


def review_queue(chain_id: str, view: str) -> pd.DataFrame:
    """Pairs that wait for a person, most valuable first: of the home region (local) or of firms elsewhere (targets)."""
    return _review_queue(cached.versions().facts, chain_id, view)


def waiting(chain_id: str) -> dict[str, int]:
    """Number of uncertain local firms by segment; segments without any are left out."""
    return _waiting(cached.versions().firms, chain_id)


def ground() -> Ground:
    """Base populations of the prefectures and of the home region."""
    return _ground(pairs_version())


def pairs_version() -> str:
    """Changes with imports, matching and home region, but not with every decision of a person."""
    store = cached.store()
    return f"{store.path}|{read_pairs_version(store)}"


@st.cache_resource(show_spinner="正在排列待复核的企业…", max_entries=12)
def _review_queue(key: str, chain_id: str, view: str) -> pd.DataFrame:
    store, chain, home = cached.store(), cached.chain(chain_id), cached.context().home
    state = cached.state(chain_id, "nation", "count")  # what a decision changes is worked out on these
    if view == "targets":
        return target_queue(store, chain, home, state.gaps)
    return local_queue(store, chain, home, state.labels, state.gaps, state.params.label)


@st.cache_resource(show_spinner=False, max_entries=24)
def _waiting(key: str, chain_id: str) -> dict[str, int]:
    return waiting_counts(cached.store(), cached.chain(chain_id), cached.context().home)


@st.cache_resource(show_spinner=False, max_entries=4)
def _ground(key: str) -> Ground:
    return load_ground(cached.store(), cached.context().home)
