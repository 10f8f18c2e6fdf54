"""Imports and their undoing as people do them: what they change is kept, and what was refused is on record."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from data.imports import ImportRefused, ImportReport, SegmentName, import_file, undo
from data.imports.fields import KIND_OF
from data.store import Store
from services.audit import record
from services.label_history import keeping
from services.packages import installed

REFUSED = "import_refused"
"""Action of the record of an import that was refused; its detail is the file's name, a tab, and the reason."""


def known_segments(store: Store) -> tuple[SegmentName, ...]:
    """The segments of every chain in force, with ids and names."""
    return tuple(
        SegmentName(chain.id, chain.name, segment.id, segment.name)
        for chain in installed(store)
        for segment in chain.segments
    )


def import_facts(store: Store, path: Path, kind: str, *, actor: str, at: datetime, **options: Any) -> ImportReport:
    """Import one file (``data.imports.import_file``); the labels of before are kept, a refusal is recorded.

    A dry run does neither. Raises ImportRefused.
    """
    if options.get("dry_run"):
        return import_file(store, path, kind, actor=actor, **options)
    changes_firms = KIND_OF.get(kind) == "firms"
    try:
        with keeping(store) if changes_firms else nullcontext():
            return import_file(store, path, kind, actor=actor, **options)
    except ImportRefused as problem:
        with store.write() as cursor:
            record(cursor, at, actor, REFUSED, f"{Path(path).name}\t{problem}")
        raise


def undo_import(store: Store, batch_id: str, actor: str) -> None:
    """Take an import back (``data.imports.undo``); the labels of before are kept. Raises UnknownBatch, UndoRefused."""
    with keeping(store):
        undo(store, batch_id, actor)
