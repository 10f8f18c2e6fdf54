"""The firms that a filter leaves, as the page, the command line and the export all list them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.search.filter import Filter
from analysis.search.index import Found, search
from analysis.targets import PARTS, TargetParams
from data.store import Store
from services.context import Context
from services.found_firms import found_firms, kept_targets, targets_among
from services.loop import Params
from services.packages import in_use
from services.search import Universe, firm_texts, read_universe
from services.ties import read_ties

WEIGHT = "w_"
"""Before the name of a part of the score: the parameter of an address that holds its weight, in per cent."""


def open_universe(store: Store, context: Context) -> Universe:
    """All firms of the store, read anew; who asks more than once keeps them."""
    return read_universe(store, context, in_use(store), read_ties(store, context.home), firm_texts(store))


def segment_targets(universe: Universe, wanted: Filter, ranked: pd.DataFrame) -> tuple[pd.DataFrame, Found]:
    """The ranked targets of the filter's segment that it leaves, in its order, and the counts."""
    found = search(universe.index, wanted, targets_among(universe.index, wanted, ranked))
    return kept_targets(universe.index, ranked, found, wanted.sort), found


def all_firms(
    store: Store, context: Context, universe: Universe, wanted: Filter, top: int
) -> tuple[pd.DataFrame, Found]:
    """The first firms of the whole store that the filter leaves, explained, and the counts."""
    found = search(universe.index, wanted)
    rows = found.ordered(universe.index, 0, top)
    return found_firms(store, context, universe, rows, wanted.text, wanted.chain), found


def params_of(query: Mapping[str, str]) -> Params:
    """Parameters with the weights that an address says, the usual ones for parts that it does not name.

    >>> params_of({"w_fit": "80"}).target.weights["fit"]
    0.8
    """
    usual = TargetParams()
    said = {part: int(text) / 100 for part in PARTS if (text := query.get(WEIGHT + part, "")).isdecimal()}
    return Params(target=TargetParams(weights={**usual.weights, **said}))
