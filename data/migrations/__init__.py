"""Numbered migrations of the schema: files ``NNNN_name.sql``, each run once, each in a transaction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files

import duckdb

from data.store_errors import SchemaTooNew

_FILE_NAME = re.compile(r"^(?P<version>\d{4})_[a-z0-9_]+\.sql$")
_LEDGER = (
    "CREATE TABLE IF NOT EXISTS schema_migration"
    " (version INTEGER NOT NULL, name TEXT NOT NULL, applied_at TIMESTAMP NOT NULL)"
)


@dataclass(frozen=True)
class Migration:
    """One step of the schema: its number, file name and SQL."""

    version: int
    name: str
    sql: str


def known_migrations() -> tuple[Migration, ...]:
    """All migrations shipped with the program, in order."""
    found = []
    for entry in files(__package__).iterdir():
        if parts := _FILE_NAME.match(entry.name):
            found.append(Migration(int(parts["version"]), entry.name, entry.read_text(encoding="utf-8")))
    return tuple(sorted(found, key=lambda migration: migration.version))


def migrate(connection: duckdb.DuckDBPyConnection, migrations: tuple[Migration, ...] | None = None) -> list[str]:
    """Apply what is missing and checkpoint; returns the names applied. Raises SchemaTooNew for a later schema."""
    steps = known_migrations() if migrations is None else migrations
    connection.execute(_LEDGER)
    done = {version for (version,) in connection.execute("SELECT version FROM schema_migration").fetchall()}
    known = max((step.version for step in steps), default=0)
    if done and max(done) > known:
        raise SchemaTooNew(max(done), known)
    pending = [step for step in steps if step.version not in done]
    for step in pending:
        _apply(connection, step)
    if pending:
        connection.execute("CHECKPOINT")
    return [step.name for step in pending]


def _apply(connection: duckdb.DuckDBPyConnection, step: Migration) -> None:
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(step.sql)
        connection.execute("INSERT INTO schema_migration VALUES (?, ?, now()::TIMESTAMP)", [step.version, step.name])
        connection.execute("COMMIT")
    except duckdb.Error:
        connection.execute("ROLLBACK")
        raise
