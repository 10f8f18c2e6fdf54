"""The cities that a trip of so many days can take in, chosen among those of candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.journeys import Ground, JourneyParams, plan_journey
from analysis.tours import distances
from analysis.visits import Choice
from data.regions import Region
from data.sql import load_sql
from data.store import Store


class NoDayFree(ValueError):
    """The days do not hold another visit."""

    def __init__(self, days: int, n_held: int) -> None:
        held = f"已排 {n_held} 家，" if n_held else ""
        super().__init__(f"{held}{days} 天里排不下更多拜访；可延长行程，或把“城市”改为不按天数")


@dataclass(frozen=True)
class Days:
    """Days to fill, and the city of each visit that is planned already, in its order."""

    days: int
    held: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reach:
    """Cities that the days hold, how many visits there, and how they were chosen in a sentence."""

    cities: frozenset[str]
    n_visits: int
    told: str


def reach(store: Store, home: Region, choice: Choice, cities: Sequence[str], n_visits: int, days: Days) -> Reach:
    """The cities whose firms cover most, the time of the way counted.

    cities : code of the city of each firm of the choice; firms whose city has no known place are left out.
    Raises NoDayFree.
    """
    params = JourneyParams(days.days)
    places = store.query(load_sql("city_places"), {"codes": sorted({*cities, *days.held})}).dropna()
    if home.longitude is None or home.latitude is None or places.empty:
        raise NoDayFree(days.days, len(days.held))
    begin = pd.DataFrame({"longitude": [home.longitude], "latitude": [home.latitude]})
    at = pd.concat([begin, places[["longitude", "latitude"]]], ignore_index=True)
    number = {code: n for n, code in enumerate(places.adcode, 1)}
    known = [n for n, code in enumerate(cities) if code in number]
    part = Choice(tuple(choice.firms[n] for n in known), choice.priority, choice.chance[:, known], choice.city[known])
    ground = Ground(
        part,
        np.array([number[cities[n]] for n in known], dtype=np.int64),
        distances(at.longitude, at.latitude),
        n_visits,
        tuple(number[code] for code in days.held if code in number),
    )
    found = plan_journey(ground, params)
    if not found.firms:
        raise NoDayFree(days.days, len(days.held))
    codes = frozenset(places.adcode.iloc[place - 1] for place in found.order)
    told = (
        f"按 {days.days} 天、每天最多 {params.per_day} 家、每 {params.km_per_visit:.0f} 公里路程占一次拜访的时间（假定），"
        f"在 {len(set(cities))} 座城市中选出 {len(codes)} 座"
    )
    return Reach(codes, len(found.firms), told)
