"""Cached results of the region map and of networks: places, ground, strength, relations; keys as in ``pages.cached``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from data.divisions import FICTIONAL
from pages import cached
from pages.figures.city_chart import city_chart, city_counts, told
from pages.figures.region_map import fictional
from services.context import Versions
from services.neighbourhood import segment_relations
from services.strength import cities, national_strength, segment_anchors


@dataclass(frozen=True)
class Places:
    """Where targets are: rows of ``city_counts``, their bars, and both in a sentence."""

    counts: pd.DataFrame
    chart: go.Figure
    told: str


def city_names() -> Mapping[str, str]:
    """Full name of every prefecture in force by adcode."""
    return _names(cached.versions().firms)


def places(chain_id: str, segment_id: str, filters: str, found: pd.DataFrame) -> Places:
    """Where the targets ``found`` are: those of the segment under filters other than the place."""
    return _places(cached.versions().firms, chain_id, segment_id, filters, found)


def counted_cities() -> frozenset[str]:
    """The prefectures of which the store holds any firm: of the others nothing is known."""
    return _counted(cached.versions().firms)


def strength(chain_id: str, segment_id: str) -> pd.DataFrame:
    """The label of a segment in every prefecture against the nation, by the place's own thresholds."""
    return _strength(cached.versions(), chain_id, segment_id)


def fictional_ground() -> dict[str, object] | None:
    """The ground of the demo's regions; None where the home region is a real one."""
    return _ground(cached.versions().firms)


def relations(chain_id: str, segment_id: str) -> pd.DataFrame:
    """Recorded relations that tie the firms of a segment to the home region."""
    return _relations(cached.versions().firms, chain_id, segment_id)


@st.cache_resource(show_spinner="正在查找关联…", max_entries=64)
def _relations(key: str, chain_id: str, segment_id: str) -> pd.DataFrame:
    return segment_relations(cached.store(), chain_id, segment_id, cached.context().home)


@st.cache_resource(show_spinner=False, max_entries=2)
def _cities(key: str) -> pd.DataFrame:
    return cities(cached.store())


@st.cache_resource(show_spinner=False, max_entries=2)
def _names(key: str) -> Mapping[str, str]:
    return dict(zip(_cities(key).adcode, _cities(key).full_name, strict=True))


@st.cache_resource(show_spinner=False, max_entries=64)
def _places(key: str, chain_id: str, segment_id: str, filters: str, _found: pd.DataFrame) -> Places:
    counts = city_counts(_found, _names(key))
    return Places(counts, city_chart(counts), told(counts, len(_found)))


@st.cache_resource(show_spinner=False, max_entries=2)
def _counted(key: str) -> frozenset[str]:
    totals = cached.counts()[0].totals
    return frozenset(totals.index[totals.n_firms > 0])


@st.cache_resource(show_spinner=False, max_entries=64)
def _kept_strength(facts: str, firms: str, chain_id: str, segment_id: str) -> pd.DataFrame:
    anchors = segment_anchors(cached.store(), chain_id, segment_id)
    return national_strength(cached.counts()[0], segment_id, anchors, cached.state(chain_id).params.label)


def _strength(key: Versions, chain_id: str, segment_id: str) -> pd.DataFrame:
    return _kept_strength(key.facts, key.firms, chain_id, segment_id)


@st.cache_resource(show_spinner=False, max_entries=2)
def _ground(key: str) -> dict[str, object] | None:
    places = _cities(key)
    return fictional(places[places.adcode >= FICTIONAL]).data() if cached.context().home.adcode >= FICTIONAL else None
