"""The counts by prefecture after firms changed: pairs stand for firms, wherever and in whatever state these are now."""

from __future__ import annotations

from data.cube import rebuild_cube
from data.store import Cursor


def count_anew(cursor: Cursor) -> bool:
    """Make the cube anew where any firm is matched to a segment; says whether there was anything to count."""
    if not cursor.execute("SELECT 1 FROM segment_firm LIMIT 1").fetchall():
        return False
    rebuild_cube(cursor)
    return True
