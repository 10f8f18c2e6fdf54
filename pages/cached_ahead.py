"""Cached results that look ahead: what-ifs and lists of visits; keys as in ``pages.cached``."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.visits import VisitParams
from pages import cached
from services.context import Versions
from services.journeys import Days
from services.scenario import Scenario, landing_facts
from services.visits import VisitPlan, visit_plan
from services.whatif import Ground, WhatIf, ground_of, what_if_of_known


def what_if(chain_id: str, scenario: Scenario) -> tuple[WhatIf, str]:
    """The chain if the scenario came true, and a sentence on what of it does not exist here; empty for nothing."""
    return _what_if(cached.versions(), chain_id, scenario)


def landings(chain_id: str, firms: tuple[str, ...]) -> pd.DataFrame:
    """Segments of the chain in which firms are confirmed (``services.scenario.landing_facts``)."""
    return _landings(cached.versions().firms, chain_id, firms)


def visits(
    chain_id: str,
    n_visits: int,
    n_cities: int | None,
    within_km: float | None = None,
    without: tuple[str, ...] = (),
    days: Days | None = None,
) -> VisitPlan:
    """The visits that cover most gap priority, to other firms than those ``without``. Raises NothingToVisit, NoDayFree."""
    return _visits(cached.versions().facts, chain_id, n_visits, n_cities, within_km, without, days)


def _what_if(key: Versions, chain_id: str, scenario: Scenario) -> tuple[WhatIf, str]:
    return _concluded(key.facts, chain_id, scenario.land, scenario.start, scenario.sign)


@st.cache_resource(show_spinner="正在推演…", max_entries=32)
def _concluded(
    facts: str, chain_id: str, land: tuple[str, ...], start: tuple[str, ...], sign: tuple[str, ...]
) -> tuple[WhatIf, str]:
    home, scenario = cached.context().home, Scenario(land, start, sign)
    return what_if_of_known(cached.store(), home, _ground(facts, chain_id), scenario)


@st.cache_resource(show_spinner=False, max_entries=24)
def _ground(facts: str, chain_id: str) -> Ground:
    (cube, local), density = cached.counts(), cached.relatedness()
    chain, context, before = cached.chain(chain_id), cached.context(), cached.state(chain_id)
    return ground_of(cached.store(), chain, context, cube, local=local, density=density, before=before)


@st.cache_resource(show_spinner=False, max_entries=32)
def _landings(firms_key: str, chain_id: str, firms: tuple[str, ...]) -> pd.DataFrame:
    return landing_facts(cached.store(), cached.context().home, cached.chain(chain_id), firms)


@st.cache_resource(show_spinner="正在比较候选企业，选出行程…", max_entries=24)
def _visits(
    facts: str,
    chain_id: str,
    n_visits: int,
    n_cities: int | None,
    within_km: float | None = None,
    without: tuple[str, ...] = (),
    days: Days | None = None,
) -> VisitPlan:
    chain, state = cached.chain(chain_id), cached.state(chain_id)

    def ranked(segment_id: str) -> pd.DataFrame:
        rows = cached.targets(chain_id, segment_id)
        return rows[~rows.firm_id.isin(without)] if without else rows

    params = VisitParams(within_km=within_km)
    return visit_plan(cached.store(), chain, cached.context(), state, ranked, n_visits, n_cities, params, days)
