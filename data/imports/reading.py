"""Opens a file by what its bytes say it is; a file that is not what its name says is refused."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.imports.csv_reading import open_csv
from data.imports.errors import UnreadableFile
from data.imports.parquet_reading import open_parquet
from data.imports.table import FindHeader, ReadOptions, Table
from data.imports.xlsx_reading import open_xlsx

SUFFIXES = {".xlsx": "xlsx", ".xlsm": "xlsx", ".csv": "csv", ".txt": "csv", ".tsv": "csv", ".parquet": "parquet"}
TITLES = {"xlsx": "Excel 工作簿（.xlsx）", "parquet": "parquet 文件（.parquet）", "csv": "文本表格（.csv）"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta", b"<head", b"<style")


@contextmanager
def open_table(path: Path, options: ReadOptions, find_header: FindHeader) -> Iterator[Table]:
    """The table of a parquet, csv or xlsx file; its temporary files live as long as the block.

    Raises UnreadableFile: one Chinese sentence, cause and cure.
    """
    kind = recognise(path)
    with tempfile.TemporaryDirectory(prefix="liantu-import-", ignore_cleanup_errors=True) as folder:
        if kind == "parquet":
            yield open_parquet(path)
        elif kind == "xlsx":
            yield open_xlsx(path, Path(folder), options, find_header)
        else:
            yield open_csv(path, Path(folder), options, find_header)


def recognise(path: Path) -> str:
    """``parquet``, ``xlsx`` or ``csv`` by the first bytes; raises UnreadableFile."""
    if not path.is_file():
        raise UnreadableFile(f"找不到文件 {path.name}；请检查路径。")
    with path.open("rb") as stream:
        head = stream.read(1024)
    if not head.strip():
        raise UnreadableFile("文件是空的，没有任何内容。请确认选对了文件。")
    _refuse_foreign(head)
    found = "parquet" if head.startswith(b"PAR1") else "xlsx" if head.startswith(b"PK\x03\x04") else "csv"
    named = SUFFIXES.get(path.suffix.lower())
    if named is None:
        raise UnreadableFile(f"扩展名 {path.suffix or '（无）'} 不能导入；请提供 .xlsx、.csv 或 .parquet 文件。")
    if found != named:
        raise UnreadableFile(f"扩展名是 {path.suffix}，内容却是{TITLES[found]}；请改正扩展名，或重新另存后再导入。")
    return found


def _refuse_foreign(head: bytes) -> None:
    if head.startswith(OLE):
        raise UnreadableFile("这是旧版 .xls 工作簿，或加了密码的工作簿；请用 Excel 或 WPS 打开，另存为不加密的 .xlsx。")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(MARKUP):
        raise UnreadableFile("这是网页（HTML/XML）改名的表格，不是真正的工作簿；请用 Excel 或 WPS 打开后另存为 .xlsx。")
    if head.startswith(b"%PDF"):
        raise UnreadableFile("这是 PDF 文件；请提供 .xlsx、.csv 或 .parquet 表格。")
