"""Rows of an input–output table: coefficients between segments of a chain, and outputs and final demand of segments."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from data.imports.cells import Cells
from data.imports.context import Context, Portion
from data.imports.identity import reject
from data.imports.segment_names import find_segments
from data.imports.values import numbers
from data.settings import home_adcode

NO_SUPPLIER = "没有写明供应环节"
NO_USER = "有系数而没有写明使用环节"
OTHER_CHAIN = "供应环节与使用环节不在同一条产业链"
WRONG_COEFFICIENT = "投入系数应是 0 以上、1 以下的数（使用环节每一元产出消耗多少元）"
MIXED_ROW = "产出与最终需求请另写一行，只填环节，不填使用环节和系数"
NOTHING = "既没有系数，也没有产出或最终需求"
NO_REGION = "本地产出与最终需求要写明地区：请用 --region，或先设定本地区域"
OTHER_CURRENCY = "产出与最终需求请折成人民币"
TWICE = "同样的环节（或供应、使用环节）在本文件中重复"
OUTPUTS = ("local_output", "national_output", "final_demand")


def read_input_output(context: Context) -> Iterator[Portion]:
    """Coefficients and outputs of known segments; rows of a user that would take more than it makes are rejected."""
    cells = context.all_cells()
    as_of = context.dates_of(cells)
    region = context.region or home_adcode(context.store)
    rows = _judged(_rows(context, cells).with_columns(as_of=as_of, adcode=pl.lit(region, pl.String)))
    for column in ("supplier", "user", "coefficient"):
        reject(cells, column, rows.select(pl.when(pl.col("at_fault") == column).then("fault")).to_series())
    taken = rows.filter(pl.col("fault").is_null()).with_columns(batch_id=pl.lit(context.batch_id))
    common = ("batch_id", "chain_id", "source_id", "as_of")
    coefficients = taken.filter(pl.col("user_id").is_not_null())
    outputs = taken.filter(pl.col("user_id").is_null()).rename({"supplier_id": "segment_id"})
    amounts = [pl.col(key).alias(f"{key}_cny") for key in OUTPUTS]
    yield Portion(
        {
            "io_coefficient": coefficients.select(*common, "supplier_id", "user_id", "coefficient"),
            "io_output": outputs.select(*common, "segment_id", "adcode", *amounts),
        },
        1.0,
    )


def _rows(context: Context, cells: Cells) -> pl.DataFrame:
    """What every row says, and what is wrong with the segments it names."""
    chains = cells.text("chain")
    supplier = find_segments(context.segments, cells.text("supplier"), chains)
    user = find_segments(context.segments, cells.text("user"), chains)
    sources = [context.source_id(text) for text in cells.text("source")]
    outputs = {key: cells.money(key) for key in OUTPUTS}
    foreign = pl.DataFrame({key: money.currency.fill_null("CNY") != "CNY" for key, money in outputs.items()})
    return pl.DataFrame(
        {
            "supplier": cells.text("supplier"),
            "supplier_id": supplier.segment_ids,
            "supplier_fault": supplier.faults,
            "chain_id": supplier.chain_ids,
            "user": cells.text("user"),
            "user_id": user.segment_ids,
            "user_fault": user.faults,
            "user_chain": user.chain_ids,
            "stated": cells.text("coefficient"),
            "coefficient": numbers(cells.raw("coefficient")).value,
            "source_id": pl.Series(sources, dtype=pl.String),
            "foreign": foreign.select(pl.any_horizontal(pl.all())).to_series(),
            **{key: money.amount for key, money in outputs.items()},
        }
    )


def _judged(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with their fault, null for none, and the column at fault."""
    unnamed = pl.when(pl.col("supplier").is_null()).then(pl.lit(NO_SUPPLIER))
    named = pl.coalesce(unnamed, "supplier_fault", "user_fault")
    at_fault = (
        pl.when(pl.coalesce(unnamed, "supplier_fault").is_not_null()).then(pl.lit("supplier"))
        .when(pl.col("user_fault").is_not_null()).then(pl.lit("user"))
        .otherwise(pl.lit("coefficient"))
    )  # fmt: skip
    single = rows.with_columns(at_fault=at_fault, fault=pl.coalesce(named, _fault()))
    good = pl.col("fault").is_null()
    first = pl.struct("supplier_id", "user_id").is_first_distinct().over(good)
    once = single.with_columns(fault=pl.coalesce("fault", pl.when(good & ~first).then(pl.lit(TWICE))))
    return once.with_columns(fault=pl.coalesce("fault", _too_much()).cast(pl.String))


def _fault() -> pl.Expr:
    """What is wrong with a row whose segments are known."""
    between = pl.col("user").is_not_null()
    inside = pl.col("coefficient").is_between(0, 1, closed="left").fill_null(value=False)
    given = pl.any_horizontal(pl.col(key).is_not_null() for key in OUTPUTS)
    local = pl.col("local_output").is_not_null() | pl.col("final_demand").is_not_null()
    return (
        pl.when(~between & pl.col("stated").is_not_null()).then(pl.lit(NO_USER))
        .when(pl.col("user_chain") != pl.col("chain_id")).then(pl.lit(OTHER_CHAIN))
        .when(between & ~inside).then(pl.lit(WRONG_COEFFICIENT))
        .when(between & given).then(pl.lit(MIXED_ROW))
        .when(~between & ~given).then(pl.lit(NOTHING))
        .when(pl.col("foreign")).then(pl.lit(OTHER_CURRENCY))
        .when(local & pl.col("adcode").is_null()).then(pl.lit(NO_REGION))
    )  # fmt: skip


def _too_much() -> pl.Expr:
    """The fault of every good row of a user whose coefficients sum to 1 or more: it would use up more than it makes."""
    good = pl.col("fault").is_null() & pl.col("user_id").is_not_null()
    whole = pl.when(good).then("coefficient").otherwise(0.0).sum().over("user_id")
    said = pl.format("使用环节“{}”的投入系数之和为 {}，应小于 1", "user", whole.round(3))
    return pl.when(good & (whole >= 1)).then(said)
