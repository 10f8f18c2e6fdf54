"""A backup holds the same rows, and a restore loses nothing."""

from __future__ import annotations

from datetime import datetime

import pytest

from data.backup import backup, restore
from data.settings import home_adcode, set_home
from data.store import StoreDamaged, StoreMissing, open_store

AT = datetime(2026, 11, 22, 8, 0)


def with_home(path, adcode):
    with open_store(path) as store:
        set_home(store, adcode)


def test_a_backup_can_be_restored_and_the_replaced_store_is_kept(tmp_path):
    path = tmp_path / "liantu.duckdb"
    with_home(path, "370100")
    saved = backup(path, tmp_path / "backups", AT)
    with_home(path, "420300")
    kept = restore(tmp_path / "backups", path, AT)
    with open_store(path) as store:
        assert home_adcode(store) == "370100"
    with open_store(kept) as store:
        assert home_adcode(store) == "420300"
    assert saved.exists()


def test_a_broken_backup_is_refused_and_the_store_stays(tmp_path):
    path, broken = tmp_path / "liantu.duckdb", tmp_path / "broken.duckdb"
    with_home(path, "370100")
    broken.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreDamaged):
        restore(broken, path, AT)
    with open_store(path) as store:
        assert home_adcode(store) == "370100"


def test_an_empty_backup_folder_is_named(tmp_path):
    with pytest.raises(StoreMissing):
        restore(tmp_path, tmp_path / "liantu.duckdb", AT)
