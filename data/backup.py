"""Backup and restore of the store: a copy made through the database, compared with the original before it is called good.

A copy of the live file would lack what lies in the log; this one is taken inside one transaction, while the
program may go on reading.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import duckdb

from data.store import Cursor, Store, is_open_here, open_store
from data.store_errors import BackupFailed, SchemaTooNew, StoreBusy, StoreDamaged, StoreMissing, named

BATCH_ROWS = 100_000


def backup(original: Path | Store, directory: Path, at: datetime) -> Path:
    """Copy the database to ``directory/liantu-<time>.duckdb``; every table of the copy holds the same rows.

    ``original`` is the file, or the open store where this process has one; writers wait meanwhile.
    Raises StoreMissing, StoreBusy, StoreDamaged, BackupFailed.
    """
    if isinstance(original, Path):
        with open_store(original, create=False) as store:
            return backup(store, directory, at)
    target = directory / f"liantu-{at:%Y%m%d-%H%M%S}.duckdb"
    part = target.with_suffix(".part")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        _remove(part)
        _copy_rows(original, part)
        os.replace(part, target)
    except (OSError, duckdb.Error) as error:
        raise BackupFailed(target, str(error)) from error
    return target


def restore(source: Path, path: Path, at: datetime) -> Path | None:
    """Put a backup (a file, or the newest in a directory) in the place of the database, which may be damaged.

    Returns where the database it replaced was kept, None if there was none. Raises StoreMissing, StoreDamaged (the
    backup is no database), StoreBusy (someone uses one of the two), SchemaTooNew.
    """
    chosen, path = _newest(source), path.absolute()
    for file in (chosen, path):
        if is_open_here(file):
            raise StoreBusy(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    _remove(part)
    _copy_file(chosen, part)
    with open_store(part, create=False):
        pass  # a backup of an older version is brought up to date before it replaces anything
    kept = _set_aside(path, at) if path.exists() else None
    os.replace(part, path)
    return kept


def _copy_rows(original: Store, part: Path) -> None:
    with original.write() as source, open_store(part) as copy, copy.write() as target:
        tables = [name for (name,) in source.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        for table in tables:
            target.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a name from the catalogue
            target.register("rows_to_copy", source.sql(f'FROM "{table}"').to_arrow_reader(BATCH_ROWS))
            target.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM rows_to_copy')  # noqa: S608
            target.unregister("rows_to_copy")
            if _content(source, table) != _content(target, table):
                raise BackupFailed(part, f"数据表 {table} 与原库不一致")


def _content(cursor: Cursor, table: str) -> tuple[int, int | None]:
    """Number of rows, and a sum over their contents that does not depend on their order."""
    sql = f'SELECT count(*), sum(hash(t)::HUGEINT) FROM "{table}" AS t'  # noqa: S608 - a name from the catalogue
    rows: list[tuple[int, int | None]] = cursor.execute(sql).fetchall()
    return rows[0]


def _newest(source: Path) -> Path:
    if source.is_file():
        return source.absolute()
    found = sorted(source.glob("liantu-*.duckdb")) if source.is_dir() else []
    if not found:
        raise StoreMissing(source)
    return found[-1].absolute()


def _copy_file(source: Path, target: Path) -> None:
    try:
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH {_quoted(source)} AS original (READ_ONLY)")
            connection.execute(f"ATTACH {_quoted(target)} AS copy")
            connection.execute("COPY FROM DATABASE original TO copy")
    except duckdb.Error as error:
        raise named(source, str(error)) from error


def _set_aside(path: Path, at: datetime) -> Path:
    """Move the database, sound or damaged, out of the way; raises StoreBusy."""
    with suppress(StoreDamaged, SchemaTooNew), open_store(path, create=False):
        pass  # nobody else has it open, and its log is written into it
    kept = path.with_name(f"{path.stem}-{at:%Y%m%d-%H%M%S}{path.suffix}")
    os.replace(path, kept)
    log = path.with_name(path.name + ".wal")
    if log.exists():
        os.replace(log, kept.with_name(kept.name + ".wal"))
    return kept


def _remove(part: Path) -> None:
    part.unlink(missing_ok=True)
    part.with_name(part.name + ".wal").unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
