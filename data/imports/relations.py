"""Rows that say who supplies, owns or recommends whom, both firms being in the store."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from data.imports.cells import Cells
from data.imports.context import Context, Portion
from data.imports.identity import reject
from data.imports.lookup import Found, find_firms
from data.imports.words import RELATIONS, meaning

NO_KIND = "关系不属于供应、投资、分支、引荐"
SELF = "两端是同一家企业"
TWICE = "同样的关系在本文件中重复"


def read_relations(context: Context) -> Iterator[Portion]:
    """Relations whose two ends and kind are known."""
    cells = context.all_cells()
    as_of = context.dates_of(cells)
    ends = {side: find_firms(context.store, cells, f"{side}_uscc", f"{side}_name") for side in ("from", "to")}
    text = cells.text("kind")
    frame = pl.DataFrame({
        "from_firm": ends["from"].ids, "to_firm": ends["to"].ids, "kind": meaning(RELATIONS, text),
        "evidence": _evidence(context, cells), "since": cells.date("since", as_of), "as_of": as_of,
    })  # fmt: skip
    kept = frame.filter(_taken(cells, frame, ends))
    source = {"batch_id": pl.lit(context.batch_id), "source_id": pl.lit(context.source_id())}
    yield Portion({"relation": kept.with_columns(**source)}, 1.0)


def _evidence(context: Context, cells: Cells) -> pl.Series:
    """The file's own words, else where the row stands."""
    said = pl.DataFrame({"said": cells.text("evidence"), "row": cells.rows})
    place = pl.format("{} 第 {} 行", pl.lit(context.title), "row")
    return said.select(pl.coalesce("said", place)).to_series()


def _taken(cells: Cells, frame: pl.DataFrame, ends: dict[str, Found]) -> pl.Series:
    for side, found in ends.items():
        reject(cells, f"{side}_name" if f"{side}_name" in cells.columns else f"{side}_uscc", found.fault)
    whole = ends["from"].fault.is_null() & ends["to"].fault.is_null()
    keys = pl.struct("from_firm", "to_firm", "kind", "since")
    fault = (
        pl.when(pl.col("kind").is_null()).then(pl.lit(NO_KIND))
        .when(pl.col("whole") & (pl.col("from_firm") == pl.col("to_firm"))).then(pl.lit(SELF))
        .when(pl.col("whole") & ~keys.is_first_distinct().over("whole")).then(pl.lit(TWICE))
    )  # fmt: skip
    faults = frame.with_columns(whole=whole).select(fault.cast(pl.String)).to_series()
    reject(cells, "kind", faults)
    return whole & faults.is_null()
