"""Which column of the file means what: by its heading, or by the user's word."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from data.imports.errors import ColumnsMissing, MappingInvalid
from data.imports.fields import REQUIRED, Unit, fields_of, plain, read_unit, recognise, split_header

# keys of a mapping that are no columns
OPTIONS = ("sheet", "header_row", "source", "as_of")
CONSTANT = "="
SUFFIXES = {"_wan": "万", "_yuan": "元", "_yi": "亿", "_cny": "元"}


@dataclass(frozen=True)
class Column:
    """Where a target comes from: a column of the file, or one constant for all rows."""

    source: str | None
    unit: Unit | None = None
    constant: str | None = None

    def __str__(self) -> str:
        if self.source is None:
            return f"{CONSTANT}{self.constant}"
        return self.source if self.unit is None or split_header(self.source)[1] else f"{self.source}（{self.unit}）"


@dataclass(frozen=True)
class ColumnMap:
    """All targets found, and the columns of the file that are not used."""

    columns: dict[str, Column]
    unmapped: tuple[str, ...]

    def __contains__(self, target: str) -> bool:
        return target in self.columns

    @property
    def sources(self) -> list[str]:
        """The file's columns that are read, each once."""
        found = [column.source for column in self.columns.values() if column.source is not None]
        return list(dict.fromkeys(found))

    def as_dict(self) -> dict[str, str]:
        """target → column of the file or =constant, for the record of the batch."""
        return {target: str(column) for target, column in self.columns.items()}


def read_mapping(given: Path | str | Mapping[str, Any] | None) -> dict[str, Any]:
    """The user's mapping {target: column} from JSON or YAML, or as it is. Raises MappingInvalid."""
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return dict(given)
    path = Path(given)
    try:
        text = path.read_text(encoding="utf-8-sig")
        found = json.loads(text) if path.suffix.lower() == ".json" else yaml.safe_load(text)
    except OSError as error:
        raise MappingInvalid(f"找不到或打不开列名对应表 {path.name}；请检查路径。") from error
    except (UnicodeDecodeError, json.JSONDecodeError, yaml.YAMLError) as error:
        raise MappingInvalid(f"列名对应表 {path.name} 不是有效的 JSON 或 YAML；请参照导入说明里的例子。") from error
    if not isinstance(found, dict):
        raise MappingInvalid(
            f"列名对应表 {path.name} 应是“目标: 源列名”的对应，不是列表或文字；请参照导入说明里的例子。"
        )
    return found


def map_columns(kind: str, header: Sequence[str], given: Mapping[str, Any]) -> ColumnMap:
    """Map the file's columns: the user's word first, headings for the rest.

    Raises MappingInvalid for a target or column that does not exist, ColumnsMissing for required ones.
    """
    columns = _given(kind, header, given)
    dropped = {_target(kind, key)[0] for key, value in given.items() if key not in OPTIONS and value is None}
    used = {column.source for column in columns.values()}
    best: dict[str, tuple[int, Column]] = {}
    for name in header:
        found = None if name in used else recognise(name, kind)
        if found and found[0] not in columns and found[0] not in dropped:
            target, rank, unit = found
            if target not in best or rank < best[target][0]:
                best[target] = (rank, Column(name, unit))
    columns |= {target: column for target, (_, column) in best.items()}
    used = {column.source for column in columns.values()}
    result = ColumnMap(columns, tuple(name for name in header if name not in used))
    _require(kind, result)
    return result


def _given(kind: str, header: Sequence[str], given: Mapping[str, Any]) -> dict[str, Column]:
    names = {plain(name): name for name in header}
    columns = {}
    for key, value in given.items():
        if key in OPTIONS or value is None:
            continue
        target, unit = _target(kind, key)
        text = str(value)
        if text.startswith(CONSTANT):
            columns[target] = Column(None, unit, text.removeprefix(CONSTANT).strip())
        elif plain(text) in names:
            source = names[plain(text)]
            columns[target] = Column(source, unit or split_header(source)[1])
        else:
            raise MappingInvalid(f"列名对应表里 {key} 指向的列“{text}”不在文件中；文件的列有：{'、'.join(header)}。")
    return columns


def _target(kind: str, key: str) -> tuple[str, Unit | None]:
    known = fields_of(kind)
    if key in known:
        return key, None
    for suffix, unit in SUFFIXES.items():
        base = key.removesuffix(suffix)
        if base != key and base in known and known[base].type == "money":
            return base, read_unit(unit)
    raise MappingInvalid(f"列名对应表里的“{key}”不是 {kind} 的列；可用的有：{'、'.join(known)}。")


def _require(kind: str, result: ColumnMap) -> None:
    known = fields_of(kind)
    missing = [
        " 或 ".join(f"{known[target].title}（{target}）" for target in group)
        for group in REQUIRED[kind]
        if not any(target in result for target in group)
    ]
    if missing:
        recognised = [f"{known[target].title}←{column}" for target, column in result.columns.items()]
        raise ColumnsMissing(missing, recognised, result.unmapped)
