"""Chain packages from files of any kind that people keep them in: YAML, our workbook, a list, a mind-map."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from chains.draft import DraftInvalid, Leaf, draft_fields, leaves_of, to_fill
from chains.load import ChainInvalid, load_text
from chains.model import Chain
from chains.outline import OutlineInvalid, read_outline
from chains.sheets import SheetInvalid, is_package, leaves_in, one_chain, tables_in
from chains.tables import TablesInvalid, chain_of
from chains.write import chain_yaml, fields_yaml
from data.imports import ImportRefused
from data.imports.sheets import read_sheets

SUFFIXES = (".yaml", ".yml", ".xlsx", ".csv", ".mm", ".opml", ".md")
MAX_BYTES = 10 * 1024 * 1024


class PackageFileInvalid(ValueError):
    """A file of which no package can be made: its name, the place and the reason."""


def read_package_text(path: Path, today: date, wanted: str | None = None) -> str:
    """The YAML text of the package that a file holds, or of the draft that can be made of it.

    Parameters
    ----------
    today : from when a draft is valid
    wanted : the chain to take from a file that has several

    Raises
    ------
    PackageFileInvalid : one sentence with the place (line; sheet and row) and the reason
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise PackageFileInvalid(f"{path.name}：不能读 {suffix or '没有扩展名的'} 文件；可用 {'、'.join(SUFFIXES)}")
    try:
        if suffix in (".xlsx", ".csv"):
            return _from_sheets(path, today, wanted)
        text = _decoded(path)
        return text if suffix in (".yaml", ".yml") else _draft(leaves_of(read_outline(text, suffix)), today)
    except TablesInvalid as error:
        raise PackageFileInvalid(f"{path.name}：工作表{error}") from error
    except (DraftInvalid, ImportRefused, OutlineInvalid, SheetInvalid) as error:
        raise PackageFileInvalid(f"{path.name}：{error}") from error


def read_package(path: Path, today: date, wanted: str | None = None) -> Chain:
    """The chain of a file, references resolved beside it or among the shipped ones.

    Raises PackageFileInvalid as above, ChainInvalid for a YAML file with its line and reason.
    """
    text = read_package_text(path, today, wanted)
    if path.suffix.lower() in (".yaml", ".yml"):
        return load_text(text, str(path.absolute()))
    return resolved(text, path.name)


def resolved(text: str, name: str) -> Chain:
    """The chain of a text that was made from another file. Raises PackageFileInvalid without the line, which is no-one's."""
    try:
        return load_text(text, name)
    except ChainInvalid as error:
        raise PackageFileInvalid(f"{name}：{error.reason}") from error


def _decoded(path: Path) -> str:
    if not path.is_file():
        raise PackageFileInvalid(f"找不到文件 {path.name}；请检查路径")
    content = path.read_bytes()
    if len(content) > MAX_BYTES:
        raise PackageFileInvalid(f"{path.name}：文件超过 {MAX_BYTES // 1024 // 1024} MB，不像产业链文件，未读取")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PackageFileInvalid(f"{path.name}：编码无法识别，请另存为 UTF-8")


def _from_sheets(path: Path, today: date, wanted: str | None) -> str:
    sheets = {sheet.name: sheet.rows for sheet in read_sheets(path)}
    if is_package(sheets):
        return chain_yaml(chain_of(tables_in(sheets)))
    return _draft(one_chain(leaves_in(sheets), wanted), today)


def _draft(leaves: list[Leaf], today: date) -> str:
    fields = draft_fields(leaves, today)
    return fields_yaml(fields, to_fill(fields))
