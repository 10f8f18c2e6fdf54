"""Downloads made by our own exports only: text cells, Chinese titles, caption with region, date and source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pandas as pd
import streamlit as st

from exports.columns import Column
from exports.xlsx import table_workbook
from pages import cached
from pages.components.actions import actor, now
from services.audit import record
from services.context import Context

Explain = Callable[[pd.DataFrame], pd.DataFrame]

NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))
"""Signs that a name of a list or a firm may have and a file may not."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {
    ".xlsx": XLSX,
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


def table_download(
    title: str, columns: Iterable[Column], rows: pd.DataFrame, context: Context, explain: Explain | None = None
) -> None:
    """A button that saves all the rows (not only the page shown) as a workbook, made when it is pressed.

    ``explain`` adds, then, the columns that the screen makes only for the rows it shows.
    """
    wanted = tuple(columns)

    def make() -> bytes:
        return table_workbook(title, context.caption, wanted, explain(rows) if explain else rows)

    save_button(f"下载 Excel（{len(rows):,} 行）", make, file_name(title, context), key=f"save_{title}")


def save_button(
    text: str, make: Callable[[], bytes], name: str, key: str, *, primary: bool = False, mime: str = XLSX
) -> None:
    """A download button; ``make`` runs only when it is pressed, and the audit log then says what was taken out."""
    who = actor()  # the file is made outside the session
    recorded_button(text, lambda: noted(make, name, who), name, key, primary=primary, mime=mime)


def recorded_button(
    text: str, make: Callable[[], bytes], name: str, key: str, *, primary: bool = False, mime: str = XLSX
) -> None:
    """A download button whose ``make``, run when it is pressed, writes into the audit log itself."""
    st.download_button(
        text,
        make,
        file_name=name,
        mime=mime,
        key=key,
        on_click="ignore",
        type="primary" if primary else "secondary",
        icon=":material/download:",
    )


def noted(make: Callable[[], bytes], name: str, who: str) -> bytes:
    """The file that ``make`` makes, recorded as an export."""
    content = make()
    with cached.store().write() as cursor:
        record(cursor, now(), who, "export", name)
    return content


def file_name(title: str, context: Context, as_of: date | None = None, suffix: str = ".xlsx") -> str:
    """Name of a saved file: region, title, data date (the context's unless given); marked when fictional.

    ``济南市-缺口清单-2019-04-30.xlsx``
    """
    mark = "演示-" if context.demo else ""
    return f"{mark}{context.home.name}-{title.translate(NOT_IN_NAMES)}-{as_of or context.as_of:%Y-%m-%d}{suffix}"
