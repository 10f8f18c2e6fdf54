"""Settings of one store: home region, demo mark."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from data.regions import Region, resolve_region
from data.store import Cursor, Store

HOME = "home_adcode"
DEMO = "is_demo"
CHAINS = "chains_in_use"


def setting(store: Store, key: str) -> str | None:
    """The value of a setting; None where it was never set."""
    rows = store.rows("SELECT value FROM setting WHERE key = ?", [key])
    return rows[0][0] if rows else None


def write_setting(cursor: Cursor, key: str, value: str) -> None:
    """Set or replace one setting inside an open write."""
    cursor.execute("DELETE FROM setting WHERE key = ?", [key])
    cursor.execute("INSERT INTO setting VALUES (?, ?)", [key, value])


def home_adcode(store: Store) -> str | None:
    """Division code of the home region, as the user gave it; None before ``home`` was run."""
    return setting(store, HOME)


def set_home(store: Store, adcode: str, actor: str = "cli") -> Region:
    """Set the home region and record who did it, in one transaction.

    Raises UnknownRegion for a code that is no division, now or formerly.
    """
    region = resolve_region(store, adcode)
    now = datetime.now()  # noqa: DTZ005 - the server's own clock, as its users read it
    with store.write() as cursor:
        write_setting(cursor, HOME, region.adcode)
        cursor.execute("INSERT INTO audit_event VALUES (?, ?, 'home', ?)", [now, actor, region.adcode])
    return region


def chosen_chains(store: Store) -> tuple[str, ...] | None:
    """Ids of the chains that this place works on; None before anyone chose."""
    text = setting(store, CHAINS)
    return tuple(text.split(",")) if text else None


def choose_chains(cursor: Cursor, chain_ids: Iterable[str]) -> None:
    """Set the chains that this place works on, inside an open write."""
    write_setting(cursor, CHAINS, ",".join(chain_ids))


def is_demo(store: Store) -> bool:
    """Whether the store holds the fictional demo district."""
    return setting(store, DEMO) == "true"


def mark_demo(cursor: Cursor) -> None:
    """Mark the store as fictional; every page and export then says 演示数据（虚构）."""
    write_setting(cursor, DEMO, "true")
