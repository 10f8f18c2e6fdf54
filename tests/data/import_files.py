"""Small files to import, written by the tests that need them; every firm in them is invented."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from data.identifiers import check_character
from data.imports import ImportReport, import_file
from data.store import Store

# valid codes: the examples of the standard's own kind, none of which is used as a real firm here
VALID = ("914403001922038216", "9144030071526726XG", "91330100799655058B", "91110108717743469K", "91350100M000100Y43")
DAY = date(2024, 6, 30)

Row = Mapping[str, Any]


def code(serial: int, county: str = "370117") -> str:
    """A valid USCC registered in ``county``."""
    first = f"91{county}{serial:08d}X"
    return first + check_character(first)


def write_csv(path: Path, rows: Sequence[Row], *, encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    """Rows of equal keys as CSV; None is an empty cell."""
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, cells: Sequence[Sequence[Any]], *, title: str = "Sheet1") -> Path:
    """One sheet of cells, the heading among them."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = title
    for row in cells:
        sheet.append(list(row))
    workbook.save(path)
    workbook.close()
    return path


def rewrite_sheet(path: Path, xml: str) -> Path:
    """Replace the XML of the first sheet of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = xml.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def sheet_xml(rows: str) -> str:
    """A worksheet around the XML of its rows."""
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'


def firm(serial: int = 1, **facts: Any) -> dict[str, Any]:
    """One row of a firms table."""
    return {"统一社会信用代码": code(serial), "企业名称": f"样例{serial}号有限公司", **facts}


def load(store: Store, path: Path, kind: str = "firms", **options: Any) -> ImportReport:
    """Import as of DAY unless the test says otherwise."""
    return import_file(store, path, kind, **{"as_of": DAY, **options})


def load_firms(store: Store, path: Path, rows: Sequence[Row], **options: Any) -> ImportReport:
    """Write the rows as CSV and import them as firms."""
    return load(store, write_csv(path, rows), **options)
