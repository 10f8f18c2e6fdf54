"""A store of three prefectures and one chain, small enough to work by hand.

Chain: powder (up) and press (up) supply part (mid). Firms: Jinan has 10 producers, Shiyan 30, Wuhan 60.
powder: 1 in Jinan, 9 in Wuhan; part: 12 in Shiyan, 8 in Wuhan; press: nowhere in Jinan, 10 in Wuhan.
"""

from __future__ import annotations

import shutil
from datetime import date, datetime

import pandas as pd
import pytest

from data.cube import rebuild_cube
from data.settings import set_home
from data.store import Store, open_store
from tests.chains.tiny import tiny_chain

AT = datetime(2026, 1, 2, 8, 0)
CITIES = {"370100": 10, "420300": 30, "420100": 60}
MAKERS = {"powder": {"370100": 1, "420100": 9}, "press": {"420100": 10}, "part": {"420300": 12, "420100": 8}}


@pytest.fixture(scope="session")
def chain():
    return tiny_chain()


@pytest.fixture(scope="session")
def filled(tmp_path_factory, chain):
    """The store in a closed file: migrating and filling one costs four times as much as opening a copy."""
    path = tmp_path_factory.mktemp("filled") / "tiny.duckdb"
    with open_store(path) as opened:
        fill(opened, chain)
    return path


@pytest.fixture
def store(tmp_path, filled):
    with open_store(shutil.copy(filled, tmp_path / "tiny.duckdb")) as opened:
        yield opened


def fill(store: Store, chain) -> None:
    with store.write() as cursor:
        cursor.execute("INSERT INTO source VALUES ('s', '测试来源', NULL, NULL, NULL)")
        cursor.execute(
            "INSERT INTO import_batch VALUES ('b', 'firms', 'f.csv', 'x', 's', '2019-05-01', ?, 't', '{}', 100, 100, 0, 0, NULL, NULL)",
            [AT],
        )
        store.write_frame(cursor, "firm", firms())
        store.write_frame(cursor, "firm_activity", pd.DataFrame({"firm_id": firms().firm_id, "makes": True}))
        store.write_frame(cursor, "segment_firm", pairs())
        rebuild_cube(cursor)
        cursor.execute("INSERT INTO match_run VALUES (?, ?, ?, 100, ?)", [chain.id, chain.version, AT, len(pairs())])
        cursor.execute(
            "INSERT INTO project (project_id, name, adcode, source_id, as_of) VALUES ('p1', '压机项目', '370117', 's', '2019-05-01')"
        )
        cursor.execute(
            "INSERT INTO project_event VALUES ('p1', 'signed', '签约', '2019-01-01', ?, 't', NULL, 's')", [AT]
        )
        cursor.execute("INSERT INTO project_segment VALUES ('p1', 'tiny', 'press', 't', ?, '名称', NULL)", [AT])
    set_home(store, "370100")


def firms() -> pd.DataFrame:
    rows = [
        {
            "firm_id": f"{city}-{n}",
            "name": f"{city}第{n}厂",
            "city_code": city,
            "adcode": city,
            "registered_code": city,
            "capital_cny": 1e7 * n,
        }
        for city, count in CITIES.items()
        for n in range(1, count + 1)
    ]
    return pd.DataFrame(rows).assign(as_of=date(2019, 5, 1), n_records=1, founded_on=date(2010, 1, 1))


def pairs() -> pd.DataFrame:
    rows = [
        {"segment_id": segment, "firm_id": f"{city}-{n}"}
        for segment, cities in MAKERS.items()
        for city, count in cities.items()
        for n in range(1, count + 1)
    ]
    facts = {
        "chain_id": "tiny",
        "role": "maker",
        "verdict": "confirmed",
        "score": 0.9,
        "evidence": "制造",
        "decided_by": "rule",
        "core": True,
    }
    return pd.DataFrame(rows).assign(**facts)
