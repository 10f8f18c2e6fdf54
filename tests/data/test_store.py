"""The store: reads on cursors of their own, one writer, one process, nothing outside the file."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from data.sql import UnknownSql, load_sql
from data.store import NestedWrite, Store, StoreBusy, StoreDamaged, StoreMissing, is_open_here, open_store

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "facts.duckdb") as opened:
        yield opened


def test_a_written_row_is_read_back_in_all_three_forms(store: Store) -> None:
    with store.write() as cursor:
        cursor.execute("INSERT INTO setting VALUES ('home', '370117')")
    sql = "SELECT value FROM setting WHERE key = ?"
    assert store.rows(sql, ["home"]) == [("370117",)]
    assert store.query(sql, ["home"])["value"].tolist() == ["370117"]
    assert store.query_polars(sql, ["home"])["value"].to_list() == ["370117"]
    assert store.rows("SELECT value FROM setting WHERE key = $key", {"key": "home"}) == [("370117",)]


def test_a_text_column_of_nulls_alone_is_still_text(store: Store) -> None:
    frame = store.query("SELECT NULL::VARCHAR AS name, NULL::BIGINT AS n")
    assert frame["name"].dtype == "str"
    assert frame.isna().all(axis=None)


def test_a_frame_is_appended_by_column_name_and_lacking_columns_are_null(store: Store) -> None:
    frame = pl.DataFrame({"title": ["年鉴"], "source_id": ["s1"]})
    with store.write() as cursor:
        assert store.write_frame(cursor, "source", frame) == 1
    assert store.rows("SELECT source_id, title, publisher FROM source") == [("s1", "年鉴", None)]


@pytest.mark.parametrize("kind", [pl.DataFrame, pd.DataFrame])
def test_nan_in_a_frame_becomes_null(store: Store, kind: type) -> None:
    frame = kind({"city_code": ["370100"], "chain_id": ["c"], "segment_id": ["s"], "w_makers": [float("nan")]})
    with store.write() as cursor:
        store.write_frame(
            cursor,
            "city_segment",
            frame.assign(n_makers=1, n_rd=0) if kind is pd.DataFrame else frame.with_columns(n_makers=1, n_rd=0),
        )
    assert store.rows("SELECT w_makers, n_makers FROM city_segment") == [(None, 1)]


def test_a_frame_that_does_not_fit_says_why_and_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(duckdb.ConstraintException, match="NOT NULL"), store.write() as cursor:
        cursor.execute("INSERT INTO setting VALUES ('a', 'b')")
        store.write_frame(cursor, "setting", pl.DataFrame({"key": ["x"], "value": [None]}))
    assert store.rows("SELECT * FROM setting WHERE key IN ('a', 'x')") == []


def test_an_error_in_the_block_rolls_the_write_back(store: Store) -> None:
    with pytest.raises(RuntimeError, match="abort"), store.write() as cursor:
        cursor.execute("INSERT INTO setting VALUES ('a', 'b')")
        raise RuntimeError("abort")
    assert store.rows("SELECT * FROM setting WHERE key = 'a'") == []


def test_a_table_name_that_is_no_identifier_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="表名"), store.write() as cursor:
        store.write_frame(cursor, 'setting"; DROP TABLE setting; --', pl.DataFrame({"key": ["x"]}))


def test_a_write_inside_a_write_is_refused_rather_than_waiting_for_ever(store: Store) -> None:
    with store.write(), pytest.raises(NestedWrite), store.write():
        pass


def test_readers_in_many_threads_each_get_their_own_rows(store: Store) -> None:
    wrong: list[tuple[int, list[tuple[int]]]] = []

    def read(number: int) -> None:
        for _ in range(50):
            rows = store.rows("SELECT ?::INTEGER FROM range(20)", [number])
            if rows != [(number,)] * 20:
                wrong.append((number, rows))

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_writers_in_many_threads_wait_for_each_other(store: Store) -> None:
    with store.write() as cursor:
        cursor.execute("INSERT INTO setting VALUES ('count', '0')")

    def increase() -> None:
        for _ in range(20):
            with store.write() as cursor:
                cursor.execute("UPDATE setting SET value = (value::INTEGER + 1)::VARCHAR WHERE key = 'count'")

    threads = [threading.Thread(target=increase) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.rows("SELECT value FROM setting WHERE key = 'count'") == [("80",)]


def test_two_stores_on_one_file_in_one_process_share_the_writer_lock(store: Store) -> None:
    with open_store(store.path) as other:
        with store.write() as cursor:
            cursor.execute("INSERT INTO setting VALUES ('a', 'b')")
            assert other._lock.locked()
        assert other.rows("SELECT value FROM setting WHERE key = 'a'") == [("b",)]


def test_a_store_may_be_opened_again_while_a_write_is_under_way(store: Store) -> None:
    with store.write() as cursor:
        cursor.execute("INSERT INTO setting VALUES ('a', 'b')")
        with open_store(store.path) as other:
            assert other.rows("SELECT * FROM setting WHERE key = 'a'") == []


def test_closing_one_of_two_stores_leaves_the_other_usable(store: Store) -> None:
    with open_store(store.path):
        pass
    assert is_open_here(store.path)
    assert store.rows("SELECT 1") == [(1,)]
    store.close()
    store.close()
    assert not is_open_here(store.path)


def test_a_second_process_is_told_that_the_store_is_busy(store: Store) -> None:
    code = (
        "import sys; from pathlib import Path; from data.store import StoreBusy, open_store\n"
        "try: open_store(Path(sys.argv[1]))\n"
        "except StoreBusy: sys.exit(4)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(store.path)], cwd=ROOT, check=False, timeout=60)
    assert ended.returncode == 4


def test_the_store_opens_again_after_another_process_closed_it(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from data.store import open_store; open_store(Path(sys.argv[1])).close()"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "f.duckdb")], cwd=ROOT, check=True, timeout=60)
    with open_store(tmp_path / "f.duckdb", create=False) as opened:
        assert opened.rows("SELECT count(*) FROM firm") == [(0,)]


def test_a_missing_store_is_not_made_unless_asked(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="不存在"):
        open_store(tmp_path / "absent.duckdb", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_named_damaged_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "text.duckdb"
    path.write_text("这不是数据库" * 1000, encoding="utf-8")
    with pytest.raises(StoreDamaged, match="无法打开"):
        open_store(path)
    assert path.read_text(encoding="utf-8").startswith("这不是数据库")


def test_busy_is_an_error_of_its_own_with_advice() -> None:
    assert "请先关闭" in str(StoreBusy(Path("facts.duckdb")))


@pytest.mark.parametrize(
    "statement",
    [
        "COPY setting TO 'out.csv'",
        "SELECT * FROM read_csv('/etc/hosts')",
        "SELECT * FROM read_text('*')",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "SET threads = 1",
        "SET enable_external_access = true",
    ],
)
def test_the_connection_reaches_no_file_network_or_setting(store: Store, statement: str) -> None:
    with pytest.raises(duckdb.Error):
        store.rows(statement)


def test_a_pandas_variable_of_the_caller_is_not_a_table(store: Store) -> None:
    hidden = pd.DataFrame({"a": [1]})
    with pytest.raises(duckdb.CatalogException):
        store.rows("SELECT * FROM hidden")
    assert len(hidden) == 1


def test_an_unknown_query_name_is_an_error_with_the_name() -> None:
    with pytest.raises(UnknownSql, match="no_such_query"):
        load_sql("no_such_query")
    with pytest.raises(UnknownSql):
        load_sql("../store")
