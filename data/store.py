"""The one door to the facts: a DuckDB file with numbered migrations.

Reads run on a cursor of their own, so any number of threads may ask at once; one writer at a time holds a lock and
a transaction. The connection can reach no file and no network: importer and backup open connections of their own.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

import duckdb
import pandas as pd
import polars as pl

from data import divisions
from data.migrations import migrate
from data.store_errors import NestedWrite, StoreBusy, StoreDamaged, StoreError, StoreMissing, named

__all__ = ["Cursor", "NestedWrite", "Store", "StoreBusy", "StoreDamaged", "StoreError", "StoreMissing", "open_store"]

Parameters = Sequence[Any] | Mapping[str, Any]
Cursor = duckdb.DuckDBPyConnection

WAITING = "正在等待另一项写入完成…"
_LOCKS: dict[Path, threading.Lock] = {}
_OPEN: Counter[Path] = Counter()


class Store:
    """An open database file; safe to share between threads. Made by :func:`open_store`."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self._connection = connection
        self._lock = _LOCKS.setdefault(path, threading.Lock())
        self._writer: int | None = None
        self._closed = False
        self.n_writes = 0
        """Writes committed so far: as long as it stays the same, so does everything the store says."""
        _OPEN[path] += 1

    def query(self, sql: str, params: Parameters = (), **frames: pl.DataFrame) -> pd.DataFrame:
        """The result as a pandas frame: text is ``str``, whole numbers with gaps are ``Int64``, NULL is NA/NaT.

        ``frames`` are tables of these names while it is asked.
        """
        with closing(self._connection.cursor()) as cursor:
            for name, table in frames.items():
                cursor.register(name, table)
            cursor.execute(sql, params)
            description = cursor.description or []
            frame = pd.DataFrame(cursor.df())
        # a text column that holds NULLs alone arrives as object
        text = {name for name, kind, *_ in description if str(kind) in {"VARCHAR", "JSON"}}
        typed: pd.DataFrame = frame.astype(dict.fromkeys(text, "str"))
        return typed

    def rows(self, sql: str, params: Parameters = ()) -> list[tuple[Any, ...]]:
        """The result as tuples of Python values; NULL is None."""
        with closing(self._connection.cursor()) as cursor:
            return cursor.execute(sql, params).fetchall()

    def query_polars(self, sql: str, params: Parameters = (), **frames: pl.DataFrame) -> pl.DataFrame:
        """The result as a polars frame; ``frames`` are tables of these names while it is asked.

        SUM of whole numbers is a decimal unless cast to BIGINT in the SQL.
        """
        with closing(self._connection.cursor()) as cursor:
            for name, table in frames.items():
                cursor.register(name, table)
            frame: pl.DataFrame = cursor.sql(sql, params=params).pl()
        return frame

    @contextmanager
    def write(self, waiting: Callable[[str], object] | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor in a transaction: committed at the end of the block, rolled back if the block raises.

        Waits for the writer before; ``waiting`` is called with a sentence that says so, if there is one to wait for.
        Raises NestedWrite inside another ``write`` of the same thread.
        """
        if self._writer == threading.get_ident():
            raise NestedWrite()
        with self._turn(waiting), closing(self._connection.cursor()) as cursor:
            self._writer = threading.get_ident()
            try:
                with _transaction(cursor):
                    yield cursor
                self.n_writes += 1
            finally:
                self._writer = None

    @contextmanager
    def _turn(self, waiting: Callable[[str], object] | None) -> Iterator[None]:
        if not self._lock.acquire(blocking=False):
            if waiting is not None:
                waiting(WAITING)
            self._lock.acquire()
        try:
            yield
        finally:
            self._lock.release()

    def write_frame(self, cursor: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame | pl.DataFrame) -> int:
        """Append the frame's rows to the table by column name; columns it lacks become NULL, NaN becomes NULL.

        Returns the number of rows. Raises duckdb.Error where a column is unknown or a value does not fit its type.
        """
        if not table.isidentifier():
            raise ValueError(f"表名“{table}”不是合法的标识符")
        cursor.register("frame_to_write", _without_nan(frame))
        cursor.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM frame_to_write')  # noqa: S608 - an identifier
        cursor.unregister("frame_to_write")  # after an error the rollback drops it: here it would hide the error
        return len(frame)

    def checkpoint(self) -> None:
        """Write the log into the file; waits for the writer."""
        with self._lock, closing(self._connection.cursor()) as cursor:
            cursor.execute("CHECKPOINT")

    def close(self) -> None:
        """Close the file, so that another process may open it; closing twice is harmless."""
        if not self._closed:
            self._closed = True
            _OPEN[self.path] -= 1
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(path: Path, *, create: bool = True, memory_limit: str = "1536MB", threads: int = 2) -> Store:
    """Open (or make) the database, bring its schema and reference tables up to date, checkpoint.

    Raises StoreBusy if another process holds it, StoreMissing if it is absent and ``create`` is false,
    StoreDamaged if the file is no readable database, SchemaTooNew if a later program wrote it.
    """
    path = Path(path).absolute()
    if not path.exists() and not create:
        raise StoreMissing(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _connect(path, memory_limit, threads)
    try:
        if not is_open_here(path):
            _bring_up_to_date(connection)
    except duckdb.Error as error:
        connection.close()
        raise StoreDamaged(path, str(error)) from error
    except BaseException:
        connection.close()
        raise
    return Store(path, connection)


def _bring_up_to_date(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CHECKPOINT")
    migrate(connection)
    divisions.fill(connection)


def is_open_here(path: Path) -> bool:
    """Whether this very process has the database open."""
    return _OPEN[Path(path).absolute()] > 0


def _connect(path: Path, memory_limit: str, threads: int) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "threads": threads,
        "temp_directory": str(path.with_name(path.name + ".tmp")),
    }
    try:
        connection = duckdb.connect(str(path), config=config)
    except duckdb.Error as error:
        raise named(path, str(error)) from error
    if connection.execute("SELECT current_setting('lock_configuration')").fetchall() == [(False,)]:
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    return connection


@contextmanager
def _transaction(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    cursor.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        cursor.execute("ROLLBACK")
        raise
    cursor.execute("COMMIT")


def _without_nan(frame: pd.DataFrame | pl.DataFrame) -> pl.DataFrame:
    known = frame if isinstance(frame, pl.DataFrame) else pl.from_pandas(frame)
    return known.with_columns(pl.col(pl.Float32, pl.Float64).fill_nan(None))
