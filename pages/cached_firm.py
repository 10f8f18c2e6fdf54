"""Cached results on one firm: its fit with local gaps, its way to local firms, where it has others; keys as in ``pages.cached``."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages import cached
from services.context import Versions
from services.firm_fit import gap_fit
from services.firm_history import firm_history
from services.firm_spread import spread_of
from services.sites import sites_of, suitable
from services.ties import Step, referral


def fit(firm_id: str) -> pd.DataFrame:
    """The gaps of the home region that the firm could fill."""
    return _fit(cached.versions(), firm_id)


def way(firm_id: str) -> tuple[Step, ...]:
    """The shortest way from the firm into the home region, link by link."""
    return _way(cached.versions().firms, firm_id)


def spread(firm_id: str) -> pd.DataFrame:
    """The firms that belong to the firm."""
    return _spread(cached.versions().firms, firm_id)


def history(firm_id: str, who: str) -> pd.DataFrame:
    """Everything that happened with the firm, newest first, as ``who`` may know it; read anew, as people write all day."""
    chains = cached.chains()
    segments = {segment.id: segment.name for chain in chains for segment in chain.segments}
    names = {chain.id: chain.name for chain in chains}
    return firm_history(cached.store(), firm_id, cached.context().home.adcode, who, names, segments)


def sites(firm_id: str) -> pd.DataFrame | None:
    """The sites of the home region that suit the firm; None where no site is on record."""
    return _suitable(cached.versions().firms, firm_id)


def is_local(firm_id: str) -> bool:
    """Whether the firm is in the home region."""
    return _is_local(cached.versions().firms, firm_id)


def _fit(key: Versions, firm_id: str) -> pd.DataFrame:
    return _kept_fit(key.facts, key.firms, firm_id)


@st.cache_resource(show_spinner="正在对照本地缺口…", max_entries=64)
def _kept_fit(facts: str, firms: str, firm_id: str) -> pd.DataFrame:
    segments = cached.firm(firm_id).segments
    return gap_fit(segments, cached.matched(), cached.state, cached.targets, firm_id)


@st.cache_resource(show_spinner="正在查找到本地的引荐路径…", max_entries=64)
def _way(key: str, firm_id: str) -> tuple[Step, ...]:
    return referral(cached.store(), cached.ties(), firm_id)


@st.cache_resource(show_spinner=False, max_entries=64)
def _spread(key: str, firm_id: str) -> pd.DataFrame:
    return spread_of(cached.firm(firm_id))


@st.cache_resource(show_spinner=False, max_entries=256)
def _is_local(key: str, firm_id: str) -> bool:
    home = cached.context().home
    sql = f"SELECT coalesce({home.where_sql}, false) FROM firm f WHERE f.firm_id = $firm_id"  # noqa: S608 - a region's condition
    return bool(cached.store().rows(sql, {"firm_id": firm_id, **home.params})[0][0])


@st.cache_resource(show_spinner=False, max_entries=2)
def _sites(key: str) -> pd.DataFrame:
    return sites_of(cached.store(), cached.context().home)


@st.cache_resource(show_spinner=False, max_entries=64)
def _suitable(key: str, firm_id: str) -> pd.DataFrame | None:
    known = _sites(key)
    if known.empty:
        return None
    own = cached.firm(firm_id).segments
    inside = set(own.segment_id[own.verdict != "rejected"])
    trades = {name for c in cached.chains() for s in c.segments if s.id in inside for name in (s.name, c.name)}
    return suitable(known, trades)
