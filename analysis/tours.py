"""The order in which to travel: a short round trip through cities, and which day each visit falls on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.targets import distance_km

FloatArray = NDArray[np.float64]
EXACT = 9
"""Up to so many cities the shortest tour is found; beyond, a short one."""
NEAR_KM = 120.0
"""A city within this distance of the one before may be visited on the same day."""


def distances(longitude: pd.Series, latitude: pd.Series) -> FloatArray:
    """Great-circle distances in km between every two places (``analysis.targets.distance_km``)."""
    at = list(zip(longitude.astype(float), latitude.astype(float), strict=True))
    return np.array([distance_km(longitude, latitude, place).to_numpy() for place in at], dtype=float)


def tour(km: FloatArray) -> tuple[int, ...]:
    """The places 1, 2, … in the order of a round trip that begins and ends at place 0.

    Up to nine places the shortest (Held & Karp 1962, J. SIAM 10), beyond a nearest-neighbour tour improved by exchanging
    two edges until none helps (Croes 1958, Operations Research 6). Of the two directions the one that begins at the lower
    number.

    km : symmetric distances, none missing

    Examples
    --------
    A square with the places numbered across: around it, not across it.

    >>> at = np.array([0, 1 + 1j, 1, 1j])
    >>> tour(abs(at[:, None] - at))
    (2, 1, 3)
    """
    n = len(km) - 1
    if n < 3:
        return tuple(range(1, n + 1))
    order = _shortest(km) if n <= EXACT else _improved(km, _nearest(km))
    return order if order[0] < order[-1] else order[::-1]


def tour_km(km: FloatArray, order: Sequence[int]) -> float:
    """Length of the round trip from place 0 through ``order``."""
    return float(sum(km[one, other] for one, other in pairwise((0, *order, 0))))


def detours(km: FloatArray, order: Sequence[int]) -> list[float]:
    """By how many km the round trip is longer for each of its places: against the best order of the others."""
    whole = tour_km(km, order)
    found = []
    for place in order:
        kept = [0, *(other for other in order if other != place)]
        rest = km[np.ix_(kept, kept)]
        found.append(whole - tour_km(rest, tour(rest)))
    return found


def days_of(cities: Sequence[str], legs: Sequence[float], n_days: int, per_day: int) -> tuple[int, ...]:
    """The day, from 0, of each visit in order: a full day is followed by the next, and so is a leg longer than ``NEAR_KM``.

    Where that takes more days than there are, the visits are spread over the days as evenly as they can be.

    cities : of the visits, those of one city together; legs : km from the visit before (0 within a city, NaN unknown)

    Examples
    --------
    >>> days_of(["a", "a", "a", "b", "c"], [0, 0, 0, 50, 300], 4, 2)
    (0, 0, 1, 1, 2)
    >>> days_of(["a", "b", "c"], [0, 300, 300], 2, 2)
    (0, 0, 1)
    """
    days = days_wanted(cities, legs, per_day)
    if days and days[-1] >= n_days:
        return tuple(number * n_days // len(cities) for number in range(len(cities)))
    return days


def days_wanted(cities: Sequence[str], legs: Sequence[float], per_day: int) -> tuple[int, ...]:
    """As :func:`days_of`, with as many days as it takes.

    >>> days_wanted(["a", "b", "c"], [0, 300, 300], 2)
    (0, 1, 2)
    """
    days: list[int] = []
    today = 0
    for number in range(len(cities)):
        far = number > 0 and cities[number] != cities[number - 1] and not legs[number] <= NEAR_KM
        full = today >= per_day or (far and today > 0)
        days.append((days[-1] if days else 0) + full)
        today = 1 if full else today + 1
    return tuple(days)


def _shortest(km: FloatArray) -> tuple[int, ...]:
    """Held and Karp: least length of a path from 0 through a set of places that ends at one of them."""
    n = len(km) - 1
    best: dict[tuple[int, int], tuple[float, int]] = {(1 << last, last): (km[0, last + 1], -1) for last in range(n)}
    for places in range(1, 1 << n):
        inside = [place for place in range(n) if places >> place & 1]
        if len(inside) < 2:
            continue
        for last in inside:
            before = places ^ (1 << last)
            best[places, last] = min(
                (best[before, prior][0] + km[prior + 1, last + 1], prior) for prior in inside if prior != last
            )
    places = (1 << n) - 1
    last = min(range(n), key=lambda place: (best[places, place][0] + km[place + 1, 0], place))
    order = []
    while last >= 0:
        order.append(last + 1)
        places, last = places ^ (1 << last), best[places, last][1]
    return tuple(order[::-1])


def _nearest(km: FloatArray) -> list[int]:
    order, left = [0], set(range(1, len(km)))
    while left:
        order.append(min(left, key=lambda place: (km[order[-1], place], place)))
        left.remove(order[-1])
    return order[1:]


def _improved(km: FloatArray, order: list[int]) -> tuple[int, ...]:
    better = True
    while better:
        better = False
        for begin in range(len(order) - 1):
            for end in range(begin + 2, len(order) + 1):
                tried = order[:begin] + order[begin:end][::-1] + order[end:]
                if tour_km(km, tried) < tour_km(km, order) - 1e-9:
                    order, better = tried, True
    return tuple(order)
