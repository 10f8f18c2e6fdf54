"""The cells of a chunk by target column, whether they come from a column, a constant, or are not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from data.imports import values
from data.imports.fields import Unit, fields_of
from data.imports.issues import FLAGGED, Issues
from data.imports.mapping import ColumnMap
from data.imports.table import ROW_NUMBER


class Cells:
    """Typed access to one chunk; every doubtful cell is written into ``issues``."""

    def __init__(self, kind: str, frame: pl.DataFrame, columns: ColumnMap, issues: Issues) -> None:
        self.frame, self.columns, self.issues = frame, columns, issues
        self.rows = frame[ROW_NUMBER]
        self._fields = fields_of(kind)

    def __len__(self) -> int:
        return self.frame.height

    def raw(self, target: str) -> pl.Series:
        """The cells as they stand; all null where the file has no such column."""
        column = self.columns.columns.get(target)
        if column is None or column.source is None:
            value = None if column is None else column.constant
            return pl.Series(target, [value], dtype=pl.String).new_from_index(0, len(self))
        return self.frame[column.source].alias(target)

    def label(self, target: str) -> str:
        """What the column is called in the file, else its Chinese title."""
        column = self.columns.columns.get(target)
        return self._fields[target].title if column is None or column.source is None else column.source

    def unit(self, target: str) -> Unit | None:
        """The unit of the column's heading."""
        column = self.columns.columns.get(target)
        return None if column is None else column.unit

    def flag(self, target: str, faults: pl.Series) -> None:
        """Note the rows whose fault is not null as flagged."""
        self.issues.add(FLAGGED, self.rows, self.label(target), self.raw(target), faults)

    def text(self, target: str) -> pl.Series:
        """Trimmed text."""
        return self._keep(target, values.texts)

    def code(self, target: str) -> pl.Series:
        """A code, as text."""
        return self._keep(target, values.codes)

    def count(self, target: str) -> pl.Series:
        """A whole number."""
        return self._keep(target, values.counts, pl.Int64())

    def date(self, target: str, not_after: pl.Series) -> pl.Series:
        """A day, not later than ``not_after`` where that is known."""
        return self._keep(target, lambda cells: values.dates(cells, not_after), pl.Date())

    def any_date(self, target: str) -> pl.Series:
        """A day, however late."""
        return self.date(target, always(None, len(self)))

    def year(self, target: str) -> pl.Series:
        """A year between 1850 and 2200 as whole number; 年 behind it is allowed."""
        if target not in self.columns:
            return pl.Series(target, [None], dtype=pl.Int32).new_from_index(0, len(self))
        bare = values.half_width(self.raw(target)).str.replace(r"^(\d{4})(?:年度?|\.0+)$", "$1")
        parsed = values.counts(bare)
        frame = pl.DataFrame({"value": parsed.value.cast(pl.Int32), "fault": parsed.fault})
        wrong = ~pl.col("value").is_between(1850, 2200)
        fault = pl.when(wrong).then(pl.lit("不是四位年份，记为无数据")).otherwise("fault")
        self.flag(target, frame.select(fault.cast(pl.String)).to_series())
        return frame.select(pl.when(~wrong).then("value")).to_series()

    def money(self, target: str, units: pl.Series | None = None) -> values.Money:
        """Amounts in whole units of their currency; its faults are flagged."""
        if target not in self.columns:
            nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(self))
            return values.Money(nothing.cast(pl.Float64), nothing, nothing)
        parsed = values.money(self.raw(target), self.unit(target), units)
        self.flag(target, parsed.fault)
        return parsed

    def _keep(
        self, target: str, read: Callable[[pl.Series], values.Parsed], kind: pl.DataType | None = None
    ) -> pl.Series:
        if target not in self.columns:
            return pl.Series(target, [None], dtype=kind or pl.String()).new_from_index(0, len(self))
        parsed = read(self.raw(target))
        self.flag(target, parsed.fault)
        return parsed.value.alias(target)


def always(value: date | None, n: int) -> pl.Series:
    """A column of ``n`` equal dates."""
    return pl.Series([value], dtype=pl.Date).new_from_index(0, n)
