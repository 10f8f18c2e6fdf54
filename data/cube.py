"""The prefecture × segment cube: counts that follow from firms and pairs, made anew whenever either changes."""

from __future__ import annotations

from collections.abc import Sequence

from data.sql import load_sql
from data.store import Cursor

_PAIRS_OF_CITY = "s.chain_id = $chain_id AND coalesce(f.city_code, '000000') = $city_code"
_ROWS_OF_SEGMENTS = "list_contains($segments, segment_id)"


def rebuild_cube(cursor: Cursor) -> None:
    """Make ``city_segment`` and ``city_total`` anew from the firms and their pairs, inside an open write."""
    cursor.execute("DELETE FROM city_segment")
    cursor.execute(load_sql("insert_city_segment").replace("{pairs}", "true").replace("{rows}", "true"))
    cursor.execute("DELETE FROM city_total")
    cursor.execute(load_sql("insert_city_total"))


def rebuild_segments(cursor: Cursor, chain_id: str, segment_ids: Sequence[str], city_code: str | None) -> None:
    """Make the rows of some segments, and that of the whole chain, anew for one prefecture (None: place unknown).

    What a changed pair needs: the rest of the cube stays as it is. ``city_total`` does not depend on pairs.
    """
    key = {
        "chain_id": chain_id,
        "city_code": city_code or "000000",
        "segments": [*segment_ids, f"*{chain_id}"],
    }
    cursor.execute(
        "DELETE FROM city_segment "
        "WHERE chain_id = $chain_id AND city_code = $city_code AND list_contains($segments, segment_id)",
        key,
    )
    made = load_sql("insert_city_segment").replace("{pairs}", _PAIRS_OF_CITY).replace("{rows}", _ROWS_OF_SEGMENTS)
    cursor.execute(made, key)
