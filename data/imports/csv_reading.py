"""Delimited text in the encodings met in practice: UTF-8 with and without BOM, GB18030, UTF-16."""

from __future__ import annotations

import codecs
import csv
import itertools
from collections.abc import Iterator
from pathlib import Path

from data.imports.errors import UnreadableFile
from data.imports.limits import MAX_CSV_BYTES, MAX_TITLE_ROWS, MEBIBYTE
from data.imports.regular import to_table
from data.imports.table import FindHeader, ReadOptions, Table

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DELIMITERS = ",\t;|"
MAX_FIELD = 16 * MEBIBYTE
# text in GB18030 does not begin with this many valid UTF-8 characters by chance
SURELY_UTF8 = 20


def open_csv(path: Path, folder: Path, options: ReadOptions, find_header: FindHeader) -> Table:
    """Read a delimited text file; raises UnreadableFile with the line at fault."""
    if path.stat().st_size > MAX_CSV_BYTES:
        raise UnreadableFile(f"文件超过 {MAX_CSV_BYTES // MEBIBYTE} MB，请拆成几个文件再导入。")
    plain = folder / "plain.csv"
    encoding, nulls = transcode(path, plain)
    notes = [] if encoding.startswith("utf-8") else [f"编码识别为 {encoding.upper()}"]
    if nulls:
        notes.append(f"去除了 {nulls} 个空字节")
    return to_table(records(plain), folder, options, find_header, notes)


def transcode(path: Path, target: Path) -> tuple[str, int]:
    """Write the text as UTF-8 without NUL bytes; returns its encoding and the number of NULs dropped."""
    with path.open("rb") as stream:
        head = stream.read(4)
    marked = [name for mark, name in BOMS if head.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            return encoding, _copy(path, target, encoding)
        except UnicodeDecodeError:
            if encoding.startswith("utf-8"):
                _refuse_damaged_utf8(target)
    raise UnreadableFile("文件的编码无法识别（既不是 UTF-8 也不是 GB18030）；请用 Excel 或 WPS 另存为“CSV UTF-8”。")


def _copy(path: Path, target: Path, encoding: str) -> int:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    nulls = characters = 0
    with path.open("rb") as stream, target.open("w", encoding="utf-8", newline="") as out:
        for block in itertools.chain(iter(lambda: stream.read(MEBIBYTE), b""), [b""]):
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                out.write(error.object[: error.start].decode(encoding))
                raise
            found = text.count("\0")
            nulls, characters = nulls + found, characters + len(text)
            out.write(text.replace("\0", "") if found else text)
    if nulls * 100 > characters:
        raise UnreadableFile("文件里有大量空字节，不是文本表格；请用 Excel 或 WPS 打开后另存为“CSV UTF-8”。")
    return nulls


def _refuse_damaged_utf8(written: Path) -> None:
    line, wide = 1, 0
    with written.open(encoding="utf-8") as stream:
        for block in iter(lambda: stream.read(MEBIBYTE), ""):
            line += block.count("\n")
            wide += sum(1 for character in block if character > "\x7f") if wide < SURELY_UTF8 else 0
    if wide >= SURELY_UTF8:
        raise UnreadableFile(f"文件是 UTF-8 编码，但第 {line} 行有损坏的字节；请从原系统重新导出。")


def guess_delimiter(path: Path) -> str:
    """The delimiter that splits the first lines into most columns."""
    with path.open(encoding="utf-8") as stream:
        lines = [stream.readline(MEBIBYTE) for _ in range(MAX_TITLE_ROWS)]
    return max(DELIMITERS, key=lambda delimiter: max(line.count(delimiter) for line in lines))


def records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of every record, the first being 1; raises UnreadableFile where quotes do not pair."""
    csv.field_size_limit(MAX_FIELD)
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream, delimiter=guess_delimiter(path), strict=True)
        try:
            yield from enumerate(reader, 1)
        except csv.Error as error:
            line = reader.line_num
            raise UnreadableFile(f"第 {line} 行附近双引号不配对，无法分列；请改正，或另存为 .xlsx 再导入。") from error
