"""The entries of a workbook beside its sheets: shared texts, date styles, the list of tabs."""

from __future__ import annotations

import posixpath
import re
import zipfile
from datetime import datetime
from functools import lru_cache
from typing import IO
from xml.parsers import expat

MAX_SHARED_STRINGS = 4_000_000
BLOCK = 1 << 16
BUILTIN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


class Refused(Exception):
    """The workbook cannot be read; the message is a complete sentence."""


Attributes = dict[str, str]


@lru_cache(maxsize=256)
def local(name: str) -> str:
    """The tag without its namespace prefix."""
    return name.rsplit(":", 1)[-1]


class Part:
    """What expat calls while it reads one entry of the workbook."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters between elements."""


def parse(stream: IO[bytes], part: Part) -> None:
    """Feed the stream to expat block by block; a document type declaration is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: part.start(local(name), attributes)
    parser.EndElementHandler = lambda name: part.end(local(name))
    parser.CharacterDataHandler = part.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    while block := stream.read(BLOCK):
        parser.Parse(block, False)
    parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    raise Refused("工作簿带有文档类型声明（正常的 Excel 文件没有），未读取；请用 Excel 或 WPS 重新另存为 .xlsx。")


class SharedStrings(Part):
    """The table of texts that cells point into; phonetic runs (拼音) are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._in_text = False
        self._phonetic = 0

    def start(self, name: str, attributes: Attributes) -> None:
        del attributes
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic += 1
        self._in_text = name == "t"

    def end(self, name: str) -> None:
        if name == "si":
            self.texts.append("".join(self._parts))
            if len(self.texts) > MAX_SHARED_STRINGS:
                raise Refused("工作簿的文字超过 400 万条，请拆成几个文件，或另存为 csv（UTF-8）再导入。")
        elif name == "rPh":
            self._phonetic -= 1
        self._in_text = False

    def text(self, data: str) -> None:
        if self._in_text and not self._phonetic:
            self._parts.append(data)


class Styles(Part):
    """Which cell styles show a date."""

    def __init__(self) -> None:
        self.dates: list[bool] = []
        self._formats: dict[int, str] = {}
        self._in_cells = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self._formats[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self.dates.append(self._is_date(int(attributes.get("numFmtId", "0"))))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def _is_date(self, number: int) -> bool:
        if number in self._formats:
            return bool(re.search("[ymdh]", _QUOTED.sub("", self._formats[number]).lower()))
        return number in BUILTIN_DATES


class Elements(Part):
    """Collects (tag, attributes) of a small entry."""

    def __init__(self) -> None:
        self.found: list[tuple[str, Attributes]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("sheet", "Relationship", "workbookPr"):
            self.found.append((name, {local(key): value for key, value in attributes.items()}))


class Workbook:
    """What the sheet needs from the other entries: its place, the shared texts, the date styles, day 0."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        shared, styles, relations, book = SharedStrings(), Styles(), Elements(), Elements()
        entries = {"xl/sharedStrings.xml": shared, "xl/styles.xml": styles}
        needed = {"xl/_rels/workbook.xml.rels": relations, "xl/workbook.xml": book}
        for entry, part in {**entries, **needed}.items():
            if entry in needed or entry in archive.namelist():
                with archive.open(entry) as stream:
                    parse(stream, part)
        self.texts, self.dates = shared.texts, styles.dates
        old_mac = any(tag == "workbookPr" and found.get("date1904") in ("1", "true") for tag, found in book.found)
        self.epoch = datetime(1904, 1, 1) if old_mac else datetime(1899, 12, 30)
        targets = {found.get("Id"): found.get("Target", "") for tag, found in relations.found if _is_sheet(found)}
        self.tabs = [
            (found.get("name", ""), _entry(targets[found["id"]]), found.get("state", "visible") != "visible")
            for tag, found in book.found
            if tag == "sheet" and found.get("id") in targets
        ]

    def choose(self, wanted: str | None) -> tuple[str, str]:
        """(name, entry) of the sheet asked for, or of the first visible one."""
        for name, entry, hidden in self.tabs:
            if name == wanted or (wanted is None and not hidden):
                return name, entry
        if wanted is None:
            raise Refused("工作簿里没有可见的工作表，请把要导入的工作表取消隐藏后再保存。")
        raise Refused(f"工作簿里没有名为“{wanted}”的工作表，现有：{'、'.join(name for name, _, _ in self.tabs)}。")


def _is_sheet(relation: Attributes) -> bool:
    return relation.get("Type", "").endswith("/worksheet")


def _entry(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
