"""The commands that show lists and trips and write the day sheet."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime

import pytest

from commands import trips as command
from commands.app import run
from data.store import open_store
from services.lists import add_firms, new_list
from services.trips import Stop, add_stops, new_trip
from tests.chains.tiny import tiny_chain
from tests.services.conftest import fill

AT = datetime(2026, 3, 2, 9, 0)


@pytest.fixture
def cli(tmp_path, monkeypatch, capsys):
    path = tmp_path / "tiny.duckdb"
    with open_store(path) as store:
        fill(store, tiny_chain())
        one = new_list(store, "370100", "三月", actor="甲", at=AT, unit="商务局")
        add_firms(store, one.list_id, ["420100-1", "420300-5"], "part", "tiny", "甲", AT)
        new_list(store, "370100", "底牌", actor="甲", at=AT, shared=False)
        trip = new_trip(store, "370100", "湖北行", date(2026, 3, 9), date(2026, 3, 10), actor="乙", at=AT)
        add_stops(store, trip, [Stop("420100-1", "420100", "tiny", "part")], actor="乙", at=AT, reason="同去")
    monkeypatch.setattr(command, "in_use", lambda _store: (tiny_chain(),))

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cli.py", *words, "--db", str(path)])
        return run(), *capsys.readouterr()

    return call


def test_lists_are_those_the_person_may_see_and_hold_state_and_claims(cli):
    names = [row["name"] for row in json.loads(cli("lists", "--json")[1])]
    assert names == ["三月"]
    assert {row["name"] for row in json.loads(cli("lists", "--json", "--person", "甲")[1])} == {"三月", "底牌"}
    rows = json.loads(cli("lists", "三月", "--json", "--person", "甲")[1])
    assert [(row["firm_id"], row["contact_state"], row["flagged"]) for row in rows] == [
        ("420100-1", "待联系", ["乙已排入行程“湖北行”，定于 2026-03-09 拜访"]),
        ("420300-5", "待联系", []),
    ]
    code, _, said = cli("lists", "底牌")
    assert code == 3
    assert "没有名单“底牌”" in said


def test_a_trip_is_shown_and_its_day_sheet_written(cli, tmp_path):
    code, out, _ = cli("trip", "湖北行")
    assert code == 0
    assert "武汉市，往返约 1,493 公里" in out
    sheet = tmp_path / "日程.html"
    assert cli("trip", "湖北行", "--out", str(sheet))[0] == 0
    page = sheet.read_text(encoding="utf-8")
    assert "湖北行日程表" in page and "420100第1厂" in page and "甲（商务局）首报" in page
    code, _, said = cli("trip", "湖北行", "--out", "日程.txt")
    assert code == 3
    assert "日程表不能存成“.txt”" in said
