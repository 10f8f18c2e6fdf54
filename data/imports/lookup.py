"""Firms and projects already in the store, found by what a row says of them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from data.imports.cells import Cells
from data.imports.identity import STOCK_PREFIX, read_stock_code, read_uscc
from data.imports.limits import MAX_NAME_CHARACTERS
from data.imports.values import names
from data.store import Store


@dataclass(frozen=True)
class Found:
    """Ids, and for rows without one the reason."""

    ids: pl.Series
    fault: pl.Series


def find_firms(store: Store, cells: Cells, uscc: str, name: str, stock_code: str | None = None) -> Found:
    """firm_id of every row by USCC, stock code, or full name; only firms in the store are found.

    Parameters
    ----------
    uscc, name, stock_code : targets that hold them; columns may be missing from the file
    """
    code = read_uscc(cells.raw(uscc))
    stock = read_stock_code(cells) if stock_code else code.value.clear().extend_constant(None, len(cells))
    called = names(cells.raw(name), MAX_NAME_CHARACTERS).value
    frame = pl.DataFrame({"code": code.value, "bad": code.fault, "stock": stock, "name": called})
    asked = frame.select(pl.coalesce("code", STOCK_PREFIX + pl.col("stock"))).to_series().drop_nulls().unique()
    by_id = _known(store, "SELECT DISTINCT firm_id, firm_id FROM firm WHERE firm_id IN (SELECT unnest(?))", asked)
    by_stock = _known(store, _UNIQUE.format(key="stock_code"), stock.drop_nulls().unique())
    by_name = _known(store, _UNIQUE.format(key="name"), called.drop_nulls().unique())
    frame = frame.with_columns(
        found=pl.coalesce(
            _look(by_id, pl.col("code")),
            _look(by_stock, pl.col("stock")),
            pl.when(pl.col("code").is_null()).then(_look(by_name, pl.col("name"))),
        )
    )
    nothing = pl.all_horizontal(pl.col("code", "stock", "name").is_null())
    fault = (
        pl.when(pl.col("bad").is_not_null()).then("bad")
        .when(pl.col("found").is_not_null()).then(None)
        .when(nothing).then(pl.lit("没有写明企业"))
        .otherwise(pl.lit("库中没有这家企业，或同名企业不止一家；请先导入企业，或补上统一社会信用代码"))
    )  # fmt: skip
    done = frame.select(ids=pl.when(pl.col("bad").is_null()).then("found"), fault=fault.cast(pl.String))
    return Found(done["ids"], done["fault"])


# one row a name or code that exactly one firm has
_UNIQUE = "SELECT {key}, min(firm_id) FROM firm WHERE {key} IN (SELECT unnest(?)) GROUP BY {key} HAVING count(*) = 1"


def _known(store: Store, sql: str, asked: pl.Series) -> dict[str, str]:
    return dict(store.rows(sql, [asked.to_list()])) if len(asked) else {}


def _look(known: dict[str, str], column: pl.Expr) -> pl.Expr:
    return column.replace_strict(known, default=None, return_dtype=pl.String) if known else pl.lit(None, pl.String)


def find_projects(store: Store, ids: pl.Series, called: pl.Series, places: pl.Series) -> pl.Series:
    """project_id of every row, by id, else by name and place, else by a name that one project has; null if not found."""
    rows = store.rows("SELECT DISTINCT project_id, name, coalesce(place, '') FROM project")
    by_id = {project_id for project_id, _, _ in rows}
    by_name: dict[tuple[str, ...], set[str]] = {}
    for project_id, name, place in rows:
        by_name.setdefault((name,), set()).add(project_id)
        by_name.setdefault((name, place), set()).add(project_id)
    found: list[str | None] = []
    for asked, name, place in zip(ids, called, places, strict=True):
        key = (name,) if place is None else (name, place)
        candidates = by_name.get(key, set()) if asked is None else {asked} & by_id
        found.append(next(iter(candidates)) if len(candidates) == 1 else None)
    return pl.Series("project_id", found, dtype=pl.String)
