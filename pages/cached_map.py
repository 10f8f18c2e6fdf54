"""Cached results of the map's page: what its search finds; keys as in ``pages.cached``."""

from __future__ import annotations

import logging

import streamlit as st

from pages import cached, cached_news, cached_search
from pages.figures.region_map import CHINA
from pages.web.shell import asset_link
from services.context import Versions
from services.errors import USER_ERRORS
from services.map_search import Entry, Index, found_in, map_index, search

log = logging.getLogger("liantu")


def found(text: str, chain_id: str, *, whole: bool) -> tuple[Entry, ...]:
    """Segments, projects and firms that a text finds; ``whole``: also firms of the rest of the store, which takes longer."""
    return _found(cached.versions(), text, chain_id, whole)


def warm_up() -> None:
    """Compute what the first visitor will ask for."""
    cached.warm_up()
    cached_search.warm_up()
    try:
        _index(cached.versions().facts)
        cached_news.attention()
        asset_link(CHINA)
    except USER_ERRORS as problem:
        log.info("nothing to search: %s", problem)


def _found(key: Versions, text: str, chain_id: str, whole: bool) -> tuple[Entry, ...]:
    return _kept(key.facts, text, chain_id) if whole else found_in(_index(key.facts), text, chain_id)


@st.cache_resource(show_spinner=False, max_entries=256)
def _kept(facts: str, text: str, chain_id: str) -> tuple[Entry, ...]:
    return search(cached.store(), cached.context().home, _index(facts), text, chain_id)


@st.cache_resource(show_spinner=False, max_entries=2)
def _index(facts: str) -> Index:
    return map_index(cached.store(), cached.context().home, cached.chains())
