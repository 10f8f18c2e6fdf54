"""What firms are called."""

from __future__ import annotations

from collections.abc import Iterable

from data.sql import load_sql
from data.store import Store


def names_of(store: Store, firms: Iterable[str]) -> dict[str, str]:
    """Name of each firm by its id; firms that the store does not hold are left out."""
    asked = list(firms)
    return dict(store.rows(load_sql("names_of"), {"firms": asked})) if asked else {}
