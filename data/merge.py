"""From records (what each source says of a firm) to firms: for every fact the newest known value."""

from __future__ import annotations

from dataclasses import dataclass

from data.sql import load_sql
from data.store import Cursor

BRANCH_SOURCE = "derived-branch-name"
BRANCH_TITLE = "由企业名称推得：分支机构名称以总公司全称开头"
# firms with several records are merged in portions, so that memory does not grow with their number
FIRMS_PER_PART = 200_000


@dataclass(frozen=True)
class Merged:
    """How many firms were touched, and how many of them are in the store now."""

    n_touched: int
    n_firms: int


def touch(cursor: Cursor, batch_id: str) -> None:
    """Remember the firms of a batch as those to merge; before its records are deleted, or after they were written."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE touched_id AS SELECT DISTINCT firm_id FROM firm_record WHERE batch_id = ?",
        [batch_id],
    )


def merge_touched(cursor: Cursor) -> Merged:
    """Make the rows of ``firm`` for the firms touched anew from their records; the others stay as they are.

    A fact is the newest value known: by as_of, then by time of import. Capital (with currency, conversion and flag) and
    revenue (with its year) each come whole from one record; the county is kept while it lies in the newest city.
    """
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE touched AS "
        "SELECT firm_id, count(*) AS n_records, hash(firm_id) % (1 + (SELECT count(*) FROM touched_id) // ?) AS part "
        "FROM firm_record WHERE firm_id IN (SELECT firm_id FROM touched_id) GROUP BY firm_id",
        [FIRMS_PER_PART],
    )
    cursor.execute("DELETE FROM firm WHERE firm_id IN (SELECT firm_id FROM touched_id)")
    cursor.execute(load_sql("merge_single"))
    parts = cursor.execute("SELECT DISTINCT part FROM touched WHERE n_records > 1 ORDER BY part").fetchall()
    for (part,) in parts:
        cursor.execute(load_sql("merge_many"), {"part": part})
    touched, present = _one(cursor, "SELECT (SELECT count(*) FROM touched_id), (SELECT count(*) FROM touched)")
    cursor.execute("DROP TABLE touched")
    cursor.execute("DROP TABLE touched_id")
    return Merged(int(touched), int(present))


def derive_branches(cursor: Cursor) -> int:
    """Make the relations of kind branch that follow from names anew; returns their number.

    A firm whose name begins with the full name of exactly one other firm that ends in 公司, and that is no company with
    limited liability itself, is its branch. All are made anew: one new firm may be the parent of many old ones.
    """
    cursor.execute("DELETE FROM relation WHERE source_id = ?", [BRANCH_SOURCE])
    cursor.execute(load_sql("derive_branches"), {"source_id": BRANCH_SOURCE})
    cursor.execute(
        "INSERT INTO source BY NAME SELECT $source_id AS source_id, $title AS title "
        "WHERE NOT EXISTS (SELECT 1 FROM source WHERE source_id = $source_id)",
        {"source_id": BRANCH_SOURCE, "title": BRANCH_TITLE},
    )
    (count,) = _one(cursor, "SELECT count(*) FROM relation WHERE source_id = 'derived-branch-name'")
    return int(count)


def _one(cursor: Cursor, sql: str) -> tuple[int, ...]:
    found = cursor.execute(sql).fetchall()
    return tuple(found[0])
