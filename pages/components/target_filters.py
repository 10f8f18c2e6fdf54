"""Weights and filters of the list of targets, all of them in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analysis.search.filter import Filter
from analysis.targets import TargetParams
from pages import cached_search
from pages.cached_drawn import drawn
from pages.components import facet_panel
from pages.components.weights import weigh
from services.loop import Params


def weights() -> Params:
    """Parameters with the weights of the address."""
    default = TargetParams()
    return Params(target=replace(default, weights=weigh("targets", default.weights)))


def asked() -> Filter:
    """The filter that the address says."""
    return Filter.from_query(st.query_params.to_dict())


@dataclass(frozen=True)
class Filtered:
    """Targets under the filters of the address: those of the places chosen, and those of any place.

    key : the filters other than the place; with chain and segment it says which firms ``anywhere`` holds
    """

    here: pd.DataFrame
    anywhere: pd.DataFrame
    key: str


def filtered(chain_id: str, segment_id: str, params: Params) -> Filtered:
    """The controls, and the targets of the segment that they leave."""
    wanted = replace(asked(), everywhere=False, chain=chain_id, segments=(segment_id,))
    found = cached_search.found(wanted)
    facet_panel.boxes(found, wanted)
    facet_panel.chips(found, wanted)
    left = drawn("targets left", lambda: _left(wanted, params), chain_id, segment_id, params.target)
    facet_panel.chosen_line(found, wanted, len(left.here))
    return left


def _left(wanted: Filter, params: Params) -> Filtered:
    anywhere = wanted
    for place in ("province", "city", "county"):
        anywhere = anywhere.with_choices(place, ())
    key = repr(sorted(anywhere.query().items()))
    return Filtered(cached_search.targets(wanted, params), cached_search.targets(anywhere, params), key)
