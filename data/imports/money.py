"""Rows of a money table: dated amounts of projects that are in the store."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from data.imports.amounts import stated
from data.imports.cells import Cells
from data.imports.context import Context, Portion
from data.imports.identity import reject
from data.imports.limits import MAX_NAME_CHARACTERS
from data.imports.lookup import find_projects
from data.imports.values import MASK_REASON, names

NO_PROJECT = "库中没有这个项目，或同名项目不止一个；请先导入项目，或补上项目编号、所在地"
NO_AMOUNT = "没有可用的金额"
TWICE = "同一项目、口径、日期、金额的记录已有，重复"
KEYS = ("project_id", "layer", "amount", "currency", "on_date")


def read_money(context: Context) -> Iterator[Portion]:
    """Amounts whose project, layer and value are known; all others are rejected."""
    cells = context.all_cells()
    as_of = context.dates_of(cells)
    frame = _amounts(context, cells, as_of)
    faults = frame["fault"]
    reject(cells, "amount", faults)
    again = _repeated(context, frame)
    reject(cells, "amount", again)
    taken = frame.filter(faults.is_null() & again.is_null())
    columns = (*KEYS, "layer_text", "amount_cny", "source_id")
    yield Portion({"project_money": taken.select(columns).with_columns(batch_id=pl.lit(context.batch_id))}, 1.0)


def _amounts(context: Context, cells: Cells, as_of: pl.Series) -> pl.DataFrame:
    called = names(cells.raw("name"), MAX_NAME_CHARACTERS).value
    project = find_projects(context.store, cells.code("project_id"), called, cells.text("place"))
    on_date = cells.date("money_on", as_of).alias("on_date")
    day = pl.DataFrame({"day": on_date, "as_of": as_of}).select(pl.coalesce("day", "as_of")).to_series()
    money = stated(cells, day)
    keys = pl.Series("source_id", [context.source_id(text) for text in cells.text("source")], dtype=pl.String)
    masked = cells.raw("amount").cast(pl.String).str.contains(r"^\s*[*＊]+\s*$")
    frame = money.frame.with_columns(
        project_id=project, on_date=on_date, source_id=keys, lost=money.fault, masked=masked
    )
    fault = (
        pl.when(pl.col("project_id").is_null()).then(pl.lit(NO_PROJECT))
        .when(pl.col("lost").is_not_null()).then("lost")
        .when("masked").then(pl.lit(MASK_REASON))
        .when(pl.col("amount").is_null()).then(pl.lit(NO_AMOUNT))
    )  # fmt: skip
    return frame.with_columns(fault=fault.cast(pl.String))


def _repeated(context: Context, frame: pl.DataFrame) -> pl.Series:
    """The reason where the same amount stands earlier in the file or in the store."""
    stored = context.store.query_polars("SELECT project_id, layer, amount, currency, on_date FROM project_money")
    keyed = frame.select(KEYS)
    known = (
        stored.select(pl.col(name).cast(keyed.schema[name]) for name in KEYS)
        .unique()
        .with_columns(known=pl.lit(value=True))
    )
    there = keyed.join(known, on=KEYS, how="left", nulls_equal=True, maintain_order="left")["known"].fill_null(
        value=False
    )
    good = frame["fault"].is_null()
    numbered = keyed.with_columns(good=good, there=there)
    first = pl.struct(KEYS).is_first_distinct().over("good")
    return numbered.select(
        pl.when(pl.col("good") & (pl.col("there") | ~first)).then(pl.lit(TWICE)).cast(pl.String)
    ).to_series()
