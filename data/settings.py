"""Settings kept in the store: home region and the demo mark."""

from __future__ import annotations

from data.store import Cursor, Store

HOME = "home_adcode"
DEMO = "is_demo"


def home_adcode(store: Store) -> str | None:
    """Code of the home region; None before one is chosen."""
    return _get(store, HOME)


def set_home(store: Store, adcode: str) -> None:
    """Make a region the home; the caller has resolved it."""
    with store.write() as cursor:
        put_setting(cursor, HOME, adcode)


def is_demo(store: Store) -> bool:
    """Whether the store holds the fictional demo."""
    return _get(store, DEMO) == "true"


def put_setting(cursor: Cursor, key: str, value: str) -> None:
    """Set a value inside an open write."""
    cursor.execute("DELETE FROM setting WHERE key = ?", [key])
    cursor.execute("INSERT INTO setting VALUES (?, ?)", [key, value])


def _get(store: Store, key: str) -> str | None:
    rows = store.rows("SELECT value FROM setting WHERE key = ?", [key])
    return rows[0][0] if rows else None
