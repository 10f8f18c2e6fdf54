"""Trips: who travels when, which firms are visited on which day, in an order that keeps the way short."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pandas as pd

from analysis.tours import NEAR_KM, days_of, days_wanted
from data.regions import Region, resolve_region
from data.sql import load_sql
from data.store import Cursor, Store
from services.admission import Added, admit
from services.audit import record
from services.lists import LONGEST, require_owner, usable
from services.outreach import outreach_of, with_outreach
from services.tours import Tour, as_planned, round_trip

PER_DAY = 3
"""Visits that fit into a day, unless said otherwise."""
LONGEST_TRIP = 60
"""Days."""
_DELETE = ("DELETE FROM trip_stop WHERE trip_id = ?", "DELETE FROM trip WHERE trip_id = ?")


class UnknownTrip(ValueError):
    """No trip of that id or name that the person may see."""

    def __init__(self, asked: str) -> None:
        super().__init__(f"没有行程“{asked}”，或它没有共享给您；请在“名单与行程”页查看现有行程")


class WrongDays(ValueError):
    """Days that end before they begin, or too many of them."""

    def __init__(self, starts_on: date, ends_on: date) -> None:
        super().__init__(f"行程从 {starts_on} 到 {ends_on}：返回不能早于出发，且最多 {LONGEST_TRIP} 天；请改日期")


@dataclass(frozen=True)
class Trip:
    """One trip; ``people`` are those who travel."""

    trip_id: str
    home: str
    name: str
    owner: str
    unit: str
    shared: bool
    people: str
    starts_on: date
    ends_on: date
    created_at: datetime
    n_stops: int

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the trip."""
        return tuple(self.starts_on + timedelta(n) for n in range((self.ends_on - self.starts_on).days + 1))


@dataclass(frozen=True)
class Stop:
    """A firm to visit, in which city, and for which gap (None: for none)."""

    firm_id: str
    city_code: str
    chain_id: str | None
    segment_id: str | None


def trips_of(store: Store, home: str, actor: str) -> tuple[Trip, ...]:
    """The trips of a home region that a person may see, latest departure first."""
    return tuple(Trip(*row) for row in store.rows(load_sql("trips"), {"home": home, "actor": actor}))


def find_trip(store: Store, home: str, asked: str, actor: str) -> Trip:
    """The trip of an id, or of a name, the person's own first. Raises UnknownTrip."""
    known = trips_of(store, home, actor)
    found = [one for one in known if one.trip_id == asked]
    found += sorted((one for one in known if one.name == asked), key=lambda one: one.owner != actor)
    if not found:
        raise UnknownTrip(asked)
    return found[0]


def new_trip(  # noqa: PLR0913 - the fields of one trip
    store: Store,
    home: str,
    name: str,
    starts_on: date,
    ends_on: date,
    *,
    actor: str,
    at: datetime,
    people: str = "",
    unit: str = "",
    shared: bool = True,
) -> Trip:
    """A trip without visits. Raises UnusableText, WrongDays."""
    if not 0 <= (ends_on - starts_on).days < LONGEST_TRIP:
        raise WrongDays(starts_on, ends_on)
    named = usable(name, "行程名称", LONGEST)
    made = Trip(
        secrets.token_hex(6), home, named, actor, unit.strip(), shared, people.strip(), starts_on, ends_on, at, 0
    )
    with store.write() as cursor:
        row = [made.trip_id, home, named, actor, made.unit, shared, made.people, starts_on, ends_on, at]
        cursor.execute("INSERT INTO trip VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        record(cursor, at, actor, "trip_new", f"{made.trip_id} {named}，{starts_on} 至 {ends_on}")
    return made


def change_trip(  # noqa: PLR0913 - the fields of one trip
    store: Store,
    trip: Trip,
    name: str,
    starts_on: date,
    ends_on: date,
    *,
    actor: str,
    at: datetime,
    people: str,
    unit: str,
    shared: bool,
) -> bool:
    """Change what is known of a trip; where its days change its visits are put into order anew, which is returned.

    Raises NotOwner, UnusableText, WrongDays.
    """
    require_owner(trip.name, trip.owner, actor)
    if not 0 <= (ends_on - starts_on).days < LONGEST_TRIP:
        raise WrongDays(starts_on, ends_on)
    named = usable(name, "行程名称", LONGEST)
    changed = replace(trip, name=named, starts_on=starts_on, ends_on=ends_on)
    with store.write() as cursor:
        cursor.execute(
            "UPDATE trip SET name = ?, people = ?, unit = ?, shared = ?, starts_on = ?, ends_on = ? WHERE trip_id = ?",
            [named, people.strip(), unit.strip(), shared, starts_on, ends_on, trip.trip_id],
        )
        record(cursor, at, actor, "trip_change", f"{trip.trip_id} {named}，{starts_on} 至 {ends_on}")
        held = _held(cursor, trip) if changed.days != trip.days else []
        if held:
            _order(store, cursor, changed, held, resolve_region(store, trip.home), PER_DAY)
    return bool(held)


def delete_trip(store: Store, trip: Trip, *, actor: str, at: datetime) -> None:
    """Take a trip away; what was told of its firms stays. Raises NotOwner."""
    require_owner(trip.name, trip.owner, actor)
    with store.write() as cursor:
        for sql in _DELETE:
            cursor.execute(sql, [trip.trip_id])
        record(cursor, at, actor, "trip_delete", f"{trip.trip_id} {trip.name}，{trip.n_stops} 家")


def stops_of(store: Store, trip: Trip) -> pd.DataFrame:
    """The visits in their order, with what was told of the firms.

    position, on_date, city_code, city, firm_id, name, region, address, founded_on, capital_cny, products, as_of, chain_id,
    segment_id, reason (why in spite of a claim), added_at, added_by, contact_state, visited_on, visit_note, next_step.
    """
    rows = store.query(load_sql("trip_stops"), [trip.trip_id])
    rows["on_date"] = pd.to_datetime(rows.on_date).dt.date
    return with_outreach(rows, outreach_of(store, trip.home))


def add_stops(
    store: Store,
    trip: Trip,
    stops: Sequence[Stop],
    *,
    actor: str,
    at: datetime,
    reason: str = "",
    per_day: int = PER_DAY,
) -> Added:
    """Put firms on a trip, then order it anew; those that someone else follows only with a reason, which is recorded."""
    with store.write() as cursor:
        held = {row.firm_id: row for row in _held(cursor, trip)}
        fresh = {stop.firm_id: stop for stop in stops if stop.firm_id not in held}
        admitted = admit(store, trip.home, fresh, actor, reason, unit=trip.unit, besides=trip.trip_id)
        taken = [fresh[firm] for firm in admitted.taken]
        for stop in taken:
            row = [trip.trip_id, 0, trip.starts_on, stop.city_code, stop.firm_id, stop.chain_id, stop.segment_id]
            told = [admitted.why(stop.firm_id), at, actor]
            cursor.execute("INSERT INTO trip_stop VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*row, *told])
            record(cursor, at, actor, "trip_add", f"{trip.trip_id} {stop.firm_id}{admitted.noted(stop.firm_id)}")
        if taken:
            home = resolve_region(store, trip.home)
            _order(store, cursor, trip, [*held.values(), *taken], home, per_day)
    return Added(len(taken), len(stops) - len(fresh), admitted.held(store), "行程")


def arrange(store: Store, trip: Trip, *, actor: str, at: datetime, per_day: int = PER_DAY) -> Tour:
    """Order all visits anew: cities along a short round trip, days filled one after the other."""
    home = resolve_region(store, trip.home)
    with store.write() as cursor:
        found = _order(store, cursor, trip, _held(cursor, trip), home, per_day)
        record(cursor, at, actor, "trip_arrange", f"{trip.trip_id} 每天最多 {per_day} 家")
    return found


def tour_of(store: Store, trip: Trip, stops: pd.DataFrame) -> Tour:
    """The round trip through the cities of the visits as they stand."""
    return as_planned(store, resolve_region(store, trip.home), list(stops.city_code))


def crowding(trip: Trip, stops: pd.DataFrame, found: Tour, per_day: int = PER_DAY) -> str:
    """A sentence where the days are too few for the visits, '' where they are enough.

    found : of :func:`tour_of`
    """
    legs = iter(found.cities.leg_km)
    cities = list(stops.city_code)
    far = [next(legs, float("nan")) if n == 0 or city != cities[n - 1] else 0.0 for n, city in enumerate(cities)]
    wanted = days_wanted(cities, far, per_day)
    n_wanted = wanted[-1] + 1 if wanted else 0
    if n_wanted <= len(trip.days):
        return ""
    return (
        f"日程偏紧：每天最多 {per_day} 家、相距 {NEAR_KM:.0f} 公里以上的城市不排在同一天，需要 {n_wanted} 天，"
        f"行程只有 {len(trip.days)} 天；可减少城市，或延长行程"
    )


def move_stops(store: Store, trip: Trip, firms: Iterable[str], day: date, *, actor: str, at: datetime) -> None:
    """Visit firms on another day of the trip, after those of that day. Raises WrongDays (no day of the trip)."""
    if day not in trip.days:
        raise WrongDays(trip.starts_on, trip.ends_on)
    moved = set(firms)
    with store.write() as cursor:
        rows = cursor.execute(
            "SELECT firm_id, on_date FROM trip_stop WHERE trip_id = ? ORDER BY position", [trip.trip_id]
        ).fetchall()
        days = {firm: day if firm in moved else kept for firm, kept in rows}
        order = sorted(days, key=lambda firm: (days[firm], firm in moved))
        _place(cursor, trip, [(firm, days[firm]) for firm in order])
        record(cursor, at, actor, "trip_move", f"{trip.trip_id} {len(moved)} 家 → {day}")


def remove_stops(store: Store, trip: Trip, firms: Iterable[str], *, actor: str, at: datetime) -> None:
    """Take firms off a trip; the days of the others stay."""
    with store.write() as cursor:
        for firm in firms:
            cursor.execute("DELETE FROM trip_stop WHERE trip_id = ? AND firm_id = ?", [trip.trip_id, firm])
            record(cursor, at, actor, "trip_remove", f"{trip.trip_id} {firm}")
        rows = cursor.execute(
            "SELECT firm_id, on_date FROM trip_stop WHERE trip_id = ? ORDER BY position", [trip.trip_id]
        ).fetchall()
        _place(cursor, trip, rows)


def _held(cursor: Cursor, trip: Trip) -> list[Stop]:
    rows = cursor.execute(
        "SELECT firm_id, city_code, chain_id, segment_id FROM trip_stop WHERE trip_id = ? ORDER BY position",
        [trip.trip_id],
    ).fetchall()
    return [Stop(*row) for row in rows]


def _order(store: Store, cursor: Cursor, trip: Trip, stops: Sequence[Stop], home: Region, per_day: int) -> Tour:
    found = round_trip(store, home, [stop.city_code for stop in stops])
    cities = list(found.cities.adcode)
    legs = dict(zip(cities, found.cities.leg_km, strict=True))
    ordered = sorted(stops, key=lambda stop: cities.index(stop.city_code) if stop.city_code in cities else len(cities))
    days = days_of(
        [stop.city_code for stop in ordered],
        [legs.get(stop.city_code, float("nan")) for stop in ordered],
        len(trip.days),
        per_day,
    )
    _place(cursor, trip, [(stop.firm_id, trip.days[day]) for stop, day in zip(ordered, days, strict=True)])
    return found


def _place(cursor: Cursor, trip: Trip, order: Sequence[tuple[str, date]]) -> None:
    for position, (firm, day) in enumerate(order, 1):
        cursor.execute(
            "UPDATE trip_stop SET position = ?, on_date = ? WHERE trip_id = ? AND firm_id = ?",
            [position, day, trip.trip_id, firm],
        )
