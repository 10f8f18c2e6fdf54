"""The firms that a filter leaves, as the page, the command line and the export all list them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.search.filter import FACETS, Filter
from analysis.search.index import Found, search
from analysis.targets import PARTS, TargetParams
from chains.words import ROLES
from data.store import Store
from services.context import Context
from services.found_firms import found_firms, kept_targets, targets_among
from services.known_firms import read_known
from services.loop import Params
from services.packages import in_use
from services.search import Universe, firm_texts, read_universe
from services.ties import read_ties

_NAMED = 12
WEIGHT = "w_"
"""Before the name of a part of the score: the parameter of an address that holds its weight, in per cent."""


def open_universe(store: Store, context: Context) -> Universe:
    """All firms of the store, read anew; who asks more than once keeps them."""
    ties, texts = read_ties(store, context.home), firm_texts(store)
    return read_universe(store, in_use(store), ties, texts, read_known(store, context))


class UnknownChoice(ValueError):
    """A choice that a facet does not have."""

    def __init__(self, facet: str, choice: str, words: Mapping[str, str]) -> None:
        known = "、".join(f"{key}（{word}）" for key, word in list(words.items())[:_NAMED])
        more = f" 等 {len(words)} 项" if len(words) > _NAMED else ""
        super().__init__(f"筛选项“{FACETS[facet]}”没有“{choice}”这个选项；可用：{known}{more}")


def in_ids(universe: Universe, wanted: Filter) -> Filter:
    """The filter with its choices by id, where they were given by word: 山东省, 济南市, 制造. Raises UnknownChoice."""
    for name, choices in wanted.chosen:
        words = ROLES if name == "role" else universe.index.facets[name].words
        wanted = wanted.with_choices(name, [_id_of(name, choice, words) for choice in choices])
    return wanted


def _id_of(facet: str, choice: str, words: Mapping[str, str]) -> str:
    """The id, that of the very word, or that of the only word which ends so."""
    if choice in words:
        return choice
    named = [key for key, word in words.items() if word == choice]
    ending = [key for key, word in words.items() if word.endswith(choice)]
    if not named and len(ending) != 1:
        raise UnknownChoice(facet, choice, words)
    return (named or ending)[0]


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
    return found_firms(context, universe, rows, wanted.text, wanted.chain), found


def params_of(query: Mapping[str, str]) -> Params:
    """Parameters with the weights that an address says, the usual ones for parts that it does not name.

    >>> params_of({"w_fit": "80"}).target.weights["fit"]
    0.8
    """
    usual = TargetParams()
    said = {part: int(text) / 100 for part in PARTS if (text := query.get(WEIGHT + part, "")).isdecimal()}
    return Params(target=TargetParams(weights={**usual.weights, **said}))
