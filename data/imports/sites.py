"""Rows of sites (载体): plots, halls and parks with what of them is still free."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from data.imports.cells import Cells
from data.imports.context import Context, Portion
from data.imports.identity import reject
from data.imports.places import find_place
from data.imports.values import numbers
from data.settings import home_adcode

NO_NAME = "没有写明载体名称"
TWICE = "同样的载体编号（或名称、所在地）在本文件中重复"
UNKNOWN_PLACE = "没有这个地名，或同名地不止一个；按本次导入的区域记"
NEGATIVE = "面积小于 0，记为无数据"
MORE_FREE = "可用面积大于总面积，请核对"
M2_PER_MU = 2000 / 3


def read_sites(context: Context) -> Iterator[Portion]:
    """Sites that have a name; areas in ㎡, whether the file says 平方米 or 亩."""
    cells = context.all_cells()
    as_of = context.dates_of(cells)
    name, place = cells.text("name"), _places(context, cells)
    frame = pl.DataFrame({
        "site_id": cells.text("site_id"), "name": name, "adcode": place, "kind": cells.text("kind"),
        "area_m2": _area(cells, "area"), "free_area_m2": _area(cells, "free_area"), "segments": cells.text("segments"),
        "as_of": as_of,
    })  # fmt: skip
    named = pl.concat_str(pl.lit("n:"), "name", pl.lit("/"), pl.col("adcode").fill_null(""))
    frame = frame.with_columns(site_id=pl.coalesce("site_id", named))
    unnamed = pl.col("name").is_null()
    again = ~unnamed & ~pl.col("site_id").is_first_distinct().over(unnamed)
    fault = pl.when(unnamed).then(pl.lit(NO_NAME)).when(again).then(pl.lit(TWICE))
    faults = frame.select(fault.cast(pl.String)).to_series()
    reject(cells, "name", faults)
    more = pl.when(pl.col("free_area_m2") > pl.col("area_m2")).then(pl.lit(MORE_FREE))
    told = "free_area_m2" if "free_area_m2" in cells.columns else "free_area_mu"
    cells.flag(told, frame.select(more.cast(pl.String)).to_series())
    origin = {"batch_id": pl.lit(context.batch_id), "source_id": pl.lit(context.source_id())}
    yield Portion({"site": frame.filter(faults.is_null()).with_columns(**origin)}, 1.0)


def _places(context: Context, cells: Cells) -> pl.Series:
    """The file's code, else the place it names within the import's region, else that region."""
    region = context.region or home_adcode(context.store)
    said = cells.text("place")
    found = {text: find_place(text, within=region) for text in said.drop_nulls().unique()}
    named = pl.Series([None if text is None else found[text] for text in said], dtype=pl.String)
    frame = pl.DataFrame({"code": cells.code("adcode"), "said": said, "named": named})
    lost = pl.when(pl.col("said").is_not_null() & pl.col("named").is_null() & pl.col("code").is_null())
    cells.flag("place", frame.select(lost.then(pl.lit(UNKNOWN_PLACE)).cast(pl.String)).to_series())
    return frame.select(pl.coalesce("code", "named", pl.lit(region, pl.String))).to_series()


def _area(cells: Cells, what: str) -> pl.Series:
    """An area in ㎡, from the column in ㎡, else from that in 亩 (1 亩 = 2000/3 ㎡)."""
    metres, mu = _number(cells, f"{what}_m2"), _number(cells, f"{what}_mu")
    frame = pl.DataFrame({"metres": metres, "mu": mu * M2_PER_MU})
    return frame.select(pl.coalesce("metres", "mu")).to_series()


def _number(cells: Cells, target: str) -> pl.Series:
    if target not in cells.columns:
        return pl.Series(target, [None], dtype=pl.Float64).new_from_index(0, len(cells))
    parsed = numbers(cells.raw(target))
    frame = pl.DataFrame({"value": parsed.value, "fault": parsed.fault})
    below = pl.when(pl.col("value") < 0).then(pl.lit(NEGATIVE)).otherwise("fault")
    cells.flag(target, frame.select(below.cast(pl.String)).to_series())
    return frame.select(pl.when(pl.col("value") >= 0).then("value")).to_series()
