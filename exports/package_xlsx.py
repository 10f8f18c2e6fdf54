"""A chain package as a workbook that people can edit and give back: one sheet a table, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chains.model import Chain
from chains.tables import HEAD, SEGMENTS, TABLES, tables_of
from chains.words import KINDS, LEVELS
from exports.plain_text import cell_text
from exports.xlsx import PLAIN

WIDTHS: Mapping[str, float] = {
    "编号": 26, "段": 20, "环节": 18, "细分": 24, "定义": 60, "关键词": 60, "排除词": 40, "内容": 100, "名称": 40,
    "知名企业": 40, "关键性理由": 40, "供应环节": 28, "使用环节": 28, "说明": 50,
}  # fmt: skip
USUAL = 14.0
CHOICES: Mapping[str, Sequence[str]] = {
    "类型": tuple(KINDS.values()),
    "关键性": tuple(LEVELS.values()),
    "计入全链": ("是", "否"),
}
NOTES = (
    "改好后用“链图谱维护”页上传，或运行 chains import 本文件 --out 新文件.yaml。",
    "一格里的多个词用分号、顿号、逗号或换行隔开；词本身含这些符号的，前面加反斜杠“\\”。",
    "段、供应环节、使用环节写名称或编号均可；“环节”表里空着的段、环节与上一行相同。",
    "已有环节的编号请勿改动：项目、目录和复核都以它为准。新环节的编号可以空着，导入时按名称的拼音生成。",
    "“引用环节”来自别的产业链，只能在原产业链里修改。",
)


def package_workbook(chain: Chain) -> bytes:
    """The chain's tables as an .xlsx file; reading it back (``chains.sheets``) gives the same chain."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, PLAIN) as book:
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1, "border_color": "#D0D5DD"})
        body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        number = book.add_format({"valign": "top", "num_format": "0.###"})
        for title, rows in tables_of(chain).items():
            columns = ("字段", "内容") if title == HEAD else tuple(column.title for column in TABLES[title].columns)
            sheet = book.add_worksheet(title)
            _write(sheet, columns, rows, (head, body, number))
            if title == SEGMENTS:
                sheet.activate()
        notes = book.add_worksheet("说明")
        notes.set_column(0, 0, 110)
        for line, note in enumerate(NOTES):
            notes.write_string(line, 0, note, body)
    return buffer.getvalue()


def _write(
    sheet: Worksheet, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], looks: tuple[Format, Format, Format]
) -> None:
    head, body, number = looks
    for at, title in enumerate(columns):
        sheet.set_column(at, at, WIDTHS.get(title, USUAL))
        sheet.write_string(0, at, title, head)
        if title in CHOICES:
            sheet.data_validation(1, at, len(rows) + 200, at, {"validate": "list", "source": list(CHOICES[title])})
    for line, row in enumerate(rows, 1):
        for at, title in enumerate(columns):
            value = row[title]
            if isinstance(value, int | float):
                sheet.write_number(line, at, value, number)
            elif value:
                sheet.write_string(line, at, cell_text(str(value)), body)
    sheet.freeze_panes(1, 4 if "细分" in columns else 1)
