"""A table that is sorted and paged through the address; used by every page that lists rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from pages.cached_drawn import drawn
from pages.components.picking import pick_rows
from pages.components.table import (
    Column,
    html_table,
    known_sort,
    page_number,
    page_of,
    sorted_rows,
    table_foot,
)
from pages.components.url import here, param

Explain = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Listing:
    """How rows are listed.

    page : path of the present page, for the links
    unit : measure word of a row, as in 共 12 个缺口; note : 口径 or sums beside the count
    size : rows on one page
    explain : adds columns that are made only for the rows shown
    since : what the rows depend on beside the data and the address; the page of the table is then kept, not made again
    """

    page: str
    unit: str
    note: str = ""
    size: int = 40
    explain: Explain | None = None
    since: Sequence[object] | None = None


def show_table(listing: Listing, rows: pd.DataFrame, columns: Sequence[Column]) -> None:
    """The rows with sortable titles, pages and a count."""

    def make() -> tuple[str, int, int]:
        shown, number, n_pages, sort = _cut(listing, rows, columns)
        return html_table(shown, columns, sort=sort, sort_link=_sort_link(listing)), number, n_pages

    table, number, n_pages = _made(listing, make)
    st.html(table)
    _foot(listing, len(rows), number, n_pages)


def show_pages(
    listing: Listing, n_rows: int, read: Callable[[str | None, int, int], pd.DataFrame], columns: Sequence[Column]
) -> None:
    """As :func:`show_table`, where there are too many rows to hold: ``read`` gives (sort, rows before, rows of a page)."""
    number, n_pages = page_number(n_rows, param("p"), listing.size)
    sort = known_sort(columns, param("sort"))
    shown = read(sort, (number - 1) * listing.size, listing.size)
    st.html(html_table(shown, columns, sort=sort, sort_link=_sort_link(listing)))
    _foot(listing, n_rows, number, n_pages)


def pick_from_table(
    listing: Listing,
    rows: pd.DataFrame,
    columns: Sequence[Column],
    row_id: Callable[[Mapping[str, Any]], str],
    scope: str,
) -> None:
    """As :func:`show_table`, with a check box a row; ``pages.components.ticks`` keeps the ids under ``scope``.

    The ticks of other pages of the table, of rows that a filter hides, and of other scopes stay as they are.
    """

    def make() -> tuple[str, int, int]:
        shown, number, n_pages, sort = _cut(listing, rows, columns)
        return html_table(shown, columns, sort=sort, sort_link=_sort_link(listing), pick=row_id), number, n_pages

    table, number, n_pages = _made(listing, make)
    pick_rows(table, f"{listing.page}_picks", scope)
    _foot(listing, len(rows), number, n_pages)


def pick_from_pages(
    listing: Listing,
    n_rows: int,
    read: Callable[[str | None, int, int], pd.DataFrame],
    columns: Sequence[Column],
    row_id: Callable[[Mapping[str, Any]], str],
    scope: str,
) -> None:
    """As :func:`pick_from_table`, where there are too many rows to hold (:func:`show_pages`)."""
    number, n_pages = page_number(n_rows, param("p"), listing.size)
    sort = known_sort(columns, param("sort"))
    shown = read(sort, (number - 1) * listing.size, listing.size)
    table = html_table(shown, columns, sort=sort, sort_link=_sort_link(listing), pick=row_id)
    pick_rows(table, f"{listing.page}_picks", scope)
    _foot(listing, n_rows, number, n_pages)


def _made(listing: Listing, make: Callable[[], tuple[str, int, int]]) -> tuple[str, int, int]:
    return make() if listing.since is None else drawn(f"table {listing.page} {listing.size}", make, *listing.since)


def _foot(listing: Listing, n_rows: int, number: int, n_pages: int) -> None:
    def page_link(n: int) -> str:
        return here(listing.page, p=n if n > 1 else None)

    st.html(table_foot(n_rows, number, n_pages, page_link, listing.unit, listing.note))


def _cut(listing: Listing, rows: pd.DataFrame, columns: Sequence[Column]) -> tuple[pd.DataFrame, int, int, str | None]:
    ordered, sort = sorted_rows(rows, columns, param("sort"))
    shown, number, n_pages = page_of(ordered, param("p"), listing.size)
    return (listing.explain(shown) if listing.explain else shown), number, n_pages, sort


def _sort_link(listing: Listing) -> Callable[[str], str]:
    return lambda sort: here(listing.page, sort=sort, p=None)
