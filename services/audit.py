"""The record of who changed or exported what; written in the transaction of the change itself."""

from __future__ import annotations

from datetime import datetime

from data.store import Cursor


def record(cursor: Cursor, at: datetime, actor: str, action: str, detail: str) -> None:
    """Append one event."""
    cursor.execute("INSERT INTO audit_event VALUES (?, ?, ?, ?)", [at, actor, action, detail])
