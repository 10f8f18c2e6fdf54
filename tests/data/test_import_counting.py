"""The counts by prefecture follow every import of firms and its undoing at once, not only the next matching."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.cube import rebuild_cube
from data.imports import undo
from data.imports.counting import count_anew
from data.store import Store, open_store
from tests.data.import_files import code, firm, load_firms

LATER = date(2025, 1, 31)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three firms of Jinan that make powder, matched and counted."""
    with open_store(tmp_path / "facts.duckdb") as opened:
        load_firms(opened, tmp_path / "first.csv", [firm(n) for n in (1, 2, 3)])
        with opened.write() as cursor:
            for n in (1, 2, 3):
                cursor.execute("INSERT INTO firm_activity (firm_id, makes) VALUES (?, true)", [code(n)])
                cursor.execute(
                    "INSERT INTO segment_firm (chain_id, segment_id, firm_id, role, verdict, score, evidence, decided_by, core) "
                    "VALUES ('tiny', 'powder', ?, 'maker', 'confirmed', 0.9, '制造', 'rule', true)",
                    [code(n)],
                )
            rebuild_cube(cursor)
        yield opened


def counted(store: Store) -> dict[str, tuple[int, int]]:
    """By prefecture: makers of powder, and firms."""
    rows = store.rows(
        "SELECT city_code, coalesce(n_makers, 0), n_firms FROM city_total "
        "LEFT JOIN (FROM city_segment WHERE segment_id = 'powder') USING (city_code)"
    )
    return {city: (makers, firms) for city, makers, firms in rows}


def test_a_firm_that_moved_or_was_struck_off_is_counted_where_and_as_it_is_now(store: Store, tmp_path: Path) -> None:
    assert counted(store) == {"370100": (3, 3)}
    rows = [firm(1, 地市代码="420100", 登记状态="存续"), firm(2, 地市代码="370100", 登记状态="注销")]
    load_firms(store, tmp_path / "later.csv", rows, as_of=LATER)
    assert counted(store) == {"370100": (1, 1), "420100": (1, 1)}


def test_undoing_an_import_counts_as_before_it(store: Store, tmp_path: Path) -> None:
    before = counted(store)
    report = load_firms(store, tmp_path / "later.csv", [firm(1, 登记状态="注销"), firm(9)], as_of=LATER)
    # the new firm is not matched yet: a firm, but no maker
    assert counted(store) == {"370100": (2, 3)}
    undo(store, str(report.batch_id))
    assert counted(store) == before


def test_nothing_is_counted_where_nothing_was_matched(store: Store) -> None:
    with store.write() as cursor:
        cursor.execute("DELETE FROM segment_firm")
        assert not count_anew(cursor)
        cursor.execute("SELECT n_firms FROM city_total")
        assert cursor.fetchall() == [(3,)]
