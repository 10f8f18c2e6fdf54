"""Validations: run on the user's own data, and their newest results kept in the store."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.validation.panel import Panel, cut_panel
from data.sql import load_sql
from data.store import Store
from services.audit import record
from services.table_file import find_column, read_table

PANEL_COLUMNS: dict[str, tuple[str, ...]] = {
    "region": ("region", "adcode", "fips", "地区", "地区代码", "区划代码", "行政区划代码"),
    "activity": ("activity", "segment_id", "gb4754", "naics4", "industry", "行业", "行业代码", "环节"),
    "year": ("year", "年份", "年度", "年"),
    "value": ("value", "est", "n", "企业数", "单位数", "数值"),
}
"""Usual names of the columns of a panel, the first one present is taken."""


@dataclass(frozen=True)
class KeptValidation:
    """A validation as it was run: result holds plain values (``told`` of the result)."""

    kind: str
    ran_at: datetime
    ran_by: str
    input: str
    data_as_of: date | None
    result: dict[str, Any]


def read_panel(
    path: Path, columns: dict[str, str | None] | None = None, first: int | None = None, last: int | None = None
) -> Panel:
    """The panel of a parquet or csv file, cut to two years (``analysis.validation.panel.cut_panel``).

    Parameters
    ----------
    columns : names of the region, activity, year and value columns where they are not usual ones (``PANEL_COLUMNS``)

    Raises
    ------
    UnreadableFile, ColumnAbsent, UnusablePanel
    """
    table = read_table(path)
    asked = columns or {}
    named = {
        key: find_column(table, path, asked.get(key), names, f"--{key}-column") for key, names in PANEL_COLUMNS.items()
    }
    return cut_panel(pd.DataFrame({key: table[name].to_pandas() for key, name in named.items()}), first, last)


def keep_validation(
    store: Store, kind: str, result: dict[str, Any], *, source: str, as_of: date | None, actor: str, at: datetime
) -> None:
    """Append a result; who ran it when on what goes into the record of changes too."""
    text = json.dumps(plain(result), ensure_ascii=False)
    with store.write() as cursor:
        cursor.execute("INSERT INTO validation_run VALUES (?, ?, ?, ?, ?, ?)", [kind, at, actor, source, as_of, text])
        record(cursor, at, actor, "validate", f"{kind} {source}")


def newest_validations(store: Store) -> dict[str, KeptValidation]:
    """The newest result of each kind that was ever run, by kind."""
    return {
        kind: KeptValidation(kind, ran_at, ran_by, source, as_of, json.loads(result))
        for kind, ran_at, ran_by, source, as_of, result in store.rows(load_sql("newest_validations"))
    }


def firms_as_of(store: Store) -> date | None:
    """The newest date among the firm facts; None where there is no firm."""
    newest: date | None = store.rows(load_sql("firm_dates"))[0][0]
    return newest


def plain(value: Any) -> Any:
    """Values that JSON can hold: what is missing or no number is None."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value.isoformat() if isinstance(value, date) else value
