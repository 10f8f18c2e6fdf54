"""A table from outside, opened: its column names, and its rows in chunks with their row numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from data.imports.errors import UnreadableFile
from data.imports.limits import CHUNK_ROWS, MAX_CHUNK_BYTES, MAX_COLUMNS

ROW_NUMBER = "row_number"
READING_ERRORS = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)
DAMAGED = "第 {row} 行之后的内容已损坏，无法读取；请重新导出后再导入。"

# picks the header among the first rows of a sheet: index of the row that holds the column names
FindHeader = Callable[[Sequence[Sequence[str]]], int]


@dataclass(frozen=True)
class ReadOptions:
    """``sheet``: name of the worksheet; ``header_row``: row number of the column names (1 = first); None: find it."""

    sheet: str | None = None
    header_row: int | None = None


@dataclass(frozen=True)
class Table:
    """Column names as in the file; ``stored`` says which column of the parquet file each is."""

    parquet: Path
    columns: tuple[str, ...]
    stored: dict[str, str]
    n_rows: int
    numbered: bool
    notes: tuple[str, ...] = field(default=())

    def chunks(self, columns: Sequence[str], rows: int = CHUNK_ROWS) -> Iterator[pl.DataFrame]:
        """Frames of ``row_number`` and the named columns, in file order; types are the file's own."""
        offset = 0
        batches = self._scan(columns).collect_batches(chunk_size=rows, maintain_order=True)
        try:
            for batch in batches:
                yield self._named(batch, columns, offset)
                offset += batch.height
        except READING_ERRORS as error:
            raise UnreadableFile(DAMAGED.format(row=offset + 1)) from error

    def read(self, columns: Sequence[str], rows: int | None = None) -> pl.DataFrame:
        """All rows of a few columns at once, or the first ``rows``."""
        lazy = self._scan(columns)
        try:
            frame = (lazy if rows is None else lazy.head(rows)).collect()
        except READING_ERRORS as error:
            raise UnreadableFile(DAMAGED.format(row=1)) from error
        return self._named(frame, columns, 0)

    def _scan(self, columns: Sequence[str]) -> pl.LazyFrame:
        return pl.scan_parquet(self.parquet, glob=False).select(self._needed(columns))

    def _named(self, frame: pl.DataFrame, columns: Sequence[str], offset: int) -> pl.DataFrame:
        sizes = frame.select(pl.col(pl.String).str.len_bytes().cast(pl.Int64).sum())
        if sum(sizes.row(0)) > MAX_CHUNK_BYTES * (1 + frame.height // CHUNK_ROWS):
            raise UnreadableFile(f"第 {offset + 1} 行起的文字过长（平均每行超过一万字），未读取；请只保留要导入的列。")
        counted = pl.int_range(offset + 1, offset + 1 + frame.height, dtype=pl.Int64, eager=True)
        number = frame[ROW_NUMBER] if self.numbered else counted
        return pl.DataFrame([number.alias(ROW_NUMBER), *(frame[self.stored[name]].alias(name) for name in columns)])

    def _needed(self, columns: Sequence[str]) -> list[str]:
        stored = [self.stored[name] for name in columns]
        return list(dict.fromkeys([*stored, *([ROW_NUMBER] if self.numbered else [])]))


def check_header(names: Sequence[str]) -> None:
    """Raises UnreadableFile for too many columns or for two columns of one name."""
    if len(names) > MAX_COLUMNS:
        raise UnreadableFile(f"文件有 {len(names)} 列，超过 {MAX_COLUMNS} 列的上限；请只保留要导入的列。")
    twice = sorted({name for name in names if list(names).count(name) > 1})
    if twice:
        raise UnreadableFile(f"表头有重复的列名：{'、'.join(twice)}；请改名或删除多余的一列。")


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of the file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
