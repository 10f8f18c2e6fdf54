"""What the readers of each kind share: the table, its columns, its date and source, and where issues go."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from data.imports.cells import Cells
from data.imports.errors import AsOfMissing, MappingInvalid
from data.imports.issues import Issues
from data.imports.mapping import ColumnMap
from data.imports.segment_names import SegmentName
from data.imports.table import Table
from data.imports.values import dates
from data.store import Store

AsOf = date | Mapping[str, date] | None
YEARS = {"firms": "revenue_year", "io": "year"}
"""The column that says of which year the facts of a kind are."""


@dataclass(frozen=True)
class Portion:
    """Rows for one or more tables, and how far the reading has come (0–1)."""

    frames: dict[str, pl.DataFrame]
    share: float


@dataclass
class Context:
    """One import under way. ``batch_id`` is given also where nothing will be written."""

    store: Store
    table: Table
    kind: str
    columns: ColumnMap
    batch_id: str
    title: str
    as_of: AsOf
    recorded_at: datetime
    actor: str
    region: str | None
    segments: tuple[SegmentName, ...] = ()
    issues: Issues = field(default_factory=Issues)
    unknown_codes: dict[str, int] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    newest: date | None = None

    def cells(self, frame: pl.DataFrame) -> Cells:
        """Typed access to a frame of the table."""
        return Cells(self.kind, frame, self.columns, self.issues)

    def all_cells(self) -> Cells:
        """The whole table; for kinds that are small."""
        return self.cells(self.table.read(self.columns.sources))

    def source_id(self, said: str | None = None) -> str:
        """The id of the file's source, or of the source that a row names; remembered to be written."""
        title = self.title if said is None else f"{self.title}：{said}"
        key = "s-" + hashlib.sha1(title.encode(), usedforsecurity=False).hexdigest()[:12]
        self.sources[key] = title
        return key

    def dates_of(self, cells: Cells) -> pl.Series:
        """as_of of every row: given for the import, else given by the row's source, its own column, or its year's end.

        Raises AsOfMissing where neither the caller nor the file says it.
        """
        # what is wrong with a date is said by the error, not noted as an issue as well
        cells = Cells(self.kind, cells.frame, self.columns, Issues())
        found = self._dates(cells).alias("as_of")
        if found.null_count():
            raise AsOfMissing(self._proposal(cells), self._hint(cells, found))
        newest = found.max()
        if isinstance(newest, date):
            self.newest = newest
        return found

    def _dates(self, cells: Cells) -> pl.Series:
        n = len(cells)
        if isinstance(self.as_of, date):
            return pl.Series([self.as_of], dtype=pl.Date).new_from_index(0, n)
        if isinstance(self.as_of, Mapping) and self.as_of:
            said = (
                cells.text("source")
                if "source" in self.columns
                else pl.Series([None], dtype=pl.String).new_from_index(0, n)
            )
            return said.replace_strict(dict(self.as_of), default=None, return_dtype=pl.Date)
        if "as_of" in self.columns:
            return cells.any_date("as_of")
        year_column = YEARS.get(self.kind)
        if year_column is not None and year_column in self.columns:
            year = cells.year(year_column)
            return pl.DataFrame({"year": year}).select(pl.date("year", 12, 31)).to_series()
        return pl.Series([None], dtype=pl.Date).new_from_index(0, n)

    def _hint(self, cells: Cells, found: pl.Series) -> str:
        if found.null_count() < len(found):
            first = cells.rows.filter(found.is_null())[0]
            return f"文件里有的行写了日期，但第 {first} 行起有 {found.null_count()} 行没有。"
        if "source" not in self.columns:
            return ""
        said = cells.text("source").drop_nulls().unique(maintain_order=True).to_list()[:5]
        return f"各来源（{'、'.join(said)}）日期不同的，可在列名对应表里写 as_of：{{来源: 日期}}。"

    def _proposal(self, cells: Cells) -> date | None:
        """The latest day found in the file's date columns that is not in the future."""
        today = pl.Series([self.recorded_at.date()], dtype=pl.Date).new_from_index(0, len(cells))
        found = [
            dates(cells.raw(target), today).value.max()
            for target in ("founded_on", "stage_on", "money_on")
            if target in self.columns
        ]
        known = [day for day in found if isinstance(day, date)]
        return max(known, default=None)


def read_as_of(given: object) -> AsOf:
    """A day, an ISO text, or a mapping of source to day. Raises MappingInvalid."""
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given
    if isinstance(given, Mapping):
        return {str(source): _day(text) for source, text in given.items()}
    return _day(given)


def _day(given: object) -> date:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError as error:
        raise MappingInvalid(f"截止日期“{given}”不是 年-月-日，例如 2019-05-01。") from error
