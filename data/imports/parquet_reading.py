"""Parquet files from outside: the schema is checked before any row is read."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from data.imports.errors import UnreadableFile
from data.imports.limits import MAX_PARQUET_BYTES, MAX_ROWS, MEBIBYTE
from data.imports.table import Table, check_header

BROKEN = "文件已损坏或不是完整的 parquet 文件；请重新导出。"


def open_parquet(path: Path) -> Table:
    """Read schema and row count; raises UnreadableFile."""
    if path.stat().st_size > MAX_PARQUET_BYTES:
        raise UnreadableFile(f"文件超过 {MAX_PARQUET_BYTES // MEBIBYTE} MB，请拆成几个文件再导入。")
    try:
        lazy = pl.scan_parquet(path, glob=False)
        schema = lazy.collect_schema()
        n_rows = int(lazy.select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise UnreadableFile(BROKEN) from error
    if n_rows == 0:
        raise UnreadableFile("文件只有表头，没有数据行。请确认导出时包含了数据。")
    if n_rows > MAX_ROWS:
        raise UnreadableFile(f"文件有 {n_rows} 行，超过 {MAX_ROWS} 行的上限；请拆成几个文件再导入。")
    names = [name.strip() for name in schema.names()]
    check_header(names)
    usable = {name: kind for name, kind in zip(names, schema.dtypes(), strict=True) if _is_plain(kind)}
    notes = tuple(f"列“{name}”的类型 {schema[name]} 不能导入" for name in schema.names() if name.strip() not in usable)
    stored = {name.strip(): name for name in schema.names()}
    return Table(path, tuple(usable), stored, n_rows, numbered=False, notes=notes)


def _is_plain(kind: pl.DataType) -> bool:
    listed = isinstance(kind, pl.List) and kind.inner == pl.String
    return listed or not (kind.is_nested() or kind == pl.Binary or kind == pl.Object or kind == pl.Time)
