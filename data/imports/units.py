"""元 and 万元 must not be guessed: a column of bare numbers without a unit is refused before anything is read."""

from __future__ import annotations

import polars as pl

from data.imports.errors import MappingInvalid
from data.imports.fields import fields_of
from data.imports.mapping import ColumnMap
from data.imports.table import Table
from data.imports.values import money

SAMPLE_ROWS = 1_000


def require_units(kind: str, table: Table, columns: ColumnMap) -> None:
    """Raises MappingInvalid for a column of money in whose heading, cells and unit column no unit is found."""
    for field in fields_of(kind).values():
        column = columns.columns.get(field.target)
        if field.type != "money" or column is None or column.source is None or column.unit is not None:
            continue
        beside = columns.columns.get("currency_unit") if field.target == "amount" else None
        wanted = [column.source, *([beside.source] if beside and beside.source else [])]
        sample = table.read(list(dict.fromkeys(wanted)), SAMPLE_ROWS)
        constant = pl.Series([beside.constant if beside else None], dtype=pl.String).new_from_index(0, sample.height)
        units = sample[beside.source] if beside and beside.source else constant
        parsed = money(sample[column.source], None, units)
        unclear = parsed.fault.str.contains("单位").sum()
        if unclear and parsed.amount.null_count() == sample.height:
            raise MappingInvalid(
                f"列“{column.source}”没有写明单位。请把表头改为“{column.source}（万元）”或“{column.source}（元）”，"
                f"或在列名对应表里写 {field.target}_wan 或 {field.target}_yuan。"
            )
