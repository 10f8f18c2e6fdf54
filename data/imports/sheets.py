"""Every sheet of a small spreadsheet as plain text: for files that people write by hand, not for registers."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from data.imports.csv_reading import records, transcode
from data.imports.errors import UnreadableFile
from data.imports.limits import MEBIBYTE
from data.imports.reading import recognise
from data.imports.xlsx_reading import check_zip, read_sheet

MAX_ROWS = 20_000
MAX_BYTES = 10 * MEBIBYTE
MAX_SHEETS = 30


@dataclass(frozen=True)
class PlainSheet:
    """A sheet: its name, and its rows (number, cells); empty rows are left out."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheets(path: Path) -> tuple[PlainSheet, ...]:
    """The visible sheets of a workbook, or the one of a csv file.

    Raises UnreadableFile: one Chinese sentence, also for a sheet in which something is computed.
    """
    kind = recognise(path)
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFile(f"文件超过 {MAX_BYTES // MEBIBYTE} MB，不像手工整理的表，未读取。")
    if kind == "parquet":
        raise UnreadableFile("这里需要 .xlsx 或 .csv 表格，不能用 parquet 文件。")
    with tempfile.TemporaryDirectory(prefix="liantu-sheets-", ignore_cleanup_errors=True) as folder:
        return _workbook(path, Path(folder)) if kind == "xlsx" else (_csv(path, Path(folder)),)


def _workbook(path: Path, folder: Path) -> tuple[PlainSheet, ...]:
    check_zip(path)
    answer, rows = read_sheet(path, folder, None)
    names = answer["sheets"]
    if len(names) > MAX_SHEETS:
        raise UnreadableFile(f"工作簿有 {len(names)} 张工作表，最多读 {MAX_SHEETS} 张；请删去无关的工作表。")
    found = [_sheet(answer, rows)]
    return (*found, *(_sheet(*read_sheet(path, folder, name)) for name in names if name != answer["sheet"]))


def _sheet(answer: dict[str, object], rows: list[tuple[int, list[str]]]) -> PlainSheet:
    name = str(answer["sheet"])
    if answer["formula"]:
        raise UnreadableFile(
            f"工作表“{name}”的单元格 {answer['formula']} 是公式；请改成文字（复制后选择性粘贴为数值）再导入。"
        )
    return _checked(name, rows)


def _csv(path: Path, folder: Path) -> PlainSheet:
    plain = folder / "plain.csv"
    transcode(path, plain)
    return _checked(path.stem, [row for row in records(plain) if any(cell.strip() for cell in row[1])])


def _checked(name: str, rows: list[tuple[int, list[str]]]) -> PlainSheet:
    if len(rows) > MAX_ROWS:
        raise UnreadableFile(f"工作表“{name}”有 {len(rows):,} 行，最多读 {MAX_ROWS:,} 行；请确认选对了文件。")
    return PlainSheet(name, tuple((number, tuple(cells)) for number, cells in rows))
