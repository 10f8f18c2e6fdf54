"""Backup and restore of the store: a copy made by the database itself, opened and counted before it is called good."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import duckdb

from data.store import open_store
from data.store_errors import StoreDamaged, StoreMissing


def backup(path: Path, directory: Path, at: datetime) -> Path:
    """Copy the database to ``directory/liantu-<time>.duckdb``; the copy holds the same rows in every table.

    Raises StoreMissing, StoreBusy, StoreDamaged (the copy differs).
    """
    directory.mkdir(parents=True, exist_ok=True)
    target = directory / f"liantu-{at:%Y%m%d-%H%M%S}.duckdb"
    with open_store(path, create=False):
        pass  # migrated, checkpointed and free of other processes
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    _copy(path, part)
    if _counts(part) != _counts(path):
        raise StoreDamaged(part, "备份与原库的行数不一致")
    os.replace(part, target)
    return target


def restore(source: Path, path: Path, at: datetime) -> Path | None:
    """Put a backup (a file, or the newest in a directory) in the place of the database.

    Returns where the database it replaced was kept, None if there was none. Raises StoreMissing, StoreBusy, StoreDamaged.
    """
    chosen = _newest(source)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    _copy(chosen, part)
    with open_store(part, create=False):
        pass  # a backup of an older version is brought up to date before it replaces anything
    kept = None
    if path.exists():
        with open_store(path, create=False):
            pass
        kept = path.with_name(f"{path.stem}-{at:%Y%m%d-%H%M%S}{path.suffix}")
        os.replace(path, kept)
    os.replace(part, path)
    return kept


def _newest(source: Path) -> Path:
    if source.is_file():
        return source
    found = sorted(source.glob("liantu-*.duckdb")) if source.is_dir() else []
    if not found:
        raise StoreMissing(source)
    return found[-1]


def _copy(source: Path, target: Path) -> None:
    try:
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH {_quoted(source)} AS original (READ_ONLY)")
            connection.execute(f"ATTACH {_quoted(target)} AS copy")
            connection.execute("COPY FROM DATABASE original TO copy")
    except duckdb.Error as error:
        raise StoreDamaged(source, str(error)) from error


def _counts(path: Path) -> dict[str, int]:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchall()[0][0] for name in sorted(names)}


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
