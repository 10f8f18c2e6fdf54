"""A chain as tables of text with Chinese titles, as a workbook or an editor shows it, and back without loss.

Tables, their columns and the fields of the package that they stand for are listed in ``TABLES``. Lists are one cell,
joined by “；”; a mark inside an item is written behind a backslash. Stages and segments are shown by name where the
name tells them apart, else by id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from chains.messages import chinese_reason
from chains.model import Chain
from chains.naming import pinyin_id, prefix_of
from chains.words import KINDS, LEVELS
from chains.write import as_written

Row = Mapping[str, Any]
Numbered = Sequence[tuple[int, Row]]
"""Rows of a table with their numbers, as whoever mends them counts them."""
HEAD = "产业链"
_MARKS = "；;、，,\n\\"
_SPLIT = re.compile(r"((?:\\.|[^\\；;、，,\n])*)(?:[；;、，,\n]|$)", re.DOTALL)


@dataclass(frozen=True)
class Column:
    """A column: its title, the field it stands for, and how its cells are written.

    form : text, list, number, flag (是/否), kind, level, stage or segment
    """

    title: str
    path: tuple[str, ...]
    form: str = "text"


@dataclass(frozen=True)
class Table:
    """A table: the list of the package that it stands for, and its columns."""

    field: str
    columns: tuple[Column, ...]


def _column(title: str, path: str, form: str = "text") -> Column:
    return Column(title, tuple(path.split(".")), form)


HEAD_ROWS: tuple[Column, ...] = (
    _column("编号", "id"),
    _column("名称", "name"),
    _column("版本", "version"),
    _column("生效日期", "valid_from"),
    _column("定义", "definition"),
    _column("链长", "offices.chain_leader"),
    _column("链主", "offices.anchor_firm"),
    _column("牵头部门", "offices.lead_department"),
)
SEGMENTS, EDGES, STAGES, SOURCES, SHARED = "环节", "供应关系", "段", "来源", "引用环节"
TABLES: Mapping[str, Table] = {
    STAGES: Table("stages", (_column("编号", "id"), _column("名称", "name"), _column("计入全链", "core", "flag"))),
    SEGMENTS: Table(
        "segments",
        (
            _column("编号", "id"),
            _column("段", "stage", "stage"),
            _column("环节", "group"),
            _column("细分", "name"),
            _column("定义", "definition"),
            _column("关键词", "keywords", "list"),
            _column("排除词", "exclusions", "list"),
            _column("行业代码", "gb4754", "list"),
            _column("关键性", "criticality.level", "level"),
            _column("关键性理由", "criticality.reason"),
            _column("类型", "kind", "kind"),
            _column("用地", "site.land"),
            _column("用电", "site.power"),
            _column("环保", "site.environment"),
            _column("知名企业", "known_firms", "list"),
            _column("稀有说明", "rare"),
            _column("来源", "sources", "list"),
        ),
    ),
    SHARED: Table(
        "shared",
        (
            _column("编号", "id"),
            _column("产业链", "package"),
            _column("原环节编号", "segment"),
            _column("段", "stage", "stage"),
            _column("环节", "group"),
        ),
    ),
    EDGES: Table(
        "edges",
        (
            _column("供应环节", "supplier", "segment"),
            _column("使用环节", "user", "segment"),
            _column("权重", "weight", "number"),
            _column("来源", "source"),
        ),
    ),
    SOURCES: Table("sources", (_column("编号", "id"), _column("名称", "title"), _column("说明", "note"))),
}
_WORDS = {"kind": KINDS, "level": LEVELS, "flag": {"true": "是", "false": "否"}}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell: table, row number, column (empty: the row), and a Chinese sentence."""

    table: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        column = f"“{self.column}”" if self.column else ""
        return f"“{self.table}”第 {self.row} 行{column}：{self.message}"


class TablesInvalid(ValueError):
    """Tables that are no package: every problem with its row."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        more = f"（另有 {len(problems) - 3} 处）" if len(problems) > 3 else ""
        super().__init__("；".join(str(problem) for problem in self.problems[:3]) + more)


def tables_of(chain: Chain) -> dict[str, list[dict[str, Any]]]:
    """Every table of a chain: rows by column title; ``HEAD`` has the columns 字段 and 内容."""
    written = as_written(chain)
    fields = written.model_dump(mode="json")
    names = _Names.of(fields)
    head = [{"字段": column.title, "内容": _cell(fields, column, names)} for column in HEAD_ROWS]
    rows = {
        title: [
            {column.title: _cell(entry, column, names) for column in table.columns} for entry in fields[table.field]
        ]
        for title, table in TABLES.items()
    }
    return {HEAD: head, **rows}


def joined(items: Sequence[str]) -> str:
    r"""A list as one cell.

    >>> print(joined(["铁粉", "a、b"]))
    铁粉；a\、b
    """
    return "；".join(re.sub(f"[{re.escape(_MARKS)}]", r"\\\g<0>", item) for item in items)


def parted(cell: str) -> list[str]:
    r"""The items of a cell; commas of either width, 、 and line ends part them too.

    >>> parted("铁粉、钢粉； a\\、b；")
    ['铁粉', '钢粉', 'a、b']
    """
    items = (re.sub(r"\\(.)", r"\1", found, flags=re.DOTALL).strip() for found in _SPLIT.findall(cell))
    return [item for item in items if item]


def fields_of(tables: Mapping[str, Numbered]) -> tuple[dict[str, Any], Callable[[Sequence[Any]], tuple[str, int, str]]]:
    """A package's plain values from its tables, and where (table, row, column) a value's location in them stands.

    Rows without any text are left out; segments without an id get one from their name. Raises TablesInvalid for words
    that are none of those allowed.
    """
    problems: list[Problem] = []
    fields, places = _head(tables.get(HEAD, ()))
    entries = {title: _entries(title, table, tables.get(title, ()), problems) for title, table in TABLES.items()}
    fields |= {table.field: [entry for _, entry in entries[title]] for title, table in TABLES.items()}
    places |= {
        (TABLES[title].field, at): (title, number)
        for title, rows in entries.items()
        for at, (number, _) in enumerate(rows)
    }
    _name_segments(fields)
    names = _Names.of(fields)
    for title, table in TABLES.items():
        for column in table.columns:
            if column.form in ("stage", "segment"):
                for _, entry in entries[title]:
                    _put_id(entry, column, names)
    if problems:
        raise TablesInvalid(problems)
    return {key: value for key, value in fields.items() if value != []}, lambda location: _place(places, location)


def chain_of(tables: Mapping[str, Numbered]) -> Chain:
    """The chain that the tables say, as it is written (references unresolved). Raises TablesInvalid with every row."""
    fields, place = fields_of(tables)
    try:
        return Chain.model_validate(fields)
    except ValidationError as error:
        raise TablesInvalid([_problem(place(one["loc"]), dict(one)) for one in error.errors()]) from error


def _problem(place: tuple[str, int, str], error: dict[str, Any]) -> Problem:
    table, row, column = place
    named: Any = error | {"loc": (column or table,)}
    return Problem(table, row, column, chinese_reason(named))


def _place(places: Mapping[tuple[Any, ...], tuple[str, int]], location: Sequence[Any]) -> tuple[str, int, str]:
    """Table, row and column title of a value's location."""
    if len(location) >= 2 and tuple(location[:2]) in places:
        table, row = places[tuple(location[:2])]
        steps = tuple(step for step in location[2:] if isinstance(step, str))
        titles = [column.title for column in TABLES[table].columns if column.path[: len(steps)] == steps and steps]
        return table, row, titles[0] if titles else ""
    steps = tuple(step for step in location if isinstance(step, str))
    title = next((column.title for column in HEAD_ROWS if column.path == steps), "")
    table = next((name for name, one in TABLES.items() if steps[:1] == (one.field,)), HEAD)
    return table, places.get(steps, (HEAD, 1))[1], title


def _head(rows: Numbered) -> tuple[dict[str, Any], dict[tuple[Any, ...], tuple[str, int]]]:
    known = {column.title: column for column in HEAD_ROWS}
    fields: dict[str, Any] = {}
    places: dict[tuple[Any, ...], tuple[str, int]] = {}
    for number, row in rows:
        column = known.get(_text(row.get("字段")).strip())
        value = _text(row.get("内容"))
        if column is not None and value.strip():
            _put(fields, column.path, value)
            places[column.path] = (HEAD, number)
    return fields, places


def _entries(title: str, table: Table, rows: Numbered, problems: list[Problem]) -> list[tuple[int, dict[str, Any]]]:
    found = []
    for number, row in rows:
        if not any(_text(row.get(column.title)).strip() for column in table.columns):
            continue
        entry: dict[str, Any] = {}
        for column in table.columns:
            text = _text(row.get(column.title))
            if text.strip():
                value = _value(column, text)
                if value is None:
                    allowed = "、".join(_WORDS[column.form].values())
                    problems.append(Problem(title, number, column.title, f"是“{text.strip()[:20]}”，只能是 {allowed}"))
                else:
                    _put(entry, column.path, value)
        found.append((number, entry))
    return found


def _value(column: Column, text: str) -> Any:
    """A cell's value for the model; None for a word that is none of those allowed."""
    if column.form == "list":
        return parted(text)
    if column.form in _WORDS:
        words = {word: key for key, word in _WORDS[column.form].items()}
        key = words.get(text.strip(), text.strip() if text.strip() in _WORDS[column.form] else None)
        return key if column.form != "flag" or key is None else key == "true"
    return text.strip() if column.form in ("number", "stage", "segment") else text


def _cell(entry: Mapping[str, Any], column: Column, names: _Names) -> Any:
    value: Any = entry
    for step in column.path:
        value = value[step]
    if column.form == "list":
        return joined(value)
    if column.form == "flag":
        return "是" if value else "否"
    if column.form in ("stage", "segment"):
        return names.shown(column.form, value)
    return _WORDS[column.form][value] if column.form in _WORDS else value


def _put(fields: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        fields = fields.setdefault(step, {})
    fields[path[-1]] = value


def _put_id(entry: dict[str, Any], column: Column, names: _Names) -> None:
    if column.path[0] in entry:
        entry[column.path[0]] = names.id_of(column.form, entry[column.path[0]])


def _text(value: Any) -> str:
    return "" if value is None or value != value else str(value)  # NaN is not equal to itself


def _name_segments(fields: dict[str, Any]) -> None:
    """An id for every segment without one, from its name."""
    taken = {entry["id"] for field in ("segments", "shared") for entry in fields[field] if "id" in entry}
    prefix = prefix_of(taken, str(fields.get("name", "")))
    for entry in fields["segments"]:
        if "id" not in entry and "name" in entry:
            entry["id"] = pinyin_id(entry["name"], prefix, taken)
            taken.add(entry["id"])


@dataclass(frozen=True)
class _Names:
    """Ids and names of stages and segments."""

    names: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> _Names:
        entries = {"stage": fields["stages"], "segment": [*fields["segments"], *fields["shared"]]}
        return cls({form: {one.get("id", ""): one.get("name", "") for one in rows} for form, rows in entries.items()})

    def shown(self, form: str, key: str) -> str:
        known = self.names[form]
        name = known.get(key, "")
        lone = bool(name) and name not in known and list(known.values()).count(name) == 1 and name == name.strip()
        return name if lone else key

    def id_of(self, form: str, text: str) -> str:
        known = self.names[form]
        if text in known:
            return text
        return next((key for key, name in known.items() if name.strip() == text), text)
