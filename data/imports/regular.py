"""From records of text to a Table: finds the header, checks every record's width, stores the rows as parquet."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import polars as pl

from data.imports.errors import UnreadableFile
from data.imports.limits import MAX_ROWS, MAX_TITLE_ROWS
from data.imports.table import ROW_NUMBER, FindHeader, ReadOptions, Table, check_header

Record = tuple[int, list[str]]


def to_table(
    records: Iterator[Record], folder: Path, options: ReadOptions, find_header: FindHeader, notes: Iterable[str]
) -> Table:
    """Store the records below the header; raises UnreadableFile if empty, too wide, or a record is too long."""
    top = [record for record in itertools.islice(records, MAX_TITLE_ROWS) if _filled(record[1])]
    if not top:
        raise UnreadableFile("文件是空的，没有任何内容。请确认选对了文件。")
    at = _header_index(top, options, find_header)
    names = _names(top[at][1])
    check_header(names)
    regular, parquet = folder / "regular.csv", folder / "table.parquet"
    n_rows = _write(itertools.chain(top[at + 1 :], records), names, regular)
    if n_rows == 0:
        raise UnreadableFile("文件只有表头，没有数据行。请确认导出时包含了数据。")
    stored = {name: f"c{index}" for index, name in enumerate(names)}
    schema = {ROW_NUMBER: pl.Int64(), **{column: pl.String() for column in stored.values()}}
    lazy = pl.scan_csv(regular, has_header=False, schema=schema, glob=False, empty_string_is_null=True)
    lazy.sink_parquet(parquet, compression="lz4")
    regular.unlink()
    return Table(parquet, tuple(names), stored, n_rows, numbered=True, notes=tuple(notes))


def _filled(cells: Sequence[str]) -> bool:
    return any(cell and not cell.isspace() for cell in cells)


def _header_index(top: Sequence[Record], options: ReadOptions, find_header: FindHeader) -> int:
    if options.header_row is None:
        return find_header([cells for _, cells in top])
    numbers = [number for number, _ in top]
    if options.header_row not in numbers:
        raise UnreadableFile(f"第 {options.header_row} 行不能作表头：它是空行，或不在前 {MAX_TITLE_ROWS} 行之内。")
    return numbers.index(options.header_row)


def _names(cells: Sequence[str]) -> list[str]:
    kept = list(cells)
    while not kept[-1].strip():
        kept.pop()
    return [" ".join(cell.split()) or f"第{index}列（无列名）" for index, cell in enumerate(kept, 1)]


def _write(records: Iterable[Record], names: Sequence[str], target: Path) -> int:
    width, n_rows = len(names), 0
    with target.open("w", encoding="utf-8", newline="") as stream:
        write = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow
        for number, cells in records:
            if not _filled(cells):
                continue
            if len(cells) > width and _filled(cells[width:]):
                raise UnreadableFile(
                    f"第 {number} 行有 {len(cells)} 列，表头只有 {width} 列：多半是文字里的逗号没有用双引号括起来，请改正。"
                )
            n_rows += 1
            write([number, *cells[:width], *[""] * (width - len(cells))])
            if n_rows > MAX_ROWS:
                raise UnreadableFile(f"文件超过 {MAX_ROWS} 行的上限；请拆成几个文件再导入。")
    return n_rows
