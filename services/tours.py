"""Cities in the order of a short round trip from the home region, and what each adds to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from analysis.tours import detours, distances, tour, tour_km
from data.regions import Region
from data.sql import load_sql
from data.store import Store


@dataclass(frozen=True)
class Tour:
    """A round trip through cities.

    cities : one row a city in the order of travel: adcode, name, leg_km (from the place before), detour_km (by how much the
        round trip is longer for it); NaN where a place is unknown, such cities come last
    km : length of the round trip through the cities whose place is known
    """

    cities: pd.DataFrame
    km: float

    @property
    def told(self) -> str:
        """The tour in words."""
        unknown = int(self.cities.leg_km.isna().sum())
        more = f"，另 {unknown} 座城市坐标不明，未计" if unknown else ""
        return f"{'→'.join(self.cities.name)}，往返约 {self.km:,.0f} 公里（区划中心间的直线距离）{more}"


def round_trip(store: Store, home: Region, cities: Iterable[str]) -> Tour:
    """The round trip from the home region through cities given by code; the home city itself comes first."""
    rows = store.query(load_sql("city_places"), {"codes": sorted(set(cities))})
    known = rows[rows.longitude.notna() & rows.latitude.notna()].reset_index(drop=True)
    unknown = rows[~rows.adcode.isin(known.adcode)].assign(leg_km=float("nan"), detour_km=float("nan"))
    if home.longitude is None or home.latitude is None or known.empty:
        return Tour(rows.assign(leg_km=float("nan"), detour_km=float("nan")), 0.0)
    begin = pd.DataFrame({"longitude": [home.longitude], "latitude": [home.latitude]})
    places = pd.concat([begin, known[["longitude", "latitude"]]], ignore_index=True)
    km = distances(places.longitude, places.latitude)
    order = tour(km)
    legs = [km[before, place] for before, place in zip((0, *order), order, strict=False)]
    ordered = known.iloc[[place - 1 for place in order]].assign(leg_km=legs, detour_km=detours(km, order))
    whole = pd.concat([ordered, unknown], ignore_index=True) if len(unknown) else ordered.reset_index(drop=True)
    return Tour(whole, tour_km(km, order))


def as_planned(store: Store, home: Region, cities: Sequence[str]) -> Tour:
    """The round trip from the home region through cities in the order given; one that comes twice in a row counts once.

    Of a trip that was made by hand nothing is said of detours.
    """
    rows = store.query(load_sql("city_places"), {"codes": sorted(set(cities))}).set_index("adcode", drop=False)
    codes = [code for code, _ in groupby(cities) if code in rows.index]
    ordered = rows.loc[codes].reset_index(drop=True)
    whole = ordered.assign(leg_km=float("nan"), detour_km=float("nan"))
    known = ordered[ordered.longitude.notna() & ordered.latitude.notna()]
    if home.longitude is None or home.latitude is None or known.empty:
        return Tour(whole, 0.0)
    begin = pd.DataFrame({"longitude": [home.longitude], "latitude": [home.latitude]})
    places = pd.concat([begin, known[["longitude", "latitude"]]], ignore_index=True)
    km = distances(places.longitude, places.latitude)
    order = range(1, len(places))
    whole.loc[known.index, "leg_km"] = [km[place - 1, place] for place in order]
    return Tour(whole, tour_km(km, list(order)))
