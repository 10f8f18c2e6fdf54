"""The prefecture × segment cube: counts that follow from firms and pairs, made anew whenever either changes."""

from __future__ import annotations

from data.sql import load_sql
from data.store import Cursor


def rebuild_cube(cursor: Cursor) -> None:
    """Make ``city_segment`` and ``city_total`` anew from the firms and their pairs, inside an open write."""
    cursor.execute("DELETE FROM city_segment")
    cursor.execute(load_sql("insert_city_segment"))
    cursor.execute("DELETE FROM city_total")
    cursor.execute(load_sql("insert_city_total"))
