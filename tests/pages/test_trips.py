"""名单与行程: every control moved, and what others follow said before it is added."""

from __future__ import annotations

import shutil
from datetime import date, datetime

import pytest

from pages import cached, cached_lists
from pages.components.actions import PERSON
from pages.components.ticks import Ticks
from services.day_sheet import Ground, sheet_file, trip_sheet
from services.lists import add_firms, comments_of, find_list, items_of, lists_of, new_list
from services.outreach import Outreach, outreach_of, tell_outreach
from services.trips import Stop, add_stops, find_trip, new_trip, stops_of, trips_of
from tests.pages.conftest import notices, text_of

CHAIN = "powder_metallurgy"
AT = datetime(2026, 10, 8, 9, 0)


WRITTEN = ("firm_list", "firm_list_item", "firm_list_comment", "trip", "trip_stop", "outreach_event")


@pytest.fixture(scope="module")
def one_copy(demo_file, tmp_path_factory):
    """A copy of the demo for all tests of this file: what one computed, the next finds in the cache."""
    path = tmp_path_factory.mktemp("trips") / "copy.duckdb"
    shutil.copy(demo_file, path)
    return path


@pytest.fixture
def database(one_copy, monkeypatch):
    """That copy without any list, trip or outreach."""
    monkeypatch.setenv(cached.DATABASE, str(one_copy))
    with cached.store().write() as cursor:
        for table in WRITTEN:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a name from above
    return one_copy


@pytest.fixture
def best(database):
    """The best target of each of three gaps that is on no other gap and has no project here: segment and firm."""
    found: dict[str, str] = {}
    for segment in cached.state(CHAIN).gaps.segment_id.head(3):
        ranked = cached.targets(CHAIN, segment)
        free = ranked[(ranked.n_projects == 0) & ~ranked.firm_id.isin(found.values())]
        found[segment] = str(free.firm_id.iloc[0])
    return list(found.items())


@pytest.fixture
def listed(best):
    """A list of 甲 with those firms."""
    one = new_list(cached.store(), home(), "十月拜访", actor="甲", at=AT)
    for segment, firm in best:
        add_firms(cached.store(), one.list_id, [firm], segment, CHAIN, "甲", AT)
    return one


def home() -> str:
    return cached.context().home.adcode


def tick(app, scope: str, *ids: str):
    app.session_state["ticks"] = {scope: Ticks(list(ids))}
    return app.run()


def as_person(app, name: str):
    app.session_state[PERSON] = name
    return app.run()


def test_a_new_list_is_the_persons_own_and_opens(database, visit):
    app = as_person(visit("trips"), "甲")
    assert "还没有名单" in text_of(app)
    app.text_input(key="list_name").set_value("十月拜访")
    app.text_input(key="list_unit").set_value("招商局")
    app.toggle(key="list_shared").set_value(False)
    app.button(key="list_new").click().run()

    [one] = lists_of(cached.store(), home(), "甲")
    assert (one.name, one.owner, one.unit, one.shared) == ("十月拜访", "甲", "招商局", False)
    assert app.query_params["list_id"] == one.list_id
    assert "甲（招商局），仅自己可见，0 家" in text_of(app)
    assert "没有名单" in text_of(as_person(visit("trips", list_id=one.list_id), "乙"))


def test_a_state_is_told_for_the_ticked_firms_and_holds_everywhere(listed, best, visit):
    app = as_person(visit("trips", list_id=listed.list_id), "甲")
    firms = [firm for _, firm in best[:2]]
    tick(app, f"list/{listed.list_id}", *firms)
    app.selectbox(key="told_state").set_value("放弃").run()
    app.button(key="tell").click().run()
    assert "要写明原因" in notices(app, "failed")[0]

    app.selectbox(key="told_state").set_value("已拜访")
    app.date_input(key="told_day").set_value(date(2026, 10, 8))
    app.text_input(key="told_note").set_value("愿意来看")
    app.text_input(key="told_next").set_value("寄资料").run()
    app.button(key="tell").click().run()

    told = Outreach("已拜访", date(2026, 10, 8), "愿意来看", "寄资料")
    assert outreach_of(cached.store(), home()) == dict.fromkeys(firms, told)
    assert "待联系 1、已拜访 2" in text_of(app)


def test_firms_leave_a_list_and_comments_stay_on_it(listed, best, visit):
    app = as_person(visit("trips", list_id=listed.list_id), "乙")
    app.text_input(key="comment").set_value("先去近的<b>").run()
    app.button(key="comment_add").click().run()
    assert comments_of(cached.store(), listed).written_by.to_list() == ["乙"]
    assert "先去近的&lt;b&gt;" in text_of(app)
    assert not [button for button in app.button if button.key == "list_delete"]

    tick(app, f"list/{listed.list_id}", best[0][1])
    app.button(key="list_remove").click().run()
    assert items_of(cached.store(), listed).firm_id.to_list() == [firm for _, firm in best[1:]]


def test_only_the_owner_changes_and_deletes_a_list(listed, visit):
    app = as_person(visit("trips", list_id=listed.list_id), "甲")
    app.text_input(key="set_name").set_value("冬月拜访")
    app.toggle(key="set_shared").set_value(False).run()
    app.button(key="list_change").click().run()
    assert find_list(cached.store(), home(), "冬月拜访", "甲").shared is False
    app.checkbox(key="list_sure").set_value(True).run()
    app.button(key="list_delete").click().run()
    assert lists_of(cached.store(), home(), "甲") == ()
    assert "还没有名单" in text_of(app)


def test_a_list_becomes_a_trip_with_days(listed, best, visit):
    app = as_person(visit("trips", list_id=listed.list_id), "甲")
    app.text_input(key="trip_name").set_value("十月行")
    app.date_input(key="trip_starts").set_value(date(2026, 10, 12))
    app.date_input(key="trip_ends").set_value(date(2026, 10, 14))
    app.text_input(key="trip_people").set_value("甲、乙").run()
    app.button(key="into_trip_go").click().run()

    [trip] = trips_of(cached.store(), home(), "甲")
    assert (trip.name, trip.people, len(trip.days)) == ("十月行", "甲、乙", 3)
    assert app.query_params["from"] == f"list:{listed.list_id}"
    app.selectbox(key="url_visits").set_value("3").run()
    app.button(key="trip_add").click().run()
    stops = stops_of(cached.store(), trip)
    assert set(stops.firm_id) == {firm for _, firm in best}
    assert set(stops.on_date) <= set(trip.days)
    assert "已加入 3 家" in notices(app, "done")[0]
    assert "往返约" in text_of(app)


def test_what_another_follows_is_said_first_and_needs_a_reason(listed, best, visit):
    trip = new_trip(cached.store(), home(), "乙的行程", date(2026, 10, 12), date(2026, 10, 13), actor="乙", at=AT)
    app = as_person(visit("trips", view="trips", trip_id=trip.trip_id, **{"from": f"list:{listed.list_id}"}), "乙")
    assert "甲首报（2026-10-08），在名单“十月拜访”" in text_of(app)
    app.button(key="trip_add").click().run()
    assert stops_of(cached.store(), trip).empty

    app.checkbox(key="proposed_still").set_value(True).run()
    app.button(key="trip_add").click().run()
    assert "先写明理由" in notices(app, "failed")[0]
    assert stops_of(cached.store(), trip).empty
    app.text_input(key="proposed_reason").set_value("与甲同去").run()
    app.button(key="trip_add").click().run()
    assert set(stops_of(cached.store(), trip).reason) == {"与甲同去"}


def test_days_change_by_hand_and_are_filled_anew(best, visit):
    trip = new_trip(cached.store(), home(), "行", date(2026, 10, 12), date(2026, 10, 14), actor="甲", at=AT)
    ranked = cached.targets(CHAIN, best[0][0])
    city = ranked.city_code.mode().iloc[0]
    firms = ranked[(ranked.city_code == city) & (ranked.n_projects == 0)].firm_id.head(3).to_list()
    stops = [Stop(firm, city, CHAIN, best[0][0]) for firm in firms]
    add_stops(cached.store(), trip, stops, actor="甲", at=AT)
    app = as_person(visit("trips", view="trips", trip_id=trip.trip_id), "甲")
    tick(app, f"trip/{trip.trip_id}", firms[0])
    app.selectbox(key="trip_day").set_value(date(2026, 10, 14)).run()
    app.button(key="trip_move").click().run()
    assert stops_of(cached.store(), trip).on_date.to_list()[-1] == date(2026, 10, 14)

    app.number_input(key="trip_per_day").set_value(1).run()
    app.button(key="trip_arrange").click().run()
    assert stops_of(cached.store(), trip).on_date.to_list() == list(trip.days)[: len(firms)]
    tick(app, f"trip/{trip.trip_id}", firms[0])
    app.button(key="trip_remove").click().run()
    assert firms[0] not in set(stops_of(cached.store(), trip).firm_id)
    tick(app, f"trip/{trip.trip_id}", firms[1])
    app.selectbox(key="told_state").set_value("有意向").run()
    app.button(key="tell").click().run()
    assert outreach_of(cached.store(), home())[firms[1]].state == "有意向"
    app.text_input(key="set_trip_people").set_value("甲、丙")
    app.date_input(key="set_trip_ends").set_value(date(2026, 10, 13)).run()
    app.button(key="trip_change").click().run()
    assert "企业已重新排到各天" in notices(app, "done")[0]
    assert find_trip(cached.store(), home(), "行", "甲").people == "甲、丙"
    app.checkbox(key="trip_sure").set_value(True).run()
    app.button(key="trip_delete").click().run()
    assert trips_of(cached.store(), home(), "甲") == ()


def test_distance_cities_and_source_limit_what_is_proposed(listed, best, visit):
    trip = new_trip(cached.store(), home(), "行", date(2026, 10, 12), date(2026, 10, 14), actor="甲", at=AT)
    app = as_person(visit("trips", view="trips", trip_id=trip.trip_id), "甲")
    assert not [button for button in app.button if button.key == "trip_add"]
    app.selectbox(key="url_from").set_value(f"list:{listed.list_id}").run()
    assert "按 3 天、每天最多 3 家、每 400 公里路程占一次拜访的时间（假定）" in text_of(app)
    app.selectbox(key="url_cities").set_value("any").run()
    assert "把这 3 家加入行程" in [button.label for button in app.button]
    app.selectbox(key="url_within").set_value("200").run()
    assert app.query_params["within"] == "200"
    near = sum(cached.targets(CHAIN, s).set_index("firm_id").distance_km[f] <= 200 for s, f in best)
    assert f"{3 - near} 家不在 200 公里以内或距离不明，未排入" in text_of(app)
    app.selectbox(key="url_within").set_value("any").run()
    app.selectbox(key="url_cities").set_value("1").run()
    assert "还未排入的 3 家中选出 1 家" in text_of(app)


def test_the_day_sheet_says_whom_to_visit_where_and_of_what_to_speak(listed, best, visit):
    store, context = cached.store(), cached.context()
    trip = new_trip(store, home(), "十月行", date(2026, 10, 12), date(2026, 10, 16), actor="甲", at=AT, people="甲、乙")
    rows = items_of(store, listed)
    stops = [Stop(r.firm_id, r.city_code, r.chain_id, r.segment_id) for r in rows.itertuples()]
    add_stops(store, trip, stops, actor="甲", at=AT, per_day=9)
    tell_outreach(
        store, CHAIN, home(), [(best[0][0], best[0][1], Outreach("有意向", None, "", "=带合同"))], actor="甲", at=AT
    )
    ground = Ground(cached.matched(), cached.state, cached.targets)
    sheet = trip_sheet(store, context, trip, ground, {best[1][1]: ("丙首谈",)}, AT)
    page = sheet_file(sheet, ".html", "甲", AT).decode("utf-8")

    assert "十月行日程表" in page and "10 月 12 日 周一" in page and "没有安排企业" in page
    assert all(name in page for name in rows.name)
    assert "上次约定：=带合同" in page and "注意：丙首谈" in page
    assert "了解企业在这一环节的产能" in page
    assert "库中不存联系人" in page
    assert find_trip(store, home(), "十月行", "甲").n_stops == len(stops)


def test_hostile_names_stay_text_on_every_view(listed, best, visit):
    hostile = "<b>=1+1</b>../x"
    store = cached.store()
    one = new_list(store, home(), hostile, actor=hostile[:20], at=AT, unit=hostile)
    add_firms(store, one.list_id, [best[0][1]], best[0][0], CHAIN, hostile[:20], AT, reason=hostile)
    trip = new_trip(store, home(), hostile, date(2026, 10, 12), date(2026, 10, 13), actor="甲", at=AT, people=hostile)
    city = items_of(store, one).city_code[0]
    add_stops(store, trip, [Stop(best[0][1], city, CHAIN, best[0][0])], actor="甲", at=AT, reason=hostile)
    trip_page = {"view": "trips", "trip_id": trip.trip_id, "from": f"list:{one.list_id}"}
    for asked in ({}, {"list_id": one.list_id}, {"view": "trips"}, trip_page):
        app = visit("trips", **asked)
        assert not app.exception
        assert "<b>=1" not in text_of(app)
    assert "<b>=1" not in text_of(visit("firm", firm=best[0][1]))
    ground = Ground(cached.matched(), cached.state, cached.targets)
    said = cached_lists.followed([best[0][1]], who="丁")
    page = sheet_file(trip_sheet(store, cached.context(), trip, ground, said, AT), ".html", hostile, AT).decode("utf-8")
    assert "<b>=1" not in page and "&lt;b&gt;=1" in page
