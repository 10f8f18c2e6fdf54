"""Which cities to travel to when days are few: what visits there cover against the time that the way takes.

A day holds so many visits, and the way takes the time of visits: a round trip of L km leaves

    visits = days · per_day − visits held − L / km_per_visit .

Cities are added one at a time where visits then cover most (``analysis.visits``), then exchanged as long as that is better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analysis.tours import FloatArray, days_wanted, tour_km
from analysis.visits import Choice, IntArray, fill_inside

EXCHANGES = 3


@dataclass(frozen=True)
class JourneyParams:
    """How days are filled.

    days : of the journey; per_day : visits that fit into a day
    km_per_visit : km of the way that take as long as a visit; an assumption: about two and a half hours by fast train
    tried : places that are worth most by themselves; only they are considered
    """

    days: int
    per_day: int = 3
    km_per_visit: float = 400.0
    tried: int = 40


@dataclass(frozen=True)
class Journey:
    """Places in the order of a round trip, its length, and the firms (their numbers) visited there anew."""

    order: tuple[int, ...]
    km: float
    firms: tuple[int, ...]
    value: float


@dataclass(frozen=True)
class Ground:
    """What a journey is chosen from.

    choice : the firms; place : of each, its row in ``km``
    km : distances, home is 0; held : place of each visit that is planned already, in its order
    """

    choice: Choice
    place: IntArray
    km: FloatArray
    n_visits: int
    held: tuple[int, ...] = ()


def plan_journey(ground: Ground, params: JourneyParams) -> Journey:
    """The journey that covers most; without firms where no day has room.

    Examples
    --------
    One firm 100 km away, a better one 1,500 km away. A day holds three visits: the way there and back takes 0.5 and 7.5.

    >>> choice = Choice(("near", "far"), np.array([50.0]), np.array([[0.3, 0.45]]), np.array([0, 1]))
    >>> km = np.array([[0.0, 100, 1500], [100, 0, 1500], [1500, 1500, 0]])
    >>> ground = Ground(choice, np.array([1, 2]), km, n_visits=2)
    >>> plan_journey(ground, JourneyParams(days=1)).order, plan_journey(ground, JourneyParams(days=4)).order
    ((1,), (1, 2))
    """
    begin = Journey(tuple(dict.fromkeys(ground.held)), 0.0, (), 0.0)
    alone = {int(one): _with(begin, int(one), ground, params) for one in np.unique(ground.place)}
    known = {one: found.value for one, found in alone.items() if found is not None}
    places = sorted(known, key=lambda one: (-known[one], one))[: params.tried]
    best = _grown(begin, places, ground, params)
    for _ in range(EXCHANGES):
        tried = [_grown(_without(best, out), _others(places, out), ground, params) for out in _new(best, ground)]
        better = max(tried, key=lambda one: one.value, default=best)
        if better.value <= best.value:
            break
        best = better
    return best


def _grown(journey: Journey, places: Sequence[int], ground: Ground, params: JourneyParams) -> Journey:
    """The journey with the place that makes it cover most, again and again until none does."""
    while True:
        found = [_with(journey, one, ground, params) for one in places]
        better = max((one for one in found if one is not None), key=lambda one: one.value, default=journey)
        if better.value <= journey.value:
            return journey
        journey = better


def _with(journey: Journey, place: int, ground: Ground, params: JourneyParams) -> Journey | None:
    """The journey through one place more, by the least detour; None where the days do not hold it."""
    order = journey.order if place in journey.order else _inserted(journey.order, place, ground.km)
    room = params.days * params.per_day - len(ground.held) - tour_km(ground.km, order) / params.km_per_visit
    if room < 1:
        return None
    inside = np.flatnonzero(np.isin(ground.place, order))
    firms = fill_inside(ground.choice, inside, min(ground.n_visits, int(room)))
    visits = Counter([*ground.held, *(int(one) for one in ground.place[firms])])
    stops = tuple(one for one in order if visits[one])
    if _days(stops, visits, ground.km, params.per_day) > params.days:
        return None
    return Journey(stops, tour_km(ground.km, stops), tuple(int(one) for one in firms), ground.choice.value(firms))


def _inserted(order: tuple[int, ...], place: int, km: FloatArray) -> tuple[int, ...]:
    found = ((*order[:at], place, *order[at:]) for at in range(len(order) + 1))
    return min(found, key=lambda one: tour_km(km, one))


def _days(order: Sequence[int], visits: Counter[int], km: FloatArray, per_day: int) -> int:
    stops = [place for place in order for _ in range(visits[place])]
    legs = [0.0, *(float(km[one, other]) for one, other in pairwise(stops))]
    return max(days_wanted([str(one) for one in stops], legs, per_day), default=-1) + 1


def _new(journey: Journey, ground: Ground) -> list[int]:
    return [one for one in journey.order if one not in ground.held]


def _without(journey: Journey, place: int) -> Journey:
    return Journey(tuple(one for one in journey.order if one != place), 0.0, (), 0.0)


def _others(places: Collection[int], out: int) -> list[int]:
    return [one for one in places if one != out]
