"""SQL texts, one query a file; the first line of each says what one row is."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


class UnknownSql(LookupError):
    """No file of that name lies in data/sql."""


@cache
def load_sql(name: str) -> str:
    """The text of ``data/sql/<name>.sql``; raises UnknownSql."""
    entry = files(__package__) / f"{name}.sql"
    if not name.isidentifier() or not entry.is_file():
        raise UnknownSql(f"没有名为“{name}”的查询（data/sql/{name}.sql）")
    return entry.read_text(encoding="utf-8")
