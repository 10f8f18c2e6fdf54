"""Cached results on projects: what they cover, and which segments they serve; keys as in ``pages.cached``."""

from __future__ import annotations

import streamlit as st

from pages import cached
from services.projects import ChainCoverage, chain_coverage


def coverage(layer: str) -> dict[str, ChainCoverage]:
    """Coverage of every matched chain by its id, with amounts of a layer of money."""
    return _coverage(cached.versions().facts, layer)


def project_segments() -> dict[str, list[str]]:
    """Names of the segments that each project is attached to, of all matched chains, by project_id."""
    return _project_segments(cached.versions().facts)


@st.cache_resource(show_spinner=False, max_entries=8)
def _coverage(facts: str, layer: str) -> dict[str, ChainCoverage]:
    states = {chain.id: cached.state(chain.id) for chain in cached.matched()}
    return {key: chain_coverage(s.coverage.projects, s.labels, s.gaps, layer) for key, s in states.items()}


@st.cache_resource(show_spinner=False, max_entries=2)
def _project_segments(facts: str) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for chain in cached.matched():
        for row in cached.state(chain.id).coverage.projects.itertuples():
            names.setdefault(row.project_id, []).append(chain.segment(row.segment_id).name)
    return names
