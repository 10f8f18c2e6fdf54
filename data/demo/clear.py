"""Take the fictional demo district out of a store, so that one's own data can be loaded into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.divisions import FICTIONAL
from data.settings import is_demo
from data.store import Cursor, Store

KEPT = ("audit_event", "chain_version", "division", "schema_migration")


class NotDemo(ValueError):
    """The store does not hold the demo district."""

    def __init__(self) -> None:
        super().__init__("这个库不是演示库，里面可能有真实数据，没有清空；要撤回某次导入请用 undo")


@dataclass(frozen=True)
class DemoContent:
    """What clearing would take away; ``n_imported`` counts imports in force that are not the demo's own."""

    n_firms: int
    n_projects: int
    n_imported: int


def demo_content(store: Store) -> DemoContent:
    """What the demo store holds. Raises NotDemo."""
    if not is_demo(store):
        raise NotDemo
    [counts] = store.rows(
        "SELECT (SELECT count(*) FROM firm), (SELECT count(*) FROM project), (SELECT count(*) FROM import_batch "
        "WHERE undone_at IS NULL AND NOT starts_with(batch_id, 'demo-'))"
    )
    return DemoContent(*counts)


def clear_demo(store: Store, actor: str = "cli") -> DemoContent:
    """Empty every table but the divisions in force, the chains that people wrote and the record of who did what.

    All in one transaction.

    Returns what was taken away. Raises NotDemo.
    """
    content = demo_content(store)
    now = datetime.now()  # noqa: DTZ005 - the server's own clock, as its users read it
    with store.write() as cursor:
        for table in _tables(cursor):
            cursor.execute(f"DELETE FROM {_quoted(table)}")  # noqa: S608 - a quoted identifier
        cursor.execute("DELETE FROM division WHERE adcode >= ?", [FICTIONAL])
        detail = f"企业 {content.n_firms}，项目 {content.n_projects}"
        cursor.execute("INSERT INTO audit_event VALUES (?, ?, 'demo_clear', ?)", [now, actor, detail])
    store.checkpoint()
    return content


def _tables(cursor: Cursor) -> list[str]:
    """Whatever tables the schema has by now: none may be forgotten."""
    rows = cursor.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal AND NOT temporary").fetchall()
    return [name for (name,) in rows if name not in KEPT]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
