"""One sheet, row by row; every count is capped as it grows, so that a lone cell at XFD1048576 costs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from .parts import Attributes, Part, Refused, Workbook

MAX_ROWS = 1_048_576
MAX_COLUMNS = 300
MAX_CHARACTERS = 256 * 1024 * 1024
_REFERENCE = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")


def column_index(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


class Sheet(Part):
    """Collects cells row by row and hands every row that is not empty to ``write``."""

    def __init__(self, workbook: Workbook, write: Callable[[list[str]], object]) -> None:
        self.shared, self.dates, self.epoch, self.write = workbook.texts, workbook.dates, workbook.epoch, write
        self.rows = self.columns = self.uncached = self.characters = 0
        self.formula = ""  # the first cell that is computed
        self._row = self._column = 0
        self._cells: dict[int, str] = {}
        self._cell: Attributes = {}
        self._parts: list[str] = []
        self._in_value = self._formula = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self._start_row(attributes)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "f":
            self._formula = True
            self.formula = self.formula or self._cell.get("r", "")
        elif name in ("v", "t"):
            self._in_value = True

    def end(self, name: str) -> None:
        if name == "row":
            self._end_row()
        elif name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            self._in_value = False

    def text(self, data: str) -> None:
        if self._in_value:
            self._parts.append(data)

    def _start_row(self, attributes: Attributes) -> None:
        self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
        if not 0 < self._row <= MAX_ROWS:
            raise Refused(f"工作表有第 {self._row} 行，超过 Excel 的上限，文件已损坏；请重新另存为 .xlsx。")
        self._column, self._cells = -1, {}

    def _start_cell(self, attributes: Attributes) -> None:
        found = _REFERENCE.match(attributes.get("r", ""))
        self._column = column_index(found[1]) if found else self._column + 1
        self._cell, self._parts, self._formula = attributes, [], False

    def _end_cell(self) -> None:
        value = self._value("".join(self._parts))
        if not value and self._formula:
            self.uncached += 1
        if not value:
            return
        if self._column >= MAX_COLUMNS:
            where = self._cell.get("r", f"第 {self._column + 1} 列")
            raise Refused(f"工作表在 {where} 还有内容，超过 {MAX_COLUMNS} 列的上限；请删除表格右侧多余的列再保存。")
        self._cells[self._column] = value

    def _value(self, raw: str) -> str:
        kind = self._cell.get("t", "n")
        if kind == "s":
            return self._shared(raw)
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(raw, raw)
        if kind == "n" and raw and self._is_date():
            return self._date(raw)
        return raw

    def _shared(self, raw: str) -> str:
        if not raw.isascii() or not raw.isdigit() or int(raw) >= len(self.shared):
            raise Refused("工作簿的文字表与单元格对不上，文件已损坏；请用 Excel 或 WPS 重新另存为 .xlsx。")
        return self.shared[int(raw)]

    def _is_date(self) -> bool:
        style = self._cell.get("s", "0")
        return style.isascii() and style.isdigit() and int(style) < len(self.dates) and self.dates[int(style)]

    def _date(self, raw: str) -> str:
        try:
            moment = self.epoch + timedelta(seconds=round(float(raw) * 86_400))
        except (ValueError, OverflowError):
            return raw
        midnight = moment.time() == datetime.min.time()
        return moment.date().isoformat() if midnight else moment.isoformat(sep=" ", timespec="seconds")

    def _end_row(self) -> None:
        if not self._cells:
            return
        self.columns = max(self.columns, max(self._cells) + 1)
        values = [self._cells.get(index, "") for index in range(max(self._cells) + 1)]
        self.characters += sum(map(len, values))
        if self.characters > MAX_CHARACTERS:
            raise Refused("工作表的文字总量超过 2.5 亿字，请拆成几个文件，或另存为 csv（UTF-8）再导入。")
        self.rows += 1
        if self.rows > MAX_ROWS:
            raise Refused("工作表的行数超过 Excel 的上限，文件已损坏；请重新另存为 .xlsx。")
        self.write([str(self._row), *values])
