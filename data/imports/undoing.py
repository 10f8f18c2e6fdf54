"""Taking an import back: its facts go, the batch and its issues stay on record as undone."""

from __future__ import annotations

from datetime import datetime

from data.imports.counting import count_anew
from data.imports.errors import UndoRefused, UnknownBatch
from data.merge import derive_branches, merge_touched, touch
from data.store import Cursor, Store

FACT_TABLES = (
    "firm_record", "firm_tag", "relation", "project", "project_event", "project_money", "project_segment",
    "io_coefficient", "io_output", "site",
)  # fmt: skip
DELETE = "DELETE FROM {table} WHERE batch_id = ?"


def undo(store: Store, batch_id: str, actor: str = "cli") -> None:
    """Take an import back in one transaction; firms are merged anew from what other batches say of them.

    Attachments of its projects to segments that people made later are kept: the projects find them again when they are
    imported again. Raises UnknownBatch, or UndoRefused where later batches say more of its projects.
    """
    now = datetime.now()  # noqa: DTZ005 - the server's own clock, as its users read it
    with store.write() as cursor:
        kind = _kind(cursor, batch_id)
        _refuse_if_built_upon(cursor, batch_id)
        if kind == "firms":
            touch(cursor, batch_id)
        for table in FACT_TABLES:
            cursor.execute(DELETE.format(table=table), [batch_id])
        if kind == "firms":
            merge_touched(cursor)
            derive_branches(cursor)
            count_anew(cursor)
        cursor.execute(
            "UPDATE import_batch SET undone_at = ?, undone_by = ? WHERE batch_id = ?", [now, actor, batch_id]
        )
        cursor.execute("INSERT INTO audit_event VALUES (?, ?, 'undo', ?)", [now, actor, f"{batch_id} {kind}"])


def _kind(cursor: Cursor, batch_id: str) -> str:
    found = cursor.execute(
        "SELECT kind, undone_at IS NOT NULL FROM import_batch WHERE batch_id = ?", [batch_id]
    ).fetchall()
    if not found:
        raise UnknownBatch(f"没有批次 {batch_id}；请在数据管理页或 import_batch 表中查看批次编号。")
    kind, undone = found[0]
    if undone:
        raise UnknownBatch(f"批次 {batch_id} 已经撤回过，不能再撤。")
    return str(kind)


def _refuse_if_built_upon(cursor: Cursor, batch_id: str) -> None:
    later = cursor.execute(
        "SELECT DISTINCT batch_id FROM (SELECT project_id, batch_id FROM project_event UNION ALL "
        "SELECT project_id, batch_id FROM project_money) "
        "WHERE project_id IN (SELECT project_id FROM project WHERE batch_id = $id) "
        "AND batch_id IS NOT NULL AND batch_id <> $id ORDER BY batch_id",
        {"id": batch_id},
    ).fetchall()
    if later:
        raise UndoRefused(batch_id, [found for (found,) in later])
