"""Tables as HTML: Chinese titles, formats, links, sorting and paging through the address, a row count."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from exports import formats
from exports.formats import NO_DATA, is_missing
from pages.components.html import anchor, esc

Cell = Callable[[Mapping[str, Any]], str]
PAGE_SIZE = 50


@dataclass(frozen=True)
class Column:
    """One column: title, key of the frame, how a row's cell is made (HTML), CSS class, whether it can be sorted by."""

    title: str
    key: str
    cell: Cell
    css: str = ""
    sortable: bool = True


def text_column(title: str, key: str, css: str = "lt-short") -> Column:
    """Plain text."""
    return Column(title, key, lambda row: _plain(row[key], formats.text), css)


def long_column(title: str, key: str) -> Column:
    """Text of any length: two lines, the whole in the title."""
    return Column(title, key, lambda row: _clamped(row[key]), "lt-long", sortable=False)


def count_column(title: str, key: str) -> Column:
    """Whole numbers."""
    return Column(title, key, lambda row: _plain(row[key], formats.count), "lt-num")


def decimal_column(title: str, key: str, digits: int = 1) -> Column:
    """Numbers with decimals."""
    return Column(title, key, lambda row: _plain(row[key], lambda value: formats.decimal(value, digits)), "lt-num")


def money_column(title: str, key: str) -> Column:
    """Amounts in 元."""
    return Column(title, key, lambda row: _plain(row[key], formats.money), "lt-num")


def day_column(title: str, key: str) -> Column:
    """Dates."""
    return Column(title, key, lambda row: _plain(row[key], formats.day), "lt-num")


def link_column(title: str, key: str, href: Callable[[Mapping[str, Any]], str], sub: str | None = None) -> Column:
    """A name that opens something, with an optional quiet second line from column ``sub``."""

    def cell(row: Mapping[str, Any]) -> str:
        below = "" if sub is None else f'<span class="lt-sub">{esc(formats.text(row[sub]))}</span>'
        return anchor(formats.text(row[key]), href(row)) + below

    return Column(title, key, cell, "lt-main")


def html_table(
    rows: pd.DataFrame,
    columns: Sequence[Column],
    *,
    sort: str | None = None,
    sort_link: Callable[[str], str] | None = None,
    pick: Callable[[Mapping[str, Any]], str] | None = None,
) -> str:
    """The rows as they are given, as an HTML table; on narrow screens long texts move below their row.

    Parameters
    ----------
    sort : key of the column the rows are sorted by, with ``-`` before it when descending
    sort_link : value of the sort parameter → address; makes the titles links
    pick : row → id of its check box (for ``pages.components.picking``)
    """
    head = ('<th class="lt-pick" scope="col"><span aria-hidden="true">选</span></th>' if pick else "") + "".join(
        _head(column, sort, sort_link) for column in columns
    )
    body = "".join(_row(record, columns, pick) for record in _records(rows))
    return f'<div class="lt-table-frame"><table class="lt-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def sorted_rows(rows: pd.DataFrame, columns: Sequence[Column], sort: str | None) -> tuple[pd.DataFrame, str | None]:
    """The rows by the column ``sort`` names, missing last, and the sort in force; unchanged for an unknown one."""
    known = known_sort(columns, sort)
    key = (known or "").lstrip("-")
    if known is None or key not in rows:
        return rows, None
    return rows.sort_values(key, ascending=not str(sort).startswith("-"), kind="stable", na_position="last"), sort


def known_sort(columns: Sequence[Column], sort: str | None) -> str | None:
    """The sort asked for where a column of it can be sorted by."""
    key = (sort or "").lstrip("-")
    return sort if any(column.key == key and column.sortable for column in columns) else None


def page_of(rows: pd.DataFrame, page: str | None, size: int = PAGE_SIZE) -> tuple[pd.DataFrame, int, int]:
    """One page of the rows, its number from 1 and the number of pages; an unknown page is the nearest one."""
    number, n_pages = page_number(len(rows), page, size)
    return rows.iloc[(number - 1) * size : number * size], number, n_pages


def page_number(n_rows: int, page: str | None, size: int) -> tuple[int, int]:
    """The number of the page asked for, from 1, and how many there are; an unknown page is the nearest one."""
    n_pages = max(1, math.ceil(n_rows / size))
    return (min(max(1, int(page)), n_pages) if page and page.isdecimal() else 1), n_pages


def table_foot(
    n_rows: int, number: int, n_pages: int, page_link: Callable[[int], str], unit: str, note: str = ""
) -> str:
    """Row count, a note (sums, 口径) and links to the other pages."""
    told = f"共 {n_rows:,} {unit}" + (f"，第 {number} / {n_pages} 页" if n_pages > 1 else "")
    around = [n for n in range(1, n_pages + 1) if n in (1, n_pages) or abs(n - number) <= 2]
    links = (
        "".join(f'<b aria-current="page">{n}</b>' if n == number else anchor(str(n), page_link(n)) for n in around)
        if n_pages > 1
        else ""
    )
    pages = f'<nav class="lt-pages" aria-label="分页">{links}</nav>' if links else ""
    return f'<div class="lt-foot" data-rows="{n_rows}"><span>{esc(told)}{"　" + esc(note) if note else ""}</span>{pages}</div>'


def _head(column: Column, sort: str | None, sort_link: Callable[[str], str] | None) -> str:
    css = f' class="{esc(column.css)}"' if column.css in ("lt-num", "lt-long") else ""
    if sort_link is None or not column.sortable:
        return f'<th scope="col"{css}>{esc(column.title)}</th>'
    active = (sort or "").lstrip("-") == column.key
    down = active and str(sort).startswith("-")
    state = f' aria-sort="{"descending" if down else "ascending"}"' if active else ""
    arrow = (" ▼" if down else " ▲") if active else ""
    target = column.key if down else f"-{column.key}"
    return f'<th scope="col"{css}{state}>{anchor(column.title + arrow, sort_link(target))}</th>'


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """As ``to_dict("records")``, column by column: half the time for a page of a wide table."""
    values = (column.tolist() for _, column in rows.items())
    return [dict(zip(rows.columns, row, strict=True)) for row in zip(*values, strict=True)]


def _row(record: Mapping[str, Any], columns: Sequence[Column], pick: Callable[[Mapping[str, Any]], str] | None) -> str:
    box = ""
    if pick is not None:
        box = (
            f'<td class="lt-pick"><label><input type="checkbox" data-pick="{esc(pick(record))}" '
            f'aria-label="选择 {esc(record.get("name", ""))}"></label></td>'
        )
    cells = "".join(f'<td class="{esc(column.css)}">{column.cell(record)}</td>' for column in columns)
    long = [f"<p>{column.cell(record)}</p>" for column in columns if column.css == "lt-long"]
    width = len(columns) - len(long) + (1 if pick else 0)
    below = f'<tr class="lt-below"><td colspan="{width}">{"".join(long)}</td></tr>' if long else ""
    return f"<tr>{box}{cells}</tr>{below}"


def _plain(value: Any, show: Callable[[Any], str]) -> str:
    return f'<span class="lt-none">{NO_DATA}</span>' if is_missing(value) or value == "" else esc(show(value))


def _clamped(value: Any) -> str:
    if is_missing(value) or value == "":
        return f'<span class="lt-none">{NO_DATA}</span>'
    return f'<span class="lt-clamp" title="{esc(value)}">{esc(value)}</span>'
