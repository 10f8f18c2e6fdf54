"""Migrations run once, in order, in transactions."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data.migrations import Migration, known_migrations, migrate
from data.store import open_store
from data.store_errors import SchemaTooNew

FIRST = Migration(1, "0001_a.sql", "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1);")
SECOND = Migration(2, "0002_b.sql", "ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x + 1;")


def test_each_migration_runs_once_and_in_order() -> None:
    connection = duckdb.connect()
    assert migrate(connection, (FIRST,)) == ["0001_a.sql"]
    assert migrate(connection, (FIRST, SECOND)) == ["0002_b.sql"]
    assert migrate(connection, (FIRST, SECOND)) == []
    assert connection.execute("SELECT x, y FROM a").fetchall() == [(1, 2)]


def test_a_failing_migration_leaves_the_schema_as_it_was() -> None:
    connection = duckdb.connect()
    broken = Migration(2, "0002_b.sql", "CREATE TABLE b (x INTEGER); INSERT INTO absent VALUES (1);")
    migrate(connection, (FIRST,))
    with pytest.raises(duckdb.Error):
        migrate(connection, (FIRST, broken))
    assert connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall() == [
        ("a",),
        ("schema_migration",),
    ]
    assert connection.execute("SELECT version FROM schema_migration").fetchall() == [(1,)]


def test_a_store_of_a_later_program_is_refused() -> None:
    connection = duckdb.connect()
    migrate(connection, (FIRST, SECOND))
    with pytest.raises(SchemaTooNew, match="更新版本"):
        migrate(connection, (FIRST,))


def test_shipped_migrations_are_numbered_without_gap() -> None:
    versions = [step.version for step in known_migrations()]
    assert versions == list(range(1, len(versions) + 1))


def test_opening_a_store_again_changes_nothing(tmp_path: Path) -> None:
    listing = "SELECT table_name, column_name, data_type FROM duckdb_columns() ORDER BY ALL"
    with open_store(tmp_path / "f.duckdb") as store:
        before = store.rows(listing), store.rows("FROM schema_migration")
    with open_store(tmp_path / "f.duckdb") as store:
        assert (store.rows(listing), store.rows("FROM schema_migration")) == before


def test_no_secondary_index_is_made(tmp_path: Path) -> None:
    with open_store(tmp_path / "f.duckdb") as store:
        assert store.rows("SELECT count(*) FROM duckdb_indexes()") == [(0,)]
