"""Workbooks written with xlsxwriter: text stays text, nothing from the data becomes a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from math import ceil

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chains.words import CONTACT_STATES
from exports.cells import cells_of
from exports.columns import COVERAGE, GAPS, PROJECTS, SOURCES, Column
from exports.content import CatalogueContent
from exports.logo import scale_at
from exports.parts import parts, rule
from exports.plain_text import cell_text
from exports.profiles import PROFILES, Profile
from exports.rows_sheet import RowsSheet
from exports.sheet_names import sheet_name
from exports.template import Template, usual_template

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
"""Nothing from the data becomes a formula, a link or a number."""
A3 = 8
READABLE = 300
"""Characters that a row of an A3 page holds at two thirds of their size."""
SCREEN_DPI = 96
"""Pixels of a picture per inch of a sheet."""
HEADER_LIMIT = 255
"""Signs that a header or a footer of Excel holds."""
FONT = "Microsoft YaHei"
NUMBER_FORMS = {
    "number": "#,##0",
    "score": "0.0",
    "share": "0%",
    "yi": "#,##0.00",
    "wan": "#,##0",
    "date": "yyyy-mm-dd",
}


def catalogue_workbook(
    content: CatalogueContent,
    profile: Profile = PROFILES["internal"],
    foot: str = "",
    watermark: str = "",
    template: Template | None = None,
    logo: bytes = b"",
    notes: Iterable[str] = (),
) -> bytes:
    """The catalogue as an .xlsx file: 说明, 招商目录, 龙头企业, one sheet a part of the chain, and inside the house the rest.

    Parameters
    ----------
    profile : for whom, see ``exports.profiles``; foot, watermark : at the foot and the head of every printed page
    template : titles and columns, None for those that come with the program; logo : a PNG or JPEG picture
    notes : sentences on what the file could not hold
    """
    chosen = template or usual_template(profile.key)
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, PLAIN) as book:
        book.set_properties({"title": cell_text(content.title), "comments": cell_text(content.caption)})
        sheets = _Sheets(book, cell_text(content.caption), foot, watermark)
        _front(sheets, content, profile, logo, tuple(notes))
        sheets.table("招商目录", chosen.main, content.items)
        for name, rows in parts(content.items, inside=profile.inside, short=True):
            told = f"{len(rows):,} 家次，供阅读；序号与“招商目录”表相同，对接情况填在那张表。{content.caption}"
            sheets.table(name, chosen.parts, rows, caption=told)
        if profile.inside:
            sheets.table("缺口清单", GAPS, content.gaps)
            sheets.table("已签约覆盖", COVERAGE, content.coverage)
            sheets.table("签约项目", PROJECTS, content.projects, content.no_projects)
            sheets.table("数据来源说明", SOURCES, content.sources, caption=f"{rule(inside=True)}{content.caption}")
    return buffer.getvalue()


def table_workbook(title: str, caption: str, columns: Iterable[Column], rows: pd.DataFrame, foot: str = "") -> bytes:
    """Any one table of the screen as an .xlsx file, with its caption above; foot : at the foot of every printed page."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, PLAIN) as book:
        _Sheets(book, caption, foot).table(title, tuple(columns), rows)
    return buffer.getvalue()


@dataclass
class _Sheets:
    """Sheets of one workbook with a common look."""

    book: xlsxwriter.Workbook
    caption: str = ""
    foot: str = ""
    watermark: str = ""
    formats: dict[str, Format] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        body = {"font_name": FONT, "font_size": 10, "valign": "top", "border": 1, "border_color": "#D0D5DD"}
        quiet = {"font_name": FONT, "font_size": 10, "font_color": "#475467"}
        looks = {
            **{kind: {**body, "num_format": form} for kind, form in NUMBER_FORMS.items()},
            "text": {**body, "text_wrap": True, "num_format": "@"},
            "head": {**body, "bold": True, "text_wrap": True, "bg_color": "#E8EEF7", "valign": "vcenter", "align": "center"},
            "title": {"font_name": FONT, "font_size": 16, "bold": True},
            "note": {**quiet, "text_wrap": True, "valign": "top"},
            "caption": quiet,
        }  # fmt: skip
        self.formats = {name: self.book.add_format(look) for name, look in looks.items()}

    def table(
        self,
        name: str,
        columns: tuple[Column, ...],
        rows: pd.DataFrame,
        none: str = "没有符合条件的记录",
        caption: str = "",
    ) -> None:
        """A sheet: caption, header, one row a record (``none`` where there is none); A3 landscape, header frozen."""
        sheet = self.add(name)
        sheet.write_string(0, 0, cell_text(caption or self.caption), self.formats["caption"])
        for at, column in enumerate(columns):
            sheet.write_string(1, at, cell_text(column.title), self.formats["head"])
            sheet.set_column(at, at, column.width, None, {"hidden": column.kind == "hidden"})
        if rows.empty:
            sheet.write_string(2, 0, none, self.formats["note"])
        else:
            sheet.put_columns(
                2, [self._column(rows, column) for column in columns], [column.width for column in columns]
            )
            sheet.autofilter(1, 0, len(rows) + 1, len(columns) - 1)
        _choices(sheet, columns, len(rows))
        sheet.freeze_panes(2, 0)
        sheet.repeat_rows(0, 1)
        self.print_setup(sheet, _pages_wide(sheet, columns))

    def add(self, name: str) -> RowsSheet:
        """A new sheet, its name made one that Excel takes."""
        sheet = self.book.add_worksheet(sheet_name(name, self.names), RowsSheet)
        assert isinstance(sheet, RowsSheet)
        return sheet

    def print_setup(self, sheet: Worksheet, wide: int = 1) -> None:
        """A3 landscape, ``wide`` pages beside one another; who, when and which on every page."""
        sheet.set_landscape()
        sheet.set_paper(A3)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(wide, 0)
        if self.watermark:
            sheet.set_header(_line("&R&8&K808080 ", self.watermark, ""))
        sheet.set_footer(_line("&L&8 ", self.foot, "&R&8第 &P 页 / 共 &N 页"))

    def _column(self, rows: pd.DataFrame, column: Column) -> tuple[list[str | float | None], list[int]]:
        values = rows.get(column.key)
        cells, kinds = cells_of(values, column.kind, len(rows))
        index = {kind: self.formats[kind]._get_xf_index() for kind in set(kinds)}
        return cells, [index[kind] for kind in kinds]


def _pages_wide(sheet: Worksheet, columns: tuple[Column, ...]) -> int:
    """How many pages wide a table is printed so that it can be read; the firm's name stands again on each."""
    total = sum(column.width for column in columns if column.kind != "hidden")
    wide = ceil(total / READABLE)
    names = [at for at, column in enumerate(columns) if column.key == "name"]
    if wide > 1 and names:
        sheet.repeat_columns(names[0], names[0])
        sheet.print_across()
    return wide


def _line(before: str, text: str, after: str) -> str:
    """A header or footer: & begins a command there, and doubled is itself."""
    room = HEADER_LIMIT - len(before) - len(after)
    doubled = cell_text(text).replace("\n", " ").replace("&", "&&")[:room]
    odd = (len(doubled) - len(doubled.rstrip("&"))) % 2
    return before + (doubled[:-1] if odd else doubled) + after


def _choices(sheet: Worksheet, columns: tuple[Column, ...], n_rows: int) -> None:
    """A list of states to choose from in the column of the state."""
    for at, column in enumerate(columns):
        if column.key == "contact_state" and n_rows:
            told = {"error_title": "对接状态", "error_message": f"请选：{'、'.join(CONTACT_STATES)}"}
            sheet.data_validation(2, at, n_rows + 1, at, {"validate": "list", "source": list(CONTACT_STATES), **told})


def _front(sheets: _Sheets, content: CatalogueContent, profile: Profile, logo: bytes, notes: tuple[str, ...]) -> None:
    sheet = sheets.add("说明")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 110)
    version = f"第 {content.version} 版" if content.version else "草稿（未定稿）"
    lines = [
        ("数据说明", content.mark or "真实导入数据"),
        ("版本", f"{version}，{profile.name}"),
        ("内容校验", content.content_sha256 or "定稿时生成"),
        ("生成时间", f"{content.made_at:%Y-%m-%d %H:%M}"),
        ("口径与来源", content.caption),
        ("分表规则", rule(inside=profile.inside)),
        *(("写不下的内容", note) for note in notes),
        *(_inside(content) if profile.inside else ()),
    ]
    sheet.write_string(0, 0, cell_text(content.title), sheets.formats["title"])
    for line, (word, value) in enumerate(lines, start=2):
        sheet.write_string(line, 0, cell_text(word), sheets.formats["head"])
        sheet.write_string(line, 1, cell_text(value), sheets.formats["text"])
    if logo:
        scale = scale_at(logo, SCREEN_DPI)
        place = {"image_data": BytesIO(logo), "object_position": 3, "x_scale": scale, "y_scale": scale}
        sheet.insert_image(len(lines) + 3, 1, "logo", place)
    sheets.print_setup(sheet)


def _inside(content: CatalogueContent) -> list[tuple[str, str]]:
    filled = "“建议载体、对接渠道、联系方式、责任单位”库里没有的留空待填；联系方式不入库"
    left_out = [("未列入", "；".join(content.left_out))] if content.left_out else []
    return [("现状", content.state), ("留空的列", filled), *left_out, *content.offices, *content.parameters]
