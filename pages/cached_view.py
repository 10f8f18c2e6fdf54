"""Cached results of the map's switches: states, tiers of evidence, comparisons and their drawings; keys as in ``pages.cached``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from data.regions import region_names, resolve_region
from exports.chain_map.cards import Beside
from exports.chain_map.group_card import Folding
from exports.chain_map.svg import chain_svg
from pages import cached
from pages.components.url import link
from services.comparison import Comparison, with_region, with_year, year_cube
from services.context import Versions
from services.counting import Counting
from services.loop import ChainState
from services.map_file import Look
from services.map_ground import tier_cube, tier_ground
from services.map_view import View
from services.presence import NOWHERE, Cube
from services.scenario import Scenario
from services.signed import with_signed
from services.whatif import Ground, WhatIf, ground_of, what_if_of_known

YEARS_BACK = 20


def state(view: View) -> ChainState:
    """Labels, gaps and coverage of the view's state."""
    if view.is_usual:
        return cached.state(view.chain_id, view.benchmark, view.measure)
    ahead = outcome(view)
    return ground(view).before if ahead is None else ahead[0].after


def outcome(view: View) -> tuple[WhatIf, str] | None:
    """The view's state beside today, and a sentence on what of it does not exist here; None for today."""
    if view.state == "today" or (view.state == "whatif" and not view.scenario):
        return None
    asked = view.scenario if view.state == "whatif" else None
    parts = None if asked is None else (asked.land, asked.start, asked.sign)
    return _outcome(cached.versions().facts, *view.judged, parts)


def comparison(view: View) -> Comparison | None:
    """The other place or date of the view; None without one. Raises NothingToCompare."""
    return _comparison(cached.versions().facts, *view.judged, view.versus) if view.versus else None


def ground(view: View) -> Ground:
    """What the view's states start from."""
    return _ground(cached.versions().facts, *view.judged)


def others() -> Mapping[str, str]:
    """Years and regions that the home region can be put beside: id → text, years first."""
    return _others(cached.versions().firms)


def drawing(view: View, width: int) -> str:
    """The map of a view as SVG for a width."""
    if view.is_plain:
        return cached.map_drawing(view.chain_id, width, view.benchmark, view.measure)
    return _drawing(cached.versions(), view, width)


def address(view: View, **changes: object) -> str:
    """Address of the map as the view shows it, with some parameters changed."""
    chosen = {
        "chain": view.chain_id,
        "benchmark": view.benchmark,
        "measure": view.measure,
        "tier": None if view.tier == Counting().tier else view.tier,
        "state": None if view.state == "today" else view.state,
        **{name: ",".join(getattr(view.scenario, name)) for name in ("land", "start", "sign")},
        "vs": view.versus,
        "level": "group" if view.folded else None,
        "open": ",".join(view.opened) if view.folded else None,
    }
    return link("chain_map", **{**chosen, **changes})


@st.cache_resource(show_spinner="正在按所选证据档清点企业…", max_entries=4)
def _tier_cube(firms: str, tier: str) -> Cube:
    return tier_cube(cached.store(), cached.counts()[0], tier)


@st.cache_resource(show_spinner="正在按成立日期清点企业…", max_entries=6)
def _year_cube(firms: str, year: int, tier: str) -> Cube:
    return year_cube(cached.store(), cached.counts()[0], year, tier)


@st.cache_resource(show_spinner="正在计算环节判定…", max_entries=32)
def _ground(facts: str, chain_id: str, benchmark: str | None, measure: str | None, tier: str) -> Ground:
    (cube, local), chain, context = cached.counts(), cached.chain(chain_id), cached.context()
    before = cached.state(chain_id, benchmark, measure)
    usual = ground_of(cached.store(), chain, context, cube, local=local, density=cached.relatedness(), before=before)
    if tier == Counting().tier:
        return usual
    cubes = cube, _tier_cube(cached.versions().firms, tier)
    return tier_ground(cached.store(), chain, context, cubes, local, usual, tier)


@st.cache_resource(show_spinner="正在推演…", max_entries=32)
def _outcome(
    facts: str,
    chain_id: str,
    benchmark: str | None,
    measure: str | None,
    tier: str,
    parts: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]] | None,
) -> tuple[WhatIf, str]:
    home, start = cached.context().home, _ground(facts, chain_id, benchmark, measure, tier)
    if parts is None:
        return with_signed(cached.store(), home, start), ""
    return what_if_of_known(cached.store(), home, start, Scenario(*parts))


@st.cache_resource(show_spinner="正在比较…", max_entries=48)
def _comparison(
    facts: str, chain_id: str, benchmark: str | None, measure: str | None, tier: str, versus: str
) -> Comparison:
    start, home = _ground(facts, chain_id, benchmark, measure, tier), cached.context().home
    if len(versus) == 4:
        cube = _year_cube(cached.versions().firms, int(versus), tier)
        return with_year(cached.store(), start, cube, home, int(versus), tier)
    return with_region(cached.store(), start, resolve_region(cached.store(), versus), Counting(tier))


@st.cache_resource(show_spinner=False, max_entries=2)
def _others(firms: str) -> Mapping[str, str]:
    context, (cube, _) = cached.context(), cached.counts()
    newest = min(context.as_of.year, context.oldest.year) - 1
    years = {str(year): f"{year} 年末" for year in range(newest, newest - YEARS_BACK, -1)}
    cities = [code for code in cube.totals.index if code not in (NOWHERE, context.home.adcode)]
    provinces = sorted({f"{code[:2]}0000" for code in cities} - {context.home.adcode})
    names = region_names(cached.store(), [*cities, *provinces])
    near = sorted(cities, key=lambda code: (code[:2] != context.home.adcode[:2], code))
    return years | {code: names[code] for code in [*near, *provinces] if code in names}


def look(view: View) -> Look:
    """What stands beside the labels of a view, and how it is folded."""
    ahead, found = outcome(view), comparison(view)
    beside = None
    if ahead is not None:
        beside = Beside("今天", ahead[0].before.labels, only_changed=True)
    elif found is not None:
        beside = Beside(found.caption, found.labels, only_changed=False)
    folding = Folding(frozenset(view.opened), partial(_turned, view), state(view).coverage.projects)
    told = (*([view.mark] if view.mark else []), *([f"对比{found.caption}"] if found else []))
    return Look(told, beside, folding if view.folded else None)


def _turned(view: View, group: str) -> str:
    """Address with a group opened, or folded where it is open."""
    kept = [one for one in view.opened if one != group]
    return address(view, open=",".join(kept if group in view.opened else [*kept, group]))


@st.cache_resource(show_spinner="正在绘制链图…", max_entries=64)
def _picture(facts: str, view: View, width: int) -> str:
    seen, chain = look(view), cached.chain(view.chain_id)
    links = partial(_opened, view)
    return chain_svg(chain, state(view).labels, links, width, beside=seen.beside, folding=seen.folding)


def _opened(view: View, segment: str) -> str:
    return address(view, segment=segment)


def _drawing(key: Versions, view: View, width: int) -> str:
    return _picture(key.facts, view, width)
