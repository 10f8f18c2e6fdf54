"""The one place where results are cached: keys in, shared frozen results out.

Keys are ids, parameters and the data version, never frames. ``cache_resource`` hands out the same objects to every
session: pages must not change the frames they get.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pandas as pd
import streamlit as st

from analysis.keyword_preview import KeywordPreview, preview_rule
from analysis.matching import Phrases, SegmentRule
from analysis.targets import rank_ranges as target_ranges
from analysis.targets import rank_targets
from chains.model import Chain, Segment
from data.regions import region_names
from data.store import Store, open_store
from exports.chain_map.svg import chain_svg
from exports.content import CatalogueContent
from pages.cached_known import known_firms, known_key
from pages.components.actions import now
from pages.components.chain_map import USUAL
from pages.components.url import link
from services.catalogue import EmptyCatalogue, catalogue_content
from services.catalogue_draft import draft_keys
from services.context import Context, Versions, data_versions, read_context
from services.dictionary import dictionary_stamp, kept_dictionary
from services.errors import USER_ERRORS
from services.firm import FirmProfile, find_firms, firm_profile, segment_firms
from services.judging import Judging, peers, read_judging
from services.loop import ChainState, Params, chain_state, viewed_params
from services.packages import in_use, installed
from services.presence import Cube, Local, load_cube, load_local, related_density
from services.projects import projects_of
from services.targets import segment_candidates
from services.ties import Ties, read_ties

log = logging.getLogger("liantu")
Weights = tuple[tuple[str, float], ...]
DATABASE = "LIANTU_DB"
WARM_GAPS = 3
"""Gaps of each chain whose targets are ready before the first visitor asks."""
_opened: dict[str, Store] = {}
_known_versions: dict[Path, tuple[Store, int, Versions]] = {}
DEFAULT_DATABASE = Path(__file__).resolve().parents[1] / "var" / "liantu.duckdb"


def store() -> Store:
    """The store of LIANTU_DB, else var/liantu.duckdb of the project; it is opened once. Raises StoreBusy, StoreDamaged."""
    path = os.environ.get(DATABASE) or str(DEFAULT_DATABASE)
    held = _opened.get(path)
    return held if held is not None else _opened.setdefault(path, _store(path))


def versions() -> Versions:
    """Change with what figures are computed from; the keys of everything below. Asked anew after every write."""
    held = store()
    known = _known_versions.get(held.path)
    if known is None or known[0] is not held or known[1] != held.n_writes:
        n_writes, now = held.n_writes, data_versions(held)
        known = (held, n_writes, Versions(*(f"{held.path}|{part}" for part in (now.firms, now.facts, now.lists))))
        _known_versions[held.path] = known
    return known[2]


def context() -> Context:
    """Home region, data date and sources. Raises NoHome, NoData."""
    return _context(versions().firms)


def chains() -> tuple[Chain, ...]:
    """The chains that this place works on."""
    return _chains(versions().firms)


def chain(chain_id: str) -> Chain:
    """The chain of an id. Raises UnknownChain."""
    return _chain(versions().firms, chain_id)


def packages() -> tuple[Chain, ...]:
    """Every installed chain, in use here or not."""
    return _packages(versions().firms)


def keyword_preview(segment: Segment, former: Segment | None) -> KeywordPreview | None:
    """What a segment's keywords bring in, beside what its former ones do; None where there is no dictionary yet."""
    stamp = dictionary_stamp(store())
    before = None if former is None else former.model_dump_json()
    return _keyword_preview(stamp, segment.model_dump_json(), before) if stamp else None


def matched() -> tuple[Chain, ...]:
    """The chains that have been matched: those of which anything can be said. Raises NotMatched where none is."""
    return _cube(versions().firms).chains


def state(chain_id: str, benchmark: str | None = None, measure: str | None = None) -> ChainState:
    """Labels, gaps and coverage of a chain in the home region, as the place judges or through other glasses.

    Raises NoHome, NoData, NotMatched, WrongJudging.
    """
    return _state(versions(), chain_id, benchmark, measure)


def counts() -> tuple[Cube, Local]:
    """Counting firms everywhere and in the home region."""
    key = versions().firms
    return _cube(key), _local(key)


def judging() -> Judging:
    """How the place judges."""
    return _judging(versions().firms)


def peer_regions() -> pd.DataFrame:
    """The prefectures most like the home region, with their names."""
    return _peers(versions().firms)


def relatedness() -> pd.Series:
    """Relatedness density of the home region by segment."""
    return _density(versions().firms)


def targets(chain_id: str, segment_id: str, params: Params = Params()) -> pd.DataFrame:
    """Every target of a segment, best first, without sentences."""
    return _ranked(versions().firms, chain_id, segment_id, params)


def rank_ranges(chain_id: str, segment_id: str, firms: tuple[str, ...], params: Params = Params()) -> pd.DataFrame:
    """Rank of targets of a segment and its range when weights move a tenth, by firm_id."""
    return _rank_ranges(
        versions().firms, chain_id, segment_id, firms, tuple(sorted(params.target.weights.items())), params
    )


def ties() -> Ties:
    """Links between firms, and the shortest ways along them into the home region."""
    return _ties(versions().firms)


def local_firms(chain_id: str, segment_id: str) -> pd.DataFrame:
    """Confirmed and uncertain firms of the segment in the home region."""
    return _local_firms(versions().firms, chain_id, segment_id)


def projects() -> pd.DataFrame:
    """Projects of the home region with their state."""
    return _projects(versions().facts)


def firm(firm_id: str) -> FirmProfile:
    """Everything known of a firm. Raises UnknownFirm."""
    return _firm(versions().facts, firm_id)


def found_firms(text: str) -> pd.DataFrame:
    """Firms by name, code or stock code."""
    return _found_firms(versions().firms, text)


def draft(chain_id: str) -> CatalogueContent | None:
    """The draft catalogue of a chain with everything it says; None while no target is on it."""
    return _draft(versions(), chain_id)


def map_drawing(chain_id: str, width: int, benchmark: str | None = None, measure: str | None = None) -> str:
    """The chain map of the home region as SVG for a width."""
    return _map_drawing(versions(), chain_id, width, benchmark, measure)


def warm_up() -> None:
    """Open the store and compute what the first visitor will ask for; what prevents it, the pages will say."""
    try:
        for chain in matched():
            for segment_id in state(chain.id).gaps.segment_id[:WARM_GAPS]:
                targets(chain.id, segment_id)
            map_drawing(chain.id, USUAL)
        projects()
    except USER_ERRORS as problem:
        log.info("nothing to prepare: %s", problem)


@st.cache_resource(show_spinner=False)
def _store(path: str) -> Store:
    return open_store(Path(path))


@st.cache_resource(show_spinner=False, max_entries=4)
def _chains(key: str) -> tuple[Chain, ...]:
    return in_use(store())


@st.cache_resource(show_spinner=False, max_entries=4)
def _packages(key: str) -> tuple[Chain, ...]:
    return installed(store())


@st.cache_resource(show_spinner="正在读取短语词典…", max_entries=1, ttl="15m")
def _phrases(stamp: str) -> Phrases | None:
    return kept_dictionary(store())


@st.cache_resource(show_spinner="正在试算关键词…", max_entries=64, ttl="15m")
def _keyword_preview(stamp: str, segment: str, former: str | None) -> KeywordPreview | None:
    phrases = _phrases(stamp)
    rules = [None if one is None else SegmentRule.of(Segment.model_validate_json(one)) for one in (segment, former)]
    return None if phrases is None or rules[0] is None else preview_rule(phrases, rules[0], rules[1])


def _chain(key: str, chain_id: str) -> Chain:
    return next(one for one in _chains(key) if one.id == chain_id)


@st.cache_resource(show_spinner=False, max_entries=4)
def _context(key: str) -> Context:
    return read_context(store())


@st.cache_resource(show_spinner="正在读取各地企业数…", max_entries=2)
def _cube(key: str) -> Cube:
    return load_cube(store(), chains())


@st.cache_resource(show_spinner=False, max_entries=2)
def _local(key: str) -> Local:
    return load_local(store(), _context(key).home)


@st.cache_resource(show_spinner=False, max_entries=2)
def _density(key: str) -> pd.Series:
    return related_density(_local(key), _cube(key))


@st.cache_resource(show_spinner="正在计算环节判定与缺口…", max_entries=24)
def _chain_state(
    facts: str, firms: str, chain_id: str, benchmark: str | None = None, measure: str | None = None
) -> ChainState:
    params, chain, context = viewed_params(store(), benchmark, measure), _chain(firms, chain_id), _context(firms)
    return chain_state(store(), chain, context, _cube(firms), params, local=_local(firms), density=_density(firms))


def _state(key: Versions, chain_id: str, benchmark: str | None = None, measure: str | None = None) -> ChainState:
    return _chain_state(key.facts, key.firms, chain_id, benchmark, measure)


@st.cache_resource(show_spinner=False, max_entries=4)
def _judging(key: str) -> Judging:
    return read_judging(store())


@st.cache_resource(show_spinner=False, max_entries=2)
def _peers(key: str) -> pd.DataFrame:
    alike = peers(_cube(key), _local(key), _context(key).home)
    names = region_names(store(), list(alike.region))
    return alike.assign(name=[names.get(code, code) for code in alike.region])


@st.cache_resource(show_spinner="正在查找候选企业…", max_entries=128)
def _candidates(firms: str, chain_id: str, segment_id: str) -> pd.DataFrame:
    home, known = _context(firms).home, known_firms().get(known_key(store()))
    return segment_candidates(store(), _chain(firms, chain_id), segment_id, home, _ties(firms), known)


@st.cache_resource(show_spinner=False, max_entries=2)
def _ties(firms: str) -> Ties:
    return read_ties(store(), _context(firms).home)


def _ranked(firms: str, chain_id: str, segment_id: str, params: Params) -> pd.DataFrame:
    return _ranked_by(firms, chain_id, segment_id, tuple(sorted(params.target.weights.items())), params)


@st.cache_resource(show_spinner=False, max_entries=128)
def _ranked_by(firms: str, chain_id: str, segment_id: str, weights: Weights, _params: Params) -> pd.DataFrame:
    return rank_targets(_candidates(firms, chain_id, segment_id), _context(firms).as_of, _params.target)


@st.cache_resource(show_spinner=False, max_entries=64)
def _rank_ranges(
    firms: str, chain_id: str, segment_id: str, wanted: tuple[str, ...], weights: Weights, _params: Params
) -> pd.DataFrame:
    ranked = _ranked_by(firms, chain_id, segment_id, weights, _params)
    return target_ranges(ranked, pd.Series(wanted, dtype="str"), _params.target)


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
def _draft_content(lists: str, facts: str, firms: str, chain_id: str) -> CatalogueContent | None:
    chain, context = _chain(firms, chain_id), _context(firms)
    keys = draft_keys(store(), chain, context.home.adcode)

    def ranked(segment_id: str) -> pd.DataFrame:
        return _ranked(firms, chain_id, segment_id, Params())

    try:
        return catalogue_content(
            store(), chain, context, _chain_state(facts, firms, chain_id, None, None), ranked, keys, now()
        )
    except EmptyCatalogue:
        return None


def _draft(key: Versions, chain_id: str) -> CatalogueContent | None:
    return _draft_content(key.lists, key.facts, key.firms, chain_id)


@st.cache_resource(show_spinner="正在绘制链图…", max_entries=36)
def _drawing(
    facts: str, firms: str, chain_id: str, width: int, benchmark: str | None = None, measure: str | None = None
) -> str:
    def open_segment(segment_id: str) -> str:
        return link("chain_map", chain=chain_id, benchmark=benchmark, measure=measure, segment=segment_id)

    state = _chain_state(facts, firms, chain_id, benchmark, measure)
    return chain_svg(_chain(firms, chain_id), state.labels, open_segment, width)


def _map_drawing(
    key: Versions, chain_id: str, width: int, benchmark: str | None = None, measure: str | None = None
) -> str:
    return _drawing(key.facts, key.firms, chain_id, width, benchmark, measure)
