"""Tables from outside that are read once and not kept: parquet or csv, in the encodings met in practice."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from data.imports.csv_reading import guess_delimiter, transcode
from data.imports.errors import UnreadableFile
from data.imports.reading import recognise


class ColumnAbsent(ValueError):
    """A column that is needed is not there."""

    def __init__(self, file: str, wanted: str, known: Sequence[str], option: str) -> None:
        super().__init__(f"文件 {file} 里没有{wanted}；现有列：{'、'.join(known)}；{option}")


def read_table(path: Path) -> pl.DataFrame:
    """Every row of a parquet or csv file; a csv's cells are text, empty ones null.

    Raises
    ------
    UnreadableFile : absent, empty, damaged or of another kind
    """
    kind = recognise(path)
    try:
        if kind == "parquet":
            return pl.read_parquet(path)
        if kind == "csv":
            return _read_csv(path)
    except pl.exceptions.PolarsError as error:
        raise UnreadableFile(f"文件 {path.name} 读不出来：{error}") from error
    raise UnreadableFile(f"文件 {path.name} 是工作簿；请另存为 .csv（UTF-8）或 .parquet")


def _read_csv(path: Path) -> pl.DataFrame:
    with tempfile.TemporaryDirectory(prefix="liantu-table-", ignore_cleanup_errors=True) as folder:
        plain = Path(folder) / "plain.csv"
        transcode(path, plain)
        table = pl.read_csv(plain, infer_schema=False, separator=guess_delimiter(plain))
    stripped = table.rename(str.strip).with_columns(pl.all().str.strip_chars())
    return stripped.with_columns(pl.all().replace("", None))


def find_column(table: pl.DataFrame, path: Path, asked: str | None, synonyms: Sequence[str], option: str) -> str:
    """The column asked for, else the first of its usual names that the table has.

    Raises ColumnAbsent: names the columns there are, and ``option`` that chooses one.
    """
    by_name: Mapping[str, str] = {name.lower(): name for name in table.columns}
    wanted = [asked] if asked else list(synonyms)
    for name in wanted:
        if name.lower() in by_name:
            return by_name[name.lower()]
    what = f"列“{asked}”" if asked else f"所需的一列（{'、'.join(synonyms)} 之一）"
    raise ColumnAbsent(path.name, what, table.columns, f"请用 {option} 指明")
