"""A backup holds the same rows, and a restore loses nothing."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from subprocess import PIPE

import pytest

from data.backup import backup, restore
from data.settings import home_adcode, set_home
from data.store import StoreBusy, StoreDamaged, StoreMissing, open_store
from data.store_errors import BackupFailed

ROOT = Path(__file__).resolve().parents[2]
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


def test_an_open_store_is_backed_up_with_what_lies_in_its_log(tmp_path):
    with open_store(tmp_path / "liantu.duckdb") as store:
        set_home(store, "370117")
        with store.write() as cursor:
            cursor.execute(
                "INSERT INTO catalogue VALUES ('c', 't', 'ch', '370117', 'draft', 1, now(), 'a', NULL, NULL, '{\"k\": 1}', NULL)"
            )
        saved = backup(store, tmp_path / "backups", AT)
        assert home_adcode(store) == "370117"
    with open_store(saved, create=False) as copy:
        assert home_adcode(copy) == "370117"
        assert copy.rows("SELECT parameters->>'k', frozen_at FROM catalogue") == [("1", None)]


def test_every_table_is_copied_whole(tmp_path):
    with open_store(tmp_path / "liantu.duckdb") as store, store.write() as cursor:
        cursor.execute("INSERT INTO city_total SELECT i::VARCHAR, i, i, i, i FROM range(250000) t(i)")
    saved = backup(tmp_path / "liantu.duckdb", tmp_path / "backups", AT)
    with open_store(saved) as copy:
        assert copy.rows("SELECT count(*), sum(n_firms)::BIGINT FROM city_total") == [(250_000, 31_249_875_000)]
        assert copy.rows("SELECT count(*) FROM schema_migration") == copy.rows(
            "SELECT max(version) FROM schema_migration"
        )


def test_a_damaged_store_can_be_replaced_and_is_kept(tmp_path):
    path = tmp_path / "liantu.duckdb"
    with_home(path, "370100")
    backup(path, tmp_path / "backups", AT)
    path.write_bytes(b"not a database" * 1000)
    kept = restore(tmp_path / "backups", path, AT)
    assert kept.read_bytes().startswith(b"not a database")
    with open_store(path) as store:
        assert home_adcode(store) == "370100"


def test_a_store_in_use_is_not_replaced(tmp_path):
    path = tmp_path / "liantu.duckdb"
    with_home(path, "370100")
    backup(path, tmp_path / "backups", AT)
    with open_store(path), pytest.raises(StoreBusy):
        restore(tmp_path / "backups", path, AT)


def test_a_store_that_another_process_uses_is_neither_saved_nor_replaced(tmp_path):
    path = tmp_path / "liantu.duckdb"
    with_home(path, "370100")
    saved = backup(path, tmp_path / "backups", AT)
    code = (
        "import sys; from pathlib import Path; from data.store import open_store; held = open_store(Path(sys.argv[1]))\n"
        "print('open', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT, stdin=PIPE, stdout=PIPE)
    with holder:
        assert holder.stdout.readline().strip() == b"open"
        with pytest.raises(StoreBusy):
            backup(path, tmp_path / "backups", AT)
        with pytest.raises(StoreBusy):
            restore(saved, path, AT)
        holder.stdin.close()


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    with_home(tmp_path / "liantu.duckdb", "370100")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(BackupFailed, match="没有完成"):
        backup(tmp_path / "liantu.duckdb", tmp_path / "file" / "backups", AT)
