"""Whom to visit when visits and cities are few: the firms that together cover most gap priority.

A visit to firm i closes gap g with chance p·score_ig/100, one visit regardless of the others, so that visits V cover

    value(V) = Σ_g priority_g · (1 − Π_{i ∈ V} (1 − p · score_ig / 100)).

The second visit for a gap is worth less than the first, and a firm that suits several gaps counts for all of them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.visit_program import VisitProgram

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

SPARE, SWAPS = 8, 3
"""Cities beyond the limit that are tried in exchange, and how often."""


@dataclass(frozen=True)
class VisitParams:
    """How visits are valued and how long the best list is sought.

    success : p, the chance that a visit to a target of score 100 closes its gap; an assumption, no estimate
    per_gap : best targets of each gap that are candidates
    within_km : candidates are within this distance of the home region (None: anywhere)
    tolerance : share of the bound that the list may miss
    rounds, nodes : limits of the search, reached before the time on any usual machine, so that the list does not depend on
        it; seconds : the time limit
    """

    success: float = 0.5
    per_gap: int = 50
    tolerance: float = 0.01
    rounds: int = 4
    nodes: int = 100
    seconds: float = 1.5
    within_km: float | None = None


@dataclass(frozen=True)
class Plan:
    """The chosen firms and what is known of how good they are.

    firms : ids; value : priority that they cover (priority points)
    bound : no list of as many visits and cities covers more; greedy : value of always taking the best next visit
    method : milp or greedy, whichever found the list
    """

    firms: tuple[str, ...]
    value: float
    bound: float
    greedy: float
    method: str

    @property
    def missed(self) -> float:
        """Share of the bound that the list misses, 0–1: how far it is from the best at most."""
        return max(0.0, 1.0 - self.value / self.bound) if self.bound > 0 else 0.0


@dataclass(frozen=True)
class Choice:
    """Gaps × firms as arrays: priority of each gap, chance that a visit closes it, city of each firm as a number."""

    firms: tuple[str, ...]
    priority: FloatArray
    chance: FloatArray
    city: IntArray

    def value(self, chosen: IntArray) -> float:
        """Priority that visits to these firms cover."""
        return float(self.priority @ (1.0 - self.left(chosen)))

    def left(self, chosen: IntArray) -> FloatArray:
        """Share of each gap that visits to these firms leave open."""
        return np.asarray(np.prod(1.0 - self.chance[:, chosen], axis=1))

    def gains(self, chosen: IntArray) -> FloatArray:
        """What one more visit to each firm would add."""
        return np.asarray((self.priority * self.left(chosen)) @ self.chance)


def choice_of(candidates: pd.DataFrame, priority: pd.Series, params: VisitParams = VisitParams()) -> Choice:
    """Arrays of the candidates, firms in the order of their ids.

    Parameters
    ----------
    candidates : segment_id, firm_id, city, score (0–100); one row a gap and firm
    priority : of the gaps by segment_id
    """
    firms = sorted(set(candidates.firm_id))
    chance = np.zeros((len(priority), len(firms)))
    row, column = priority.index.get_indexer(candidates.segment_id), np.searchsorted(firms, candidates.firm_id)
    chance[row, column] = params.success * candidates.score.to_numpy(dtype=float) / 100.0
    city = candidates.drop_duplicates("firm_id").set_index("firm_id").city.reindex(firms)
    return Choice(tuple(firms), priority.to_numpy(dtype=float), chance, pd.factorize(city, sort=True)[0])


def plan_visits(
    choice: Choice, n_visits: int, n_cities: int | None = None, params: VisitParams = VisitParams()
) -> Plan:
    """The list of at most ``n_visits`` firms in at most ``n_cities`` cities that covers most priority.

    Returns
    -------
    the best list found, with an upper bound on any (see ``analysis.visit_program``).

    Examples
    --------
    Two gaps worth 50 and 40; firm a suits both, b only the first and better. One visit: a; two visits: both.

    >>> rows = pd.DataFrame({"segment_id": ["x", "y", "x"], "firm_id": ["a", "a", "b"], "city": 1, "score": [60, 60, 90]})
    >>> choice = choice_of(rows, pd.Series({"x": 50.0, "y": 40.0}))
    >>> plan_visits(choice, 1).firms, round(plan_visits(choice, 1).value, 6)
    (('a',), 27.0)
    >>> plan_visits(choice, 2).firms
    ('a', 'b')
    """
    n_places = int(choice.city.max()) + 1
    limit = n_places if n_cities is None else min(n_cities, n_places)
    program = VisitProgram(choice.priority, choice.chance, choice.city, n_visits, limit)
    greedy = fill_greedily(choice, [], n_visits, limit)
    places = program.relax(choice.value(greedy))
    favoured = np.argsort(-places, kind="stable")
    best = _better(choice, greedy, _inside(choice, favoured[:limit], n_visits))
    if limit < n_places and not program.near(choice.value(best), params.tolerance):
        best = _swapped(choice, best, favoured[: limit + SPARE], n_visits)
    until = time.monotonic() + params.seconds
    for _ in range(params.rounds):
        if program.near(choice.value(best), params.tolerance) or time.monotonic() >= until:
            break
        enough = choice.value(best) * (1.0 + params.tolerance)
        program.relax(enough)
        found, solved = program.solve(enough, params.tolerance / 2, params.nodes, until - time.monotonic())
        if found is None:
            break
        best = _better(choice, best, fill_greedily(choice, found, n_visits, limit))
        program.touch(np.isin(np.arange(len(choice.firms)), found).astype(float))
        if not solved:
            break
    value = choice.value(best)
    method = "greedy" if value <= choice.value(greedy) else "milp"
    firms = tuple(choice.firms[i] for i in best)
    return Plan(firms, value, max(program.bound, value), choice.value(greedy), method)


def fill_greedily(choice: Choice, chosen: Sequence[int] | IntArray, n_visits: int, n_cities: int) -> IntArray:
    """The chosen firms, and then always the one that adds most while visits and cities last; of equals the first."""
    taken = [int(one) for one in chosen]
    while len(taken) < min(n_visits, len(choice.firms)):
        gains = choice.gains(np.array(taken, dtype=np.int64))
        gains[taken] = -1.0
        cities = set(choice.city[taken])
        if len(cities) >= n_cities:
            gains[~np.isin(choice.city, list(cities))] = -1.0
        best = int(np.argmax(gains))
        if gains[best] <= 0.0:
            break
        taken.append(best)
    return np.array(sorted(taken), dtype=np.int64)


def _inside(choice: Choice, cities: Iterable[int], n_visits: int) -> IntArray:
    """The greedy list in some cities."""
    return fill_inside(choice, np.flatnonzero(np.isin(choice.city, list(cities))), n_visits)


def fill_inside(choice: Choice, inside: IntArray, n_visits: int) -> IntArray:
    """The greedy list among some of the firms, by their numbers."""
    part = Choice(
        tuple(choice.firms[i] for i in inside), choice.priority, choice.chance[:, inside], choice.city[inside]
    )
    return inside[fill_greedily(part, [], n_visits, len(choice.firms))]


def _swapped(choice: Choice, best: IntArray, favoured: IntArray, n_visits: int) -> IntArray:
    """The list after exchanging one of its cities for a favoured one as long as that makes it better, a few times."""
    for _ in range(SWAPS):
        own = sorted(set(choice.city[best]))
        others = [int(city) for city in favoured if city not in own]
        tried = [_inside(choice, [c for c in own if c != out] + [new], n_visits) for out in own for new in others]
        better = reduce(lambda one, other: _better(choice, one, other), tried, best)
        if better is best:
            break
        best = better
    return best


def _better(choice: Choice, one: IntArray, other: IntArray) -> IntArray:
    return other if choice.value(other) > choice.value(one) else one
