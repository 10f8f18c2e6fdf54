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
    """How many firms were touched, and how many of these are still there."""

    n_touched: int
    n_firms: int


def touch(cursor: Cursor, batch_id: str) -> None:
    """Remember the firms of a batch as those to merge; before its records are deleted, or after they were written."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE touched_id AS SELECT DISTINCT firm_id FROM firm_record WHERE batch_id = ?",
        [batch_id],
    )


# where else a firm is named; catalogues stay as they were frozen, activities are found anew by matching
FIRM_COLUMNS = (
    ("firm_tag", "firm_id"), ("relation", "from_firm"), ("relation", "to_firm"), ("project", "firm_id"),
    ("segment_firm", "firm_id"), ("segment_decision", "firm_id"),
    ("firm_affiliate", "home_id"), ("firm_affiliate", "affiliate_id"),
    ("firm_list_item", "firm_id"), ("trip_stop", "firm_id"), ("outreach_event", "firm_id"), ("firm_note", "firm_id"),
)  # fmt: skip
MOVE = "UPDATE {table} SET {column} = moved.new_id FROM moved WHERE {table}.{column} = moved.old_id"


def identify_records(cursor: Cursor) -> int:
    """Give the records without USCC to the firm that has their stock code or their name; returns how many firms moved.

    Whichever file came first, and whichever is taken back: a listed firm known by its stock code alone is one firm with
    the registered one as soon as exactly one registered firm has its stock code or exactly its name, and no longer.
    What is said elsewhere of the firm (tags, relations, projects, segments, decisions) moves with it.
    """
    cursor.execute(load_sql("identify_records"))
    cursor.execute("INSERT INTO touched_id SELECT old_id FROM moved UNION SELECT new_id FROM moved")
    cursor.execute(
        "UPDATE firm_record SET firm_id = moved.new_id FROM moved "
        "WHERE firm_record.uscc IS NULL AND firm_record.firm_id = moved.old_id AND firm_record.stock_code = moved.stock_code"
    )
    # what is said of a firm that still has records of its own stays with it
    cursor.execute("DELETE FROM moved WHERE old_id IN (SELECT firm_id FROM firm_record)")
    for table, column in FIRM_COLUMNS:
        cursor.execute(MOVE.format(table=table, column=column))
    (count,) = _one(cursor, "SELECT count(*) FROM moved")
    cursor.execute("DROP TABLE moved")
    return int(count)


def merge_touched(cursor: Cursor) -> Merged:
    """Make the rows of ``firm`` for the firms touched anew from their records; the others stay as they are.

    A fact is the newest value known: by as_of, then by time of import. Capital (with currency, conversion and flag) and
    revenue (with its year) each come whole from one record; the county is kept while it lies in the newest city.
    """
    identify_records(cursor)
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
    touched, present = _one(
        cursor, "SELECT (SELECT count(DISTINCT firm_id) FROM touched_id), (SELECT count(*) FROM touched)"
    )
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
