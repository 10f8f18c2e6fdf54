"""Turns one sheet of a workbook into CSV: ``main([IN, OUT, MEMORY_BYTES, SHEET?])``, run in a process of its own.

The first CSV column is the row number of the sheet; empty rows are left out. The last line of stdout is JSON:
{"sheet", "sheets", "rows", "columns", "uncached", "formula"} or {"refused": sentence}.
"""

from __future__ import annotations

import csv
import json
import sys
import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from .parts import Refused, Workbook, parse
from .sheet import Sheet

# zipfile raises RuntimeError for encrypted entries, NotImplementedError for unknown compression
BROKEN = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, KeyError, ValueError, EOFError, OSError, RuntimeError,
)  # fmt: skip


def convert(source: str, target: str, wanted: str | None) -> dict[str, object]:
    """Write the sheet as CSV and say what was read."""
    with zipfile.ZipFile(source) as archive:
        workbook = Workbook(archive)
        name, entry = workbook.choose(wanted)
        with Path(target).open("w", encoding="utf-8", newline="") as out, archive.open(entry) as stream:
            sheet = Sheet(workbook, csv.writer(out, quoting=csv.QUOTE_ALL).writerow)
            parse(stream, sheet)
    tabs = [tab for tab, _, hidden in workbook.tabs if not hidden]
    counts = {"rows": sheet.rows, "columns": sheet.columns, "uncached": sheet.uncached, "formula": sheet.formula}
    return {"sheet": name, "sheets": tabs, **counts}


def limit_memory(limit: int) -> None:
    """Hold this process to ``limit`` bytes where the system can (Linux; macOS and Windows rely on the caps above)."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ValueError, OSError):
        return


def main(arguments: list[str]) -> int:
    """Entry of the process; prints one line of JSON."""
    source, target, limit, *wanted = arguments
    limit_memory(int(limit))
    broken = "工作簿已损坏或不是标准的 .xlsx；请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
    try:
        answer = convert(source, target, wanted[0] if wanted else None)
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except BROKEN as error:
        answer = {"refused": broken, "detail": repr(error)}
    except MemoryError:
        answer = {"refused": "工作簿展开后占用的内存过大，请拆成几个文件，或另存为 csv（UTF-8）再导入。"}
    sys.stdout.write("\n" + json.dumps(answer) + "\n")
    return 0
