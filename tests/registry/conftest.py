"""A store of the real registry and the listed firms, matched with every package: made once, in about two minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from data.imports import import_file
from data.settings import set_home
from data.store import Store, open_store
from services.matching import match_chains
from services.packages import installed
from services.presence import Cube, load_cube
from tests.browser.conftest import chromium, desk, journal, page, tablet, window  # noqa: F401 - fixtures
from tests.shared import shared_path
from tests.untraced import untraced


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("registry") / "registry.duckdb"
    with open_store(path) as store:
        with untraced():
            import_file(store, shared_path("registry_1m.parquet"), "firms", as_of=date(2019, 5, 1), source="登记样本")
            import_file(store, shared_path("listed_firms.csv"), "firms", source="上市公司年报")
            set_home(store, "370100")
            match_chains(store, installed(store), datetime(2026, 10, 1, 9, 0))
        yield store


@pytest.fixture(scope="session")
def cube(registry: Store) -> Cube:
    with untraced():
        return load_cube(registry, installed(registry))
