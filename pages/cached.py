"""The one place where results are cached: keys in, shared frozen results out.

Keys are ids, parameters and the data version, never frames. ``cache_resource`` hands out the same objects to every
session: pages must not change the frames they get.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pandas as pd
import streamlit as st

from chains.load import load_all, load_chain
from chains.model import Chain
from data.store import Store, open_store
from exports.content import CatalogueContent
from pages.figures.chain_svg import chain_svg
from pages.components.url import link
from services.catalogue import catalogue_content, draft_keys
from services.context import Context, NoData, NoHome, data_version, read_context
from services.firm import FirmProfile, find_firms, firm_profile, segment_firms
from services.loop import ChainState, Params, chain_state, targets_of
from services.presence import Cube, NotMatched, load_cube
from services.projects import projects_of

DATABASE = "LIANTU_DB"
DEFAULT_DATABASE = Path(__file__).resolve().parents[1] / "var" / "liantu.duckdb"


def database_path() -> Path:
    """Where the facts are: LIANTU_DB, else var/liantu.duckdb of the project."""
    return Path(os.environ.get(DATABASE) or DEFAULT_DATABASE)


def store() -> Store:
    """The store of this process; it is opened once. Raises StoreBusy, StoreDamaged."""
    return _store(str(database_path()))


def version() -> str:
    """Changes with everything figures are computed from; part of every key."""
    return f"{database_path()}|{data_version(store())}"


def context() -> Context:
    """Home region, data date and sources. Raises NoHome, NoData."""
    return _context(version())


def chains() -> tuple[Chain, ...]:
    """The chains of this installation."""
    return load_all()


def state(chain_id: str) -> ChainState:
    """Labels, gaps and coverage of a chain in the home region. Raises NoHome, NoData, NotMatched."""
    return _state(version(), chain_id)


def targets(chain_id: str, segment_id: str, params: Params = Params()) -> pd.DataFrame:
    """Every target of a segment, best first, without sentences."""
    weights = tuple(sorted(params.target.weights.items()))
    return _targets(version(), chain_id, segment_id, weights, params)


def local_firms(chain_id: str, segment_id: str) -> pd.DataFrame:
    """Confirmed and uncertain firms of the segment in the home region."""
    return _local_firms(version(), chain_id, segment_id)


def projects() -> pd.DataFrame:
    """Projects of the home region with their state."""
    return _projects(version())


def firm(firm_id: str) -> FirmProfile:
    """Everything known of a firm. Raises UnknownFirm."""
    return _firm(version(), firm_id)


def found_firms(text: str) -> pd.DataFrame:
    """Firms by name, code or stock code."""
    return _found_firms(version(), text)


def draft(chain_id: str) -> CatalogueContent | None:
    """The draft catalogue of a chain with everything it says; None while it is empty. Raises NoTarget."""
    return _draft(version(), chain_id)


def map_drawing(chain_id: str, width: int) -> str:
    """The chain map of the home region as SVG for a width."""
    return _map_drawing(version(), chain_id, width)


def warm_up() -> None:
    """Open the store and compute what the first visitor will ask for; an empty store is a normal beginning."""
    try:
        for chain in chains():
            state(chain.id)
    except (NoHome, NoData, NotMatched):
        return


@st.cache_resource(show_spinner=False)
def _store(path: str) -> Store:
    return open_store(Path(path))


@st.cache_resource(show_spinner=False, max_entries=4)
def _context(key: str) -> Context:
    return read_context(store())


@st.cache_resource(show_spinner="正在读取各地企业数…", max_entries=2)
def _cube(key: str) -> Cube:
    return load_cube(store(), chains())


@st.cache_resource(show_spinner="正在计算环节判定与缺口…", max_entries=24)
def _state(key: str, chain_id: str) -> ChainState:
    return chain_state(store(), load_chain(chain_id), _context(key), _cube(key))


@st.cache_resource(show_spinner="正在为目标企业排序…", max_entries=48)
def _targets(
    key: str, chain_id: str, segment_id: str, weights: tuple[tuple[str, float], ...], _params: Params
) -> pd.DataFrame:
    return targets_of(store(), load_chain(chain_id), segment_id, _context(key), _params)


@st.cache_resource(show_spinner=False, max_entries=64)
def _local_firms(key: str, chain_id: str, segment_id: str) -> pd.DataFrame:
    home = _context(key).home
    return segment_firms(store(), chain_id, segment_id, home.where_sql, home.params)


@st.cache_resource(show_spinner=False, max_entries=4)
def _projects(key: str) -> pd.DataFrame:
    return projects_of(store(), _context(key).home)


@st.cache_resource(show_spinner=False, max_entries=64)
def _firm(key: str, firm_id: str) -> FirmProfile:
    return firm_profile(store(), firm_id)


@st.cache_resource(show_spinner=False, max_entries=64)
def _found_firms(key: str, text: str) -> pd.DataFrame:
    return find_firms(store(), text)


@st.cache_resource(show_spinner="正在整理招商目录…", max_entries=12)
def _draft(key: str, chain_id: str) -> CatalogueContent | None:
    chain, context = load_chain(chain_id), _context(key)
    keys = draft_keys(store(), chain, context.home.adcode)
    if keys.empty:
        return None
    return catalogue_content(store(), chain, context, _state(key, chain_id), keys, datetime.now())


@st.cache_resource(show_spinner="正在绘制链图…", max_entries=36)
def _map_drawing(key: str, chain_id: str, width: int) -> str:
    def open_segment(segment_id: str) -> str:
        return link("chain_map", chain=chain_id, segment=segment_id)

    return chain_svg(load_chain(chain_id), _state(key, chain_id).labels, open_segment, width)
