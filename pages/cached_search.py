"""Cached results of searching all firms: the universe, what filters leave, the rows shown; keys as in ``pages.cached``."""

from __future__ import annotations

import logging

import pandas as pd
import streamlit as st

from analysis.search.bits import Bits
from analysis.search.filter import Filter
from analysis.search.index import Found, search
from analysis.search.texts import Texts
from pages import cached
from pages.cached_known import Key, known_firms, known_key
from services.context import Versions
from services.errors import USER_ERRORS
from services.found_firms import found_firms, kept_targets, rows_of, targets_among
from services.known_firms import KnownFirms, read_known
from services.loop import Params
from services.search import Universe, firm_texts, read_universe, texts_version
from services.ties import read_ties

log = logging.getLogger("liantu")


def universe() -> Universe:
    """All firms as they are searched."""
    return _universe(cached.versions().firms)


def found(wanted: Filter) -> Found:
    """What a filter leaves: of all firms, or of the targets of the segment that it names."""
    key = cached.versions().firms
    return _found(key, repr(sorted(wanted.query().items())), wanted)


def targets(wanted: Filter, params: Params = Params()) -> pd.DataFrame:
    """The ranked targets of the segment that the filter leaves."""
    ranked = cached.targets(wanted.chain or "", wanted.segments[0], params)
    return kept_targets(universe().index, ranked, found(wanted), wanted.sort)


def firms(wanted: Filter, start: int, size: int) -> pd.DataFrame:
    """Some of the firms that the filter leaves, in its order, explained."""
    return _firms(cached.versions(), repr(sorted(wanted.query().items())), start, size, wanted)


def described(firms: tuple[str, ...]) -> pd.DataFrame:
    """Those firms that there are, explained, in the order given."""
    rows = rows_of(universe().index, firms)
    return found_firms(cached.context(), universe(), rows)


def names(firms: tuple[str, ...]) -> dict[str, str]:
    """Names of firms, by id."""
    known = universe()
    return dict(known.facts[rows_of(known.index, firms)].select("firm_id", "name").iter_rows())


def warm_up() -> None:
    """Read all firms before the first visitor asks; what prevents it, the pages will say."""
    try:
        cached.matched()
        universe().index.texts.prepare()
    except USER_ERRORS as problem:
        log.info("nothing to search: %s", problem)


@st.cache_resource(show_spinner="正在读取企业名称与经营范围…", max_entries=1)
def _texts(path: str, version: str) -> Texts:
    return firm_texts(cached.store())


@st.cache_resource(show_spinner="正在读取企业概况…", max_entries=1)
def _known(key: Key) -> KnownFirms:
    known, shelf = read_known(cached.store(), cached.context()), known_firms()
    shelf.clear()
    shelf[key] = known
    return known


@st.cache_resource(show_spinner="正在建立企业检索…", max_entries=1)
def _universe(firms: str) -> Universe:
    store = cached.store()
    texts, known = _texts(str(store.path), texts_version(store)), _known(known_key(store))
    return read_universe(store, cached.chains(), read_ties(store, cached.context().home), texts, known)


@st.cache_resource(show_spinner=False, max_entries=256)
def _found(firms: str, key: str, _wanted: Filter) -> Found:
    among = None if _wanted.everywhere else _among(firms, _wanted.chain or "", _wanted.segments[0])
    return search(_universe(firms).index, _wanted, among)


@st.cache_resource(show_spinner=False, max_entries=128)
def _among(firms: str, chain_id: str, segment_id: str) -> Bits:
    wanted = Filter(chain=chain_id, segments=(segment_id,))
    return targets_among(_universe(firms).index, wanted, cached.targets(chain_id, segment_id))


def _firms(key: Versions, asked: str, start: int, size: int, wanted: Filter) -> pd.DataFrame:
    return _explained(key.facts, asked, start, size, wanted)


@st.cache_resource(show_spinner=False, max_entries=128)
def _explained(facts: str, asked: str, start: int, size: int, _wanted: Filter) -> pd.DataFrame:
    rows = found(_wanted).ordered(universe().index, start, start + size)
    return found_firms(cached.context(), universe(), rows, _wanted.text, _wanted.chain)
