"""Projects as a ledger tells them: stages and money with and without days, said once or again, in places old and new."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data.imports import import_file
from data.regions import resolve_region
from data.store import Store
from services.projects import add_event, projects_of
from tests.services.conftest import AT

HEAD = "项目名称,所在地,阶段,签约时间,到位资金（万元）,协议投资额（万元）\n"


@pytest.fixture
def ledger(store: Store, tmp_path: Path):
    """Imports a ledger of these rows as of a day."""

    def read(name: str, rows: str, as_of: date, head: str = HEAD, **options: str) -> None:
        path = tmp_path / f"{name}.csv"
        path.write_text(head + rows, encoding="utf-8")
        import_file(store, path, "projects", as_of=as_of, **options)

    return read


def project(store: Store, name: str, region: str = "370100") -> pd.Series:
    found = projects_of(store, resolve_region(store, region))
    return found[found.name == name].iloc[0]


def test_the_stage_of_a_ledger_holds_on_its_as_of_day_not_before_the_signing_it_dates(store, ledger):
    ledger("june", "甲项目,济南市,开工,2023-05-01,,\n", date(2023, 6, 30))
    found = project(store, "甲项目")
    assert (found.stage, found.stage_text, bool(found.effective)) == ("started", "开工", True)


def test_a_stage_without_a_day_does_not_borrow_the_day_of_another_stage(store, ledger):
    ledger("june", "甲项目,济南市,开工,2023-05-01,,\n", date(2023, 6, 30))
    assert pd.isna(project(store, "甲项目").stage_on)


def test_the_day_of_a_stage_is_known_where_any_statement_of_that_stage_has_one(store, ledger):
    ledger("june", "甲项目,济南市,签约,2023-05-01,,\n", date(2023, 6, 30))
    assert project(store, "甲项目").stage_on == pd.Timestamp("2023-05-01")


def test_a_later_stage_recorded_by_hand_overtakes_the_ledger(store, ledger):
    ledger("june", "甲项目,济南市,签约,2023-05-01,,\n", date(2023, 6, 30))
    [[key]] = store.rows("SELECT project_id FROM project WHERE name = '甲项目'")
    add_event(store, key, "started", on_date=date(2023, 7, 1), actor="t", at=AT)
    assert project(store, "甲项目").stage == "started"


def test_a_stage_recorded_by_hand_counts_though_it_began_before_the_ledger_s_day(store, ledger):
    ledger("june", "甲项目,济南市,签约,,,\n", date(2023, 6, 30))
    [[key]] = store.rows("SELECT project_id FROM project WHERE name = '甲项目'")
    add_event(store, key, "started", on_date=date(2023, 6, 1), actor="t", at=AT)
    found = project(store, "甲项目")
    assert (found.stage, found.stage_on) == ("started", pd.Timestamp("2023-06-01"))


def test_the_day_of_signing_added_later_takes_a_started_project_not_back(store, ledger):
    ledger("june", "甲项目,济南市,开工,,,\n", date(2023, 6, 30))
    [[key]] = store.rows("SELECT project_id FROM project WHERE name = '甲项目'")
    add_event(store, key, "signed", on_date=date(2023, 7, 1), actor="t", at=AT)
    assert project(store, "甲项目").stage == "started"


def test_a_newer_end_stands_against_an_older_day(store, ledger):
    ledger("june", "甲项目,济南市,终止,2023-05-01,,\n", date(2023, 6, 30))
    assert project(store, "甲项目").stage == "terminated"


def test_money_that_two_ledgers_state_is_not_counted_twice(store, ledger):
    ledger("june", "甲项目,济南市,开工,2023-05-01,1000,5000\n", date(2023, 6, 30))
    ledger("september", "甲项目,济南市,开工,2023-05-01,1500,6000\n乙项目,济南市,签约,2023-08-01,,\n", date(2023, 9, 30))
    found = project(store, "甲项目")
    assert (found.paid_in_cny, found.agreement_cny) == (15_000_000, 60_000_000)
    assert pd.isna(project(store, "乙项目").paid_in_cny)


def test_an_older_ledger_imported_later_changes_neither_stage_nor_money(store, ledger):
    ledger("september", "甲项目,济南市,开工,2023-05-01,1500,6000\n", date(2023, 9, 30))
    ledger("june", "甲项目,济南市,签约,2023-05-01,1000,5000\n", date(2023, 6, 30))
    found = project(store, "甲项目")
    assert (found.stage, found.paid_in_cny, found.agreement_cny) == ("started", 15_000_000, 60_000_000)


def test_amounts_paid_in_on_known_days_are_added(store):
    for day, amount in (("2023-01-01", 3e6), ("2023-02-01", 4e6)):
        with store.write() as cursor:
            cursor.execute(
                "INSERT INTO project_money VALUES ('p1', 'paid_in', '到位', $amount, 'CNY', $amount, $day, NULL, 's')",
                {"amount": amount, "day": day},
            )
    assert project(store, "压机项目").paid_in_cny == 7_000_000


@pytest.mark.parametrize("region", ["370117", "371203", "371200", "370100", "370000"])
def test_a_project_given_an_old_code_is_found_under_the_old_and_the_new(store, ledger, region):
    ledger("june", "丙项目,签约\n", date(2023, 6, 30), head="项目名称,阶段\n", region="371203")
    # p1 was given today's code of the same county
    assert {"丙项目", "压机项目"} <= set(projects_of(store, resolve_region(store, region)).name)


@pytest.mark.parametrize(
    ("given", "home", "found"),
    [
        ("370116", "371200", True),  # 莱芜区 is what 莱城区 of 莱芜市 became, under another name
        ("370116", "371202", True),
        ("370116", "371203", False),
        ("371202", "370116", True),
        (
            "341422",
            "340225",
            True,
        ),  # 无为县 moved to another prefecture and became a city there: three codes, one county
        ("340281", "341422", True),
        ("110101", "110103", False),  # 东城区 took 崇文区 in: what lies there need not have lain in 崇文区
        ("110103", "110101", True),
        ("650109", "652303", False),  # 米东区 was made of two
    ],
)
def test_a_project_is_found_at_home_before_and_after_the_county_changed_its_code(store, given, home, found):
    with store.write() as cursor:
        cursor.execute("UPDATE project SET adcode = ?", [given])
    assert projects_of(store, resolve_region(store, home)).name.tolist() == (["压机项目"] if found else [])


def test_a_project_without_a_place_is_a_project_of_the_nation_alone(store):
    with store.write() as cursor:
        cursor.execute("UPDATE project SET adcode = NULL")
    assert len(projects_of(store, resolve_region(store, "100000"))) == 1
    assert projects_of(store, resolve_region(store, "370000")).empty


def test_a_city_s_projects_are_not_those_of_a_city_merged_into_it(store, ledger):
    ledger("june", "甲项目,济南市,签约,2023-05-01,,\n", date(2023, 6, 30))
    assert "甲项目" not in set(projects_of(store, resolve_region(store, "371200")).name)
