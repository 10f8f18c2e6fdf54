"""A table that is sorted and paged through the address; used by every page that lists rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.components.picking import pick_rows
from pages.components.table import Column, html_table, page_of, sorted_rows, table_foot
from pages.components.url import here, param

Explain = Callable[[pd.DataFrame], pd.DataFrame]


def show_table(
    page: str, rows: pd.DataFrame, columns: Sequence[Column], *, unit: str, note: str = "", size: int = 50, explain: Explain | None = None
) -> None:
    """The rows with sortable titles, pages and a count.

    Parameters
    ----------
    page : path of the present page, for the links
    unit : measure word of a row, as in 共 12 个缺口
    explain : adds columns that are made only for the rows shown
    """
    shown, number, n_pages, sort = _cut(rows, columns, size)
    st.html(html_table(explain(shown) if explain else shown, columns, sort=sort, sort_link=_sort_link(page)))
    st.html(table_foot(len(rows), number, n_pages, lambda n: here(page, p=n if n > 1 else None), unit, note))


def pick_from_table(
    page: str,
    rows: pd.DataFrame,
    columns: Sequence[Column],
    *,
    row_id: Callable[[Mapping[str, Any]], str],
    key: str,
    unit: str,
    note: str = "",
    size: int = 50,
    explain: Explain | None = None,
) -> list[str]:
    """As :func:`show_table`, with a check box a row; gives the ids of the ticked rows of this page of the table."""
    shown, number, n_pages, sort = _cut(rows, columns, size)
    known = explain(shown) if explain else shown
    picked = pick_rows(html_table(known, columns, sort=sort, sort_link=_sort_link(page), pick=row_id), key)
    st.html(table_foot(len(rows), number, n_pages, lambda n: here(page, p=n if n > 1 else None), unit, note))
    held = {row_id(record) for record in known.to_dict("records")}
    return [one for one in picked if one in held]


def _cut(rows: pd.DataFrame, columns: Sequence[Column], size: int) -> tuple[pd.DataFrame, int, int, str | None]:
    ordered, sort = sorted_rows(rows, columns, param("sort"))
    shown, number, n_pages = page_of(ordered, param("p"), size)
    return shown, number, n_pages, sort


def _sort_link(page: str) -> Callable[[str], str]:
    return lambda sort: here(page, sort=sort, p=None)
