"""Trips: order, days and day-to-day changes, worked by hand on three cities; firms of a list chosen by what they cover."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

import pytest

from analysis.visits import VisitParams
from data.regions import resolve_region
from services.context import read_context
from services.list_plan import list_plan, worth_of
from services.lists import NotOwner, add_firms, items_of, new_list
from services.loop import chain_state, targets_of
from services.outreach import Outreach, tell_outreach
from services.presence import load_cube
from services.tours import round_trip
from services.trips import (
    Stop,
    UnknownTrip,
    WrongDays,
    add_stops,
    arrange,
    change_trip,
    crowding,
    delete_trip,
    find_trip,
    move_stops,
    new_trip,
    remove_stops,
    stops_of,
    tour_of,
    trips_of,
)
from services.visits import NothingToVisit

HOME, WUHAN, SHIYAN = "370100", "420100", "420300"
AT = datetime(2026, 3, 2, 9, 0)
FIRST, SECOND, THIRD = date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 11)


def made(store, owner="甲", **rest):
    return new_trip(store, HOME, "湖北行", FIRST, THIRD, actor=owner, at=AT, people="甲、乙", **rest)


def stop(city: str, number: int) -> Stop:
    return Stop(f"{city}-{number}", city, "tiny", "press")


def placed(store, trip) -> list[tuple[str, date]]:
    rows = stops_of(store, trip)
    assert rows.position.to_list() == list(range(1, len(rows) + 1))
    return list(zip(rows.firm_id, rows.on_date, strict=True))


def test_visits_are_ordered_city_by_city_and_a_far_city_begins_a_day(store):
    trip = made(store)
    wanted = [stop(SHIYAN, 1), stop(WUHAN, 1), stop(SHIYAN, 2), stop(WUHAN, 2), stop(WUHAN, 3)]
    assert add_stops(store, trip, wanted, actor="甲", at=AT, per_day=2).new == 5

    # two cities: a round trip is as long either way, the lower code first; Wuhan–Shiyan is 370 km
    assert placed(store, trip) == [
        ("420100-1", FIRST), ("420100-2", FIRST), ("420100-3", SECOND), ("420300-1", THIRD), ("420300-2", THIRD),
    ]  # fmt: skip
    arrange(store, trip, actor="甲", at=AT, per_day=3)
    assert [day for _, day in placed(store, trip)] == [FIRST, FIRST, FIRST, SECOND, SECOND]


def test_the_way_is_that_of_the_visits_as_they_stand_and_too_few_days_are_said(store):
    trip = made(store)
    add_stops(store, trip, [stop(WUHAN, 1), stop(SHIYAN, 1), stop(WUHAN, 2)], actor="甲", at=AT, per_day=3)
    short = tour_of(store, trip, stops_of(store, trip))
    assert short.cities.name.to_list() == ["武汉市", "十堰市"]
    assert crowding(trip, stops_of(store, trip), short) == ""
    move_stops(store, trip, ["420100-2"], THIRD, actor="甲", at=AT)
    longer = tour_of(store, trip, stops_of(store, trip))
    assert longer.cities.name.to_list() == ["武汉市", "十堰市", "武汉市"]
    # there and back between the two twice, and home from Wuhan
    to_wuhan, between = short.cities.leg_km
    assert longer.km == pytest.approx(2 * to_wuhan + 2 * between)
    hurried = new_trip(store, HOME, "一天", FIRST, FIRST, actor="甲", at=AT)
    assert "需要 3 天，行程只有 1 天" in crowding(hurried, stops_of(store, trip), longer)


def test_moved_visits_stand_last_on_their_day_and_removed_ones_leave_no_gap(store):
    trip = made(store)
    add_stops(store, trip, [stop(WUHAN, n) for n in (1, 2, 3, 4)], actor="甲", at=AT, per_day=2)
    move_stops(store, trip, ["420100-1"], SECOND, actor="甲", at=AT)
    assert placed(store, trip) == [
        ("420100-2", FIRST),
        ("420100-3", SECOND),
        ("420100-4", SECOND),
        ("420100-1", SECOND),
    ]
    remove_stops(store, trip, ["420100-3"], actor="甲", at=AT)
    assert placed(store, trip) == [("420100-2", FIRST), ("420100-4", SECOND), ("420100-1", SECOND)]
    with pytest.raises(WrongDays):
        move_stops(store, trip, ["420100-2"], date(2026, 3, 12), actor="甲", at=AT)


def test_a_firm_on_anothers_trip_is_said_before_and_needs_a_reason(store):
    add_stops(store, made(store, "丙", unit="商务局"), [stop(WUHAN, 1)], actor="丙", at=AT)
    trip = made(store)
    added = add_stops(store, trip, [stop(WUHAN, 1), stop(WUHAN, 2)], actor="甲", at=AT)
    assert added.new == 1
    assert added.flagged[0][2] == ("丙（商务局）已排入行程“湖北行”，定于 2026-03-09 拜访",)
    again = add_stops(store, trip, [stop(WUHAN, 1), stop(WUHAN, 2)], actor="甲", at=AT, reason="一起去")
    assert (again.new, again.already) == (1, 1)
    assert stops_of(store, trip).set_index("firm_id").reason["420100-1"] == "一起去"


def test_a_trip_is_its_owners_and_ends_after_it_begins(store):
    trip = made(store, shared=False)
    assert trips_of(store, HOME, "乙") == ()
    with pytest.raises(UnknownTrip):
        find_trip(store, HOME, "湖北行", "乙")
    assert find_trip(store, HOME, "湖北行", "甲").days == (FIRST, SECOND, THIRD)
    with pytest.raises(WrongDays, match="返回不能早于出发"):
        new_trip(store, HOME, "倒着走", SECOND, FIRST, actor="甲", at=AT)
    with pytest.raises(NotOwner):
        delete_trip(store, trip, actor="乙", at=AT)
    delete_trip(store, trip, actor="甲", at=AT)
    assert trips_of(store, HOME, "甲") == ()


def test_when_the_days_change_the_visits_go_with_them(store):
    trip = made(store)
    add_stops(store, trip, [stop(WUHAN, 1), stop(SHIYAN, 1)], actor="甲", at=AT)
    later = date(2026, 4, 1)
    kept = {"people": "丙", "unit": "商务局", "shared": False}
    assert change_trip(store, trip, "四月行", later, later, actor="甲", at=AT, **kept)
    changed = find_trip(store, HOME, "四月行", "甲")
    assert (changed.people, changed.unit, changed.shared, changed.days) == ("丙", "商务局", False, (later,))
    assert placed(store, changed) == [("420100-1", later), ("420300-1", later)]
    assert not change_trip(store, changed, "五月行", later, later, actor="甲", at=AT, **kept)
    with pytest.raises(NotOwner):
        change_trip(store, changed, "乙的", later, later, actor="乙", at=AT, **kept)
    with pytest.raises(WrongDays):
        change_trip(store, changed, "倒着走", later, FIRST, actor="甲", at=AT, **kept)


def test_a_round_trip_says_its_way_and_what_each_city_adds(store):
    found = round_trip(store, resolve_region(store, HOME), [WUHAN, SHIYAN, WUHAN])
    assert found.cities.adcode.to_list() == [WUHAN, SHIYAN]
    first, second = found.cities.leg_km
    home = found.km - first - second
    # without one city the way is there and back to the other
    assert found.cities.detour_km.to_list() == pytest.approx([found.km - 2 * home, found.km - 2 * first])
    assert found.told.startswith("武汉市→十堰市，往返约 1,9")


@pytest.fixture
def listed(store, chain):
    context = read_context(store)
    state = chain_state(store, chain, context, load_cube(store, (chain,)))
    one = new_list(store, HOME, "三月", actor="甲", at=AT)
    add_firms(store, one.list_id, ["420100-3", "420100-2", "420100-8", "420300-20"], "part", "tiny", "甲", AT)
    add_firms(store, one.list_id, ["420300-1"], None, None, "甲", AT)
    worth = worth_of(
        items_of(store, one), lambda _: state, lambda _, segment: targets_of(store, chain, segment, context)
    )
    return store, one, worth


def planned(listed, n_visits, n_cities=None, within=None):
    store, one, worth = listed
    params = VisitParams(within_km=within)
    return list_plan(store, resolve_region(store, HOME), items_of(store, one), worth, n_visits, n_cities, params)


def test_of_a_list_those_that_cover_most_of_their_gap_come_first(listed):
    worth = listed[2].set_index("firm_id")
    # 420300-20 makes no parts, and 420300-1 stands there for nothing: no score
    assert worth.score.notna().to_dict() == {
        "420100-3": True, "420100-2": True, "420100-8": True, "420300-20": False, "420300-1": False,
    }  # fmt: skip
    best = worth.score.dropna().sort_values(ascending=False).index.to_list()
    assert planned(listed, 2).rows.firm_id.to_list() == best[:2]
    one, two = (worth.score[firm] / 200 for firm in best[:2])
    priority = worth.priority[best[0]]
    assert planned(listed, 2).rows.contribution.to_list() == pytest.approx(
        [priority * one * (1 - two), priority * two * (1 - one)]
    )
    whole = planned(listed, 9)
    assert whole.rows.firm_id.to_list()[3:] == ["420300-20", "420300-1"]
    assert whole.told == ("2 家没有得分或所列环节不是缺口，排在有得分的之后",)


def test_cities_distance_and_firms_given_up_limit_the_choice(listed):
    store, one, _ = listed
    assert set(planned(listed, 9, 1).rows.city_code) == {WUHAN}
    with pytest.raises(NothingToVisit, match="5 家不在 500 公里以内"):
        planned(listed, 9, None, 500)
    tell = partial(tell_outreach, store, "tiny", HOME, actor="甲", at=AT)
    tell([("press", firm, Outreach("放弃", None, "已落地")) for firm in ("420100-3", "420100-2", "420100-8")])
    found = planned(listed, 9)
    assert found.rows.firm_id.to_list() == ["420300-20", "420300-1"]
    assert found.told[0] == "3 家已放弃，未排入"
    assert one.n_firms == 0
