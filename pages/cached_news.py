"""Cached results of 总览: what changed, what waits for someone; keys as in ``pages.cached``, and the day."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import streamlit as st

from pages import cached
from pages.components.actions import now
from services.attention import Found, refusals, waiting_for_someone
from services.changes import Changes, changes_since, last_batch_at, project_news
from services.firm_list import firm_page


def today() -> date:
    """The day that patience and freshness are counted from."""
    return now().date()


def segments() -> pd.DataFrame:
    """Labels of every matched chain, with chain_id and chain_name. Raises NoHome, NoData, NotMatched."""
    key = cached.versions()
    return _segments(key.facts, key.firms)


def gaps() -> pd.DataFrame:
    """Gaps of every matched chain, with chain_id and chain_name, most urgent first."""
    key = cached.versions()
    return _gaps(key.facts, key.firms)


def attention() -> Found:
    """What waits for someone (``services.attention``)."""
    key = cached.versions()
    return _attention(key.lists, key.facts, key.firms, today(), refusals(cached.store()))


def changes(since: datetime) -> Changes:
    """What changed since a moment (``services.changes``)."""
    key = cached.versions()
    return _changes(key.lists, key.facts, key.firms, since)


def last_batch() -> datetime | None:
    """When the newest import came."""
    return _last_batch(cached.versions().firms)


def firms(everywhere: bool, sort: str | None, start: int, size: int) -> pd.DataFrame:
    """A page of the home region's firms, or of all."""
    return _firms(cached.versions().firms, everywhere, sort, start, size)


def projects() -> pd.DataFrame:
    """Projects of the home region with their news."""
    return _projects(cached.versions().facts)


@st.cache_resource(show_spinner="正在汇总各链环节…", max_entries=2)
def _segments(facts: str, firms: str) -> pd.DataFrame:
    rows = [cached.state(c.id).labels.assign(chain_id=c.id, chain_name=c.name) for c in cached.matched()]
    return pd.concat(rows, ignore_index=True)


@st.cache_resource(show_spinner=False, max_entries=2)
def _gaps(facts: str, firms: str) -> pd.DataFrame:
    rows = [cached.state(c.id).gaps.assign(chain_id=c.id, chain_name=c.name) for c in cached.matched()]
    every = pd.concat(rows, ignore_index=True)
    return every.sort_values(["priority", "segment_id"], ascending=[False, True]).reset_index(drop=True)


@st.cache_resource(show_spinner=False, max_entries=2)
def _projects(facts: str) -> pd.DataFrame:
    return cached.projects().merge(project_news(cached.store()), on="project_id", validate="one_to_one")


@st.cache_resource(show_spinner=False, max_entries=4)
def _last_batch(key: str) -> datetime | None:
    return last_batch_at(cached.store())


@st.cache_resource(show_spinner="正在汇总待办…", max_entries=4)
def _attention(lists: str, facts: str, firms: str, day: date, refused: int) -> Found:
    home = cached.context().home
    return waiting_for_someone(cached.store(), home, cached.chains(), _gaps(facts, firms), _projects(facts), day)


@st.cache_resource(show_spinner="正在比较前后变化…", max_entries=32)
def _changes(lists: str, facts: str, firms: str, since: datetime) -> Changes:
    labels, projects = _segments(facts, firms), _projects(facts)
    return changes_since(cached.store(), cached.context().home, labels, projects, since)


@st.cache_resource(show_spinner="正在读取企业…", max_entries=32)
def _firms(key: str, everywhere: bool, sort: str | None, start: int, size: int) -> pd.DataFrame:
    return firm_page(cached.store(), None if everywhere else cached.context().home, sort, start, size)
