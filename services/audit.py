"""The record of who changed or exported what; written in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from data.store import Cursor


def record(cursor: Cursor, at: datetime, actor: str, action: str, detail: str) -> None:
    """Append one event."""
    cursor.execute("INSERT INTO audit_event VALUES (?, ?, ?, ?)", [at, actor, action, detail])


def record_all(cursor: Cursor, at: datetime, actor: str, action: str, details: Sequence[str]) -> None:
    """Append an event for each detail, in their order."""
    sql = "INSERT INTO audit_event SELECT $at, $actor, $action, unnest($details::VARCHAR[])"
    cursor.execute(sql, {"at": at, "actor": actor, "action": action, "details": list(details)})
