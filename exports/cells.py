"""Values of a frame's column as cells of a worksheet: what is missing says so, codes and names stay text."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

import pandas as pd

from chains.words import LABELS, STAGES
from exports.columns import CellKind
from exports.formats import NO_DATA
from exports.plain_text import cell_text
from exports.rows_sheet import Cell

FIRST_DAY = pd.Timestamp("1900-03-01")
"""Spreadsheets are a day wrong, or fail, before it."""
DAY_ZERO = pd.Timestamp("1899-12-30")
SCALES: dict[str, float] = {"yi": 1e8, "wan": 1e4}
NUMBERS = frozenset({"number", "score", "share", "yi", "wan"})
DAYS = frozenset({"date", "entry_date"})


def cells_of(values: pd.Series | None, kind: CellKind, n_rows: int) -> tuple[list[Cell], list[str]]:
    """The cells of a column, and the name of the format of each.

    values : of the column; None where the table has no such column
    """
    if values is None:
        values = pd.Series([None] * n_rows, dtype="object")
    if kind in NUMBERS:
        return _numbers(values, kind)
    if kind in DAYS:
        return _days(values, kind)
    if kind == "list":
        return [cell_text("；".join(value or ())) for value in values], ["text"] * n_rows
    words = {"label": LABELS, "stage": STAGES}.get(kind, {})
    nothing = None if kind == "entry" else NO_DATA
    told = zip(values.tolist(), values.isna().tolist(), strict=True)
    return [nothing if gone else _text(value, words, nothing) for value, gone in told], ["text"] * n_rows


def _text(value: Any, words: dict[str, str], nothing: str | None) -> str | None:
    text = str(value)
    return nothing if text == "" and nothing is None else cell_text(words.get(text, text))


def _numbers(values: pd.Series, kind: str) -> tuple[list[Cell], list[str]]:
    known = values.notna().tolist()
    scaled = pd.to_numeric(values).astype("Float64") / SCALES.get(kind, 1.0)
    cells: Sequence[Any] = scaled.tolist()
    return (
        [_plain(cell) if there else NO_DATA for cell, there in zip(cells, known, strict=True)],
        [kind if there else "text" for there in known],
    )


def _plain(number: float) -> Cell:
    if not isfinite(number):
        return str(number)
    return int(number) if number.is_integer() else float(number)


def _days(values: pd.Series, kind: str) -> tuple[list[Cell], list[str]]:
    days = pd.to_datetime(values)
    days = days.dt.tz_localize(None) if days.dt.tz is not None else days
    serials = ((days - DAY_ZERO) / pd.Timedelta(days=1)).tolist()
    nothing = None if kind == "entry_date" else NO_DATA
    cells: list[Cell] = []
    formats: list[str] = []
    for day, serial in zip(days, serials, strict=True):
        if pd.isna(day):
            cells.append(nothing)
            formats.append("text" if nothing else "date")
        elif day < FIRST_DAY:
            cells.append(f"{day:%Y-%m-%d}")
            formats.append("text")
        else:
            cells.append(_plain(serial))
            formats.append("date")
    return cells, formats
