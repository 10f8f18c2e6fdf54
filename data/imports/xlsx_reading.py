"""Workbooks from outside: checked as a zip, then read by another process that may run out of time or memory alone."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil

from data.imports.errors import UnreadableFile
from data.imports.limits import (
    MAX_RATIO_FREE_BYTES,
    MAX_XLSX_BYTES,
    MAX_XLSX_ENTRIES,
    MAX_XLSX_RATIO,
    MAX_XLSX_UNPACKED_BYTES,
    MEBIBYTE,
    XLSX_SECONDS,
    XLSX_WORKER_BYTES,
)
from data.imports.regular import to_table
from data.imports.table import FindHeader, ReadOptions, Table

# -I: neither the environment nor the working directory of this process decides what the other one imports
BOOT = "import sys; sys.path.append(sys.argv.pop(1)); from workbook.convert import main; sys.exit(main(sys.argv[1:]))"
POLL_SECONDS = 0.05
AS_CSV = "请拆成几个文件，或另存为 csv（UTF-8）再导入"


def open_xlsx(path: Path, folder: Path, options: ReadOptions, find_header: FindHeader) -> Table:
    """Read one sheet of a workbook; raises UnreadableFile."""
    check_zip(path)
    plain = folder / "sheet.csv"
    answer = _convert(path, plain, folder, options.sheet)
    return to_table(_rows(plain), folder, options, find_header, _notes(answer))


def read_sheet(path: Path, folder: Path, sheet: str | None) -> tuple[dict[str, Any], list[tuple[int, list[str]]]]:
    """What the reader says of a sheet (the first visible one for None), and its rows with their numbers; UnreadableFile.

    The workbook is to be checked (``check_zip``) before.
    """
    plain = folder / "sheet.csv"
    answer = _convert(path, plain, folder, sheet)
    return answer, list(_rows(plain))


def check_zip(path: Path) -> None:
    """Refuse by what the zip directory says, before anything is unpacked."""
    if path.stat().st_size > MAX_XLSX_BYTES:
        raise UnreadableFile(f"工作簿超过 {MAX_XLSX_BYTES // MEBIBYTE} MB；{AS_CSV}。")
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile("工作簿已损坏，无法打开；请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。") from error
    _check_sizes(entries)
    _check_content([entry.filename for entry in entries], encrypted=any(entry.flag_bits & 1 for entry in entries))


def _check_sizes(entries: Sequence[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    if len(entries) > MAX_XLSX_ENTRIES:
        raise UnreadableFile(f"工作簿内含 {len(entries)} 个部件，正常的表格没有这么多，未读取；{AS_CSV}。")
    if unpacked > MAX_XLSX_UNPACKED_BYTES:
        raise UnreadableFile(f"工作簿展开后有 {unpacked // MEBIBYTE} MB，超过上限，未读取；{AS_CSV}。")
    if unpacked > MAX_RATIO_FREE_BYTES and unpacked > packed * MAX_XLSX_RATIO:
        raise UnreadableFile(f"工作簿展开后是原来的 {unpacked // packed} 倍，像是压缩炸弹，未读取；{AS_CSV}。")


def _check_content(names: Sequence[str], *, encrypted: bool) -> None:
    if encrypted:
        raise UnreadableFile("工作簿加了密；请取消密码后另存为 .xlsx 再导入。")
    if "xl/workbook.xml" in names:
        return
    found = {"xl/workbook.bin": "xlsb 工作簿", "content.xml": "ods 表格", "word/document.xml": "Word 文档"}
    what = next((title for name, title in found.items() if name in names), "普通压缩包")
    raise UnreadableFile(f"这是{what}，不是 .xlsx 工作簿；请用 Excel 或 WPS 另存为 .xlsx 再导入。")


def _convert(path: Path, plain: Path, folder: Path, sheet: str | None) -> dict[str, Any]:
    here = str(Path(__file__).parent)
    arguments = [str(path), str(plain), str(XLSX_WORKER_BYTES), *([] if sheet is None else [sheet])]
    command = [sys.executable, "-I", "-c", BOOT, here, *arguments]
    said = folder / "said.txt"
    with (
        said.open("w", encoding="utf-8") as out,
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL) as process,
    ):
        trouble = _watch(process)
    lines = said.read_text(encoding="utf-8").strip().splitlines()
    answer: dict[str, Any] = json.loads(lines[-1]) if lines and not trouble and process.returncode == 0 else {}
    if not answer or "refused" in answer:
        raise UnreadableFile(trouble or answer.get("refused") or f"工作簿无法解析（读取程序中断）；{AS_CSV}。")
    return answer


def _watch(process: subprocess.Popen[bytes]) -> str:
    """Wait for the reader; kill it beyond its time or memory and say so."""
    end = time.monotonic() + XLSX_SECONDS
    while process.poll() is None:
        if time.monotonic() > end:
            process.kill()
            return f"工作簿 {XLSX_SECONDS} 秒内没有读完；{AS_CSV}。"
        if _resident(process.pid) > XLSX_WORKER_BYTES:
            process.kill()
            return f"工作簿展开后占用的内存过大；{AS_CSV}。"
        time.sleep(POLL_SECONDS)
    return ""


def _resident(pid: int) -> int:
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def _rows(plain: Path) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MAX_XLSX_UNPACKED_BYTES)
    with plain.open(encoding="utf-8", newline="") as stream:
        for number, *cells in csv.reader(stream):
            yield int(number), cells


def _notes(answer: dict[str, Any]) -> list[str]:
    notes = []
    if len(answer["sheets"]) > 1:
        others = "、".join(name for name in answer["sheets"] if name != answer["sheet"])
        notes.append(f"只读取了工作表“{answer['sheet']}”，未读取：{others}")
    if answer["uncached"]:
        notes.append(f"有 {answer['uncached']} 个公式单元格没有保存计算结果，按空白处理")
    return notes
