"""Settings of one store: home region, demo mark."""

from __future__ import annotations

from data.regions import resolve_region
from data.store import Store

HOME = "home_adcode"
DEMO = "is_demo"


def setting(store: Store, key: str) -> str | None:
    """The value of a setting; None where it was never set."""
    rows = store.rows("SELECT value FROM setting WHERE key = ?", [key])
    return rows[0][0] if rows else None


def set_setting(store: Store, key: str, value: str) -> None:
    """Set or replace one setting."""
    with store.write() as cursor:
        cursor.execute("DELETE FROM setting WHERE key = ?", [key])
        cursor.execute("INSERT INTO setting VALUES (?, ?)", [key, value])


def home_adcode(store: Store) -> str | None:
    """Division code of the home region, as the user gave it; None before ``home`` was run."""
    return setting(store, HOME)


def set_home(store: Store, adcode: str) -> None:
    """Set the home region. Raises UnknownRegion for a code that is no division, now or formerly."""
    set_setting(store, HOME, resolve_region(store, adcode).adcode)


def is_demo(store: Store) -> bool:
    """Whether the store holds the fictional demo district."""
    return setting(store, DEMO) == "true"


def mark_demo(store: Store) -> None:
    """Mark the store as fictional; every page and export then says 演示数据（虚构）."""
    set_setting(store, DEMO, "true")
