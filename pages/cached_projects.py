"""Cached results on projects: what they cover, and which segments they serve; keys as in ``pages.cached``."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages import cached
from services.projects import ChainCoverage, chain_coverage


def coverage(layer: str) -> dict[str, ChainCoverage]:
    """Coverage of every matched chain by its id, with amounts of a layer of money."""
    return _coverage(cached.versions().facts, layer)


def with_segments() -> pd.DataFrame:
    """The projects with the names of the segments they are attached to (segments, empty text where none) and what a
    search looks through (said).
    """
    return _with_segments(cached.versions().facts)


def of_chain(chain_id: str) -> pd.Series:
    """Which of the projects are attached to a segment of the chain, or to none at all."""
    return _of_chain(cached.versions().facts, chain_id)


@st.cache_resource(show_spinner=False, max_entries=8)
def _coverage(facts: str, layer: str) -> dict[str, ChainCoverage]:
    states = {chain.id: cached.state(chain.id) for chain in cached.matched()}
    return {key: chain_coverage(s.coverage.projects, s.labels, s.gaps, layer) for key, s in states.items()}


@st.cache_resource(show_spinner="正在整理项目…", max_entries=2)
def _with_segments(facts: str) -> pd.DataFrame:
    rows, names = cached.projects(), _names()
    said = rows.name.fillna("") + " " + rows.place.fillna("") + " " + rows.unit.fillna("")
    return rows.assign(segments=["、".join(names.get(project, [])) for project in rows.project_id], said=said)


@st.cache_resource(show_spinner=False, max_entries=24)
def _of_chain(facts: str, chain_id: str) -> pd.Series:
    rows, attached = cached.projects(), cached.state(chain_id).coverage.projects.project_id
    return rows.project_id.isin(attached) | (rows.n_segments == 0)


def _names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for chain in cached.matched():
        for row in cached.state(chain.id).coverage.projects.itertuples():
            names.setdefault(row.project_id, []).append(chain.segment(row.segment_id).name)
    return names
