"""Workbooks written with xlsxwriter: text stays text, nothing from the data becomes a formula or a link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chains.words import CONTACT_STATES, LABELS, STAGES
from exports.columns import CATALOGUE, COVERAGE, GAPS, PROJECTS, SOURCES, CellKind, Column
from exports.content import CatalogueContent
from exports.profiles import PROFILES, Profile

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
"""Nothing from the data becomes a formula, a link or a number."""
CELL_LIMIT = 32_767
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
NO_DATA = "无数据"
A3 = 8
FIRST_DAY = pd.Timestamp("1900-03-01")
CUT_MARK = "…（超出单元格上限，已截断）"


def catalogue_workbook(content: CatalogueContent, profile: Profile = PROFILES["internal"], foot: str = "") -> bytes:
    """The catalogue as an .xlsx file: 说明, 招商目录, and inside the house 缺口清单, 已签约覆盖, 数据来源说明.

    profile : for whom, see ``exports.profiles``; foot : who took it out, at the foot of every printed page
    """
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, PLAIN) as book:
        book.set_properties({"title": content.title, "comments": content.caption})
        sheets = _Sheets(book, content, foot=foot)
        _front(sheets, profile)
        sheets.table("招商目录", profile.columns(CATALOGUE), content.items)
        if profile.inside:
            sheets.table("缺口清单", GAPS, content.gaps)
            sheets.table("已签约覆盖", COVERAGE, content.coverage)
            sheets.table("签约项目", PROJECTS, content.projects, content.no_projects)
            sheets.table("数据来源说明", SOURCES, content.sources)
    return buffer.getvalue()


def table_workbook(title: str, caption: str, columns: Iterable[Column], rows: pd.DataFrame) -> bytes:
    """Any one table of the screen as an .xlsx file, with its caption above."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, PLAIN) as book:
        _Sheets(book, caption=caption).table(title[:31], tuple(columns), rows)
    return buffer.getvalue()


def clean(text: str) -> str:
    """Text as a cell can hold it: control characters out, over-long text cut with a visible mark."""
    visible = CONTROL.sub("", text)
    return visible if len(visible) <= CELL_LIMIT else visible[: CELL_LIMIT - len(CUT_MARK)] + CUT_MARK


@dataclass
class _Sheets:
    """Sheets of one workbook with a common look."""

    book: xlsxwriter.Workbook
    content: CatalogueContent | None = None
    caption: str = ""
    foot: str = ""
    formats: dict[str, Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        body = {
            "font_name": "Microsoft YaHei",
            "font_size": 10,
            "valign": "top",
            "border": 1,
            "border_color": "#D0D5DD",
        }
        numbers = {
            "number": "#,##0",
            "score": "0.0",
            "share": "0%",
            "yi": "#,##0.00",
            "wan": "#,##0",
            "date": "yyyy-mm-dd",
        }
        self.formats = {kind: self.book.add_format({**body, "num_format": form}) for kind, form in numbers.items()}
        self.formats["text"] = self.book.add_format({**body, "text_wrap": True, "num_format": "@"})
        self.formats["head"] = self.book.add_format(
            {**body, "bold": True, "text_wrap": True, "bg_color": "#E8EEF7", "valign": "vcenter", "align": "center"}
        )
        self.formats["title"] = self.book.add_format({"font_name": "Microsoft YaHei", "font_size": 16, "bold": True})
        self.formats["note"] = self.book.add_format(
            {
                "font_name": "Microsoft YaHei",
                "font_size": 10,
                "font_color": "#475467",
                "text_wrap": True,
                "valign": "top",
            }
        )
        self.formats["caption"] = self.book.add_format(
            {"font_name": "Microsoft YaHei", "font_size": 10, "font_color": "#475467"}
        )
        if self.content:
            self.caption = self.content.caption

    def table(
        self, name: str, columns: tuple[Column, ...], rows: pd.DataFrame, none: str = "没有符合条件的记录"
    ) -> None:
        """A sheet: caption, header, one row a record (``none`` where there is none); A3 landscape, header frozen."""
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, clean(self.caption), self.formats["caption"])
        for at, column in enumerate(columns):
            sheet.write_string(1, at, column.title, self.formats["head"])
            sheet.set_column(at, at, column.width, None, {"hidden": column.kind == "hidden"})
        for line, record in enumerate(rows.to_dict("records"), start=2):
            for at, column in enumerate(columns):
                self._cell(sheet, line, at, record.get(column.key), column.kind)
        _choices(sheet, columns, len(rows))
        if rows.empty:
            sheet.write_string(2, 0, none, self.formats["note"])
        _print_setup(sheet, len(columns), len(rows), self.foot)

    def _cell(self, sheet: Worksheet, line: int, at: int, value: Any, kind: CellKind) -> None:
        if kind == "list":
            sheet.write_string(line, at, clean("；".join(value or ())), self.formats["text"])
        elif kind.startswith("entry") and (value is None or value == "" or pd.isna(value)):
            sheet.write_blank(line, at, None, self.formats["date" if kind == "entry_date" else "text"])
        elif value is None or pd.isna(value):
            sheet.write_string(line, at, NO_DATA, self.formats["text"])
        elif kind in ("date", "entry_date"):
            self._day(sheet, line, at, pd.Timestamp(value).tz_localize(None))
        elif kind in ("number", "score", "share", "yi", "wan"):
            scale = {"yi": 1e8, "wan": 1e4}.get(kind, 1)
            sheet.write_number(line, at, float(value) / scale, self.formats[kind])
        else:
            words = {"label": LABELS, "stage": STAGES}.get(kind, {})
            sheet.write_string(line, at, clean(words.get(str(value), str(value))), self.formats["text"])

    def _day(self, sheet: Worksheet, line: int, at: int, day: pd.Timestamp) -> None:
        """A date; one that spreadsheets do not know (before March 1900 they are wrong by a day or fail) as text."""
        if day < FIRST_DAY:
            sheet.write_string(line, at, f"{day:%Y-%m-%d}", self.formats["text"])
        else:
            sheet.write_datetime(line, at, day.to_pydatetime(), self.formats["date"])


def _choices(sheet: Worksheet, columns: tuple[Column, ...], n_rows: int) -> None:
    """A list of states to choose from in the column of the state."""
    for at, column in enumerate(columns):
        if column.key == "contact_state" and n_rows:
            told = {"error_title": "对接状态", "error_message": f"请选：{'、'.join(CONTACT_STATES)}"}
            sheet.data_validation(2, at, n_rows + 1, at, {"validate": "list", "source": list(CONTACT_STATES), **told})


def _front(sheets: _Sheets, profile: Profile) -> None:
    content = sheets.content
    assert content is not None
    sheet = sheets.book.add_worksheet("说明")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 110)
    version = f"第 {content.version} 版" if content.version else "草稿（未定稿）"
    lines = [
        ("数据说明", content.mark or "真实导入数据"),
        ("版本", f"{version}，{profile.name}"),
        ("内容校验", content.content_sha256 or "定稿时生成"),
        ("生成时间", f"{content.made_at:%Y-%m-%d %H:%M}"),
        ("口径与来源", content.caption),
        *(_inside(content) if profile.inside else ()),
    ]
    sheet.write_string(0, 0, clean(content.title), sheets.formats["title"])
    for line, (word, value) in enumerate(lines, start=2):
        sheet.write_string(line, 0, clean(word), sheets.formats["head"])
        sheet.write_string(line, 1, clean(value), sheets.formats["text"])
    sheet.set_landscape()
    sheet.set_paper(A3)


def _inside(content: CatalogueContent) -> list[tuple[str, str]]:
    left_out = [("未列入", "；".join(content.left_out))] if content.left_out else []
    return [("现状", content.state), *left_out, *content.offices, *content.parameters]


def _print_setup(sheet: Worksheet, n_columns: int, n_rows: int, foot: str) -> None:
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(0, 1)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    # a footer holds 255 signs and reads & as a command
    sheet.set_footer(f"&L{foot.replace('&', '＆')[:200]}&R第 &P 页 / 共 &N 页")
    if n_rows:
        sheet.autofilter(1, 0, n_rows + 1, n_columns - 1)
