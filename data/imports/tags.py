"""Rows of a list (专精特新, 小巨人 …) to tags of firms that are in the store."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from data.imports.context import Context, Portion
from data.imports.identity import reject
from data.imports.lookup import find_firms

NO_LIST = "没有写明名单名称"
TWICE = "同一企业、名单、级别、年份在本文件中重复"
KEYS = ("firm_id", "list_name", "level", "year")


def read_tags(context: Context) -> Iterator[Portion]:
    """Tags whose firm and list are known."""
    cells = context.all_cells()
    as_of = context.dates_of(cells)
    found = find_firms(context.store, cells, "uscc", "name", "stock_code")
    frame = pl.DataFrame({
        "firm_id": found.ids, "fault": found.fault, "list_name": cells.text("list_name"), "level": cells.text("level"),
        "year": cells.year("year"), "expires_on": cells.any_date("expires_on"), "as_of": as_of,
    })  # fmt: skip
    frame = frame.with_columns(fault=pl.coalesce("fault", pl.when(pl.col("list_name").is_null()).then(pl.lit(NO_LIST))))
    good = pl.col("fault").is_null()
    again = pl.when(good & ~pl.struct(KEYS).is_first_distinct().over(good)).then(pl.lit(TWICE))
    frame = frame.with_columns(fault=pl.coalesce("fault", again).cast(pl.String))
    reject(
        cells, next(target for target in ("name", "uscc", "stock_code") if target in context.columns), frame["fault"]
    )
    tags = frame.filter(pl.col("fault").is_null()).drop("fault")
    yield Portion(
        {"firm_tag": tags.with_columns(batch_id=pl.lit(context.batch_id), source_id=pl.lit(context.source_id()))}, 1.0
    )
