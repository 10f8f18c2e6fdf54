"""Spreadsheets as packages: our own workbook without loss, any list with 链 / 段 / 环节 / 细分 / 关键词 as a draft."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from chains.draft import DraftInvalid, Leaf, split_keywords
from chains.tables import HEAD, SEGMENTS, TABLES, parted

Rows = Sequence[tuple[int, Sequence[str]]]
Sheets = Mapping[str, Rows]
HEADER_WITHIN = 20
MAX_LEAVES = 2_000
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "链": ("链", "产业链"),
    "段": ("段", "产业段", "阶段"),
    "环节": ("环节",),
    "细分": ("细分", "细分环节", "细分领域"),
    "关键词": ("关键词", "关键字"),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_FORMULA = re.compile(r"\s*(?:[=@]|[+\-](?![\d.]))")


class SheetInvalid(ValueError):
    """A spreadsheet that is no package: sheet, row and reason in one sentence."""

    def __init__(self, sheet: str, row: int | None, reason: str) -> None:
        at = "" if row is None else f"第 {row} 行"
        super().__init__(f"工作表“{sheet}”{at}：{reason}")


def is_package(sheets: Sheets) -> bool:
    """Whether the sheets are those of a whole package, as we write it."""
    return HEAD in sheets and SEGMENTS in sheets


def tables_in(sheets: Sheets) -> dict[str, list[tuple[int, dict[str, str]]]]:
    """The tables of our own workbook, for ``chains.tables.chain_of``; blank stages and groups mean as above.

    Raises SheetInvalid for a sheet without its columns, an unknown column, or a cell that is no plain text.
    """
    found = {HEAD: _table(HEAD, sheets[HEAD], ("字段", "内容"), ("字段", "内容"))}
    for title, table in TABLES.items():
        if title in sheets:
            columns = tuple(column.title for column in table.columns)
            found[title] = _table(title, sheets[title], columns, columns[1:3])
    _fill_down(found[SEGMENTS])
    return found


def leaves_in(sheets: Sheets) -> list[Leaf]:
    """The leaves of every sheet that has the columns; blank cells mean as above. Raises SheetInvalid, DraftInvalid."""
    found = [leaf for name, rows in sheets.items() if _is_list(rows) for leaf in _leaves(name, rows)]
    if not found:
        have = "；".join(f"“{name}”：{'、'.join(_first(rows)) or '空'}" for name, rows in list(sheets.items())[:3])
        raise DraftInvalid(f"没有找到列名 链、段、环节、细分、关键词（至少要有 段、环节）；文件里的表头是 {have}")
    if len(found) > MAX_LEAVES:
        raise DraftInvalid(f"共 {len(found):,} 个细分，最多 {MAX_LEAVES:,} 个；请确认选对了文件")
    return found


def one_chain(leaves: Sequence[Leaf], wanted: str | None) -> list[Leaf]:
    """The leaves of one chain: the named one, or the only one. Raises DraftInvalid."""
    names = list(dict.fromkeys(leaf.chain for leaf in leaves))
    if wanted is None and len(names) > 1:
        raise DraftInvalid(f"文件里有 {len(names)} 条产业链：{'、'.join(names[:10])}；请指明要哪一条")
    if wanted is not None and wanted not in names:
        raise DraftInvalid(f"文件里没有产业链“{wanted}”；有：{'、'.join(names[:10])}")
    return [leaf for leaf in leaves if wanted in (None, leaf.chain)]


def _table(sheet: str, rows: Rows, columns: Sequence[str], needed: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    at = _header_at(rows, lambda cells: sum(cell in columns for cell in cells) >= 2)
    if at is None:
        raise SheetInvalid(sheet, None, f"没有找到表头；应有的列：{'、'.join(columns)}")
    number, header = rows[at][0], [cell.strip() for cell in rows[at][1]]
    unknown = [title for title in header if title and title not in columns]
    if unknown:
        raise SheetInvalid(sheet, number, f"不认识列“{unknown[0][:20]}”；应为：{'、'.join(columns)}")
    missing = [title for title in needed if title not in header]
    if missing:
        raise SheetInvalid(sheet, number, f"缺少列“{missing[0]}”；应有：{'、'.join(columns)}")
    return [(number, _cells(sheet, number, header, cells)) for number, cells in rows[at + 1 :]]


def _cells(sheet: str, number: int, header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    row = {}
    for title, cell in zip(header, cells, strict=False):
        _refuse_hostile(sheet, number, title, cell)
        if title:
            row[title] = cell
    return row


def _refuse_hostile(sheet: str, number: int, title: str, cell: str) -> None:
    if _CONTROL.search(cell):
        raise SheetInvalid(sheet, number, f"“{title}”里有不可见的控制字符；请删去后重新输入这一格")
    if _FORMULA.match(cell):
        raise SheetInvalid(sheet, number, f"“{title}”以“{cell.strip()[0]}”开头，像是公式；请改成文字")


def _fill_down(rows: list[tuple[int, dict[str, str]]]) -> None:
    """Blank stages mean the one above, blank groups the one above in the same stage."""
    stage = group = ""
    for _, row in rows:
        if not any(cell.strip() for cell in row.values()):
            continue
        before, stage = stage, row.get("段", "").strip() or stage
        group = row.get("环节", "").strip() or (group if stage == before else "")
        row |= {"段": stage, "环节": group}


def _is_list(rows: Rows) -> bool:
    return _header_at(rows, _has_levels) is not None


def _has_levels(cells: Sequence[str]) -> bool:
    return all(any(cell in COLUMNS[title] for cell in cells) for title in ("段", "环节"))


def _header_at(rows: Rows, fits: Any) -> int | None:
    heads = ([cell.strip() for cell in cells] for _, cells in rows[:HEADER_WITHIN])
    return next((at for at, cells in enumerate(heads) if fits(cells)), None)


def _first(rows: Rows) -> list[str]:
    return [cell.strip()[:20] for cell in rows[0][1] if cell.strip()][:8] if rows else []


def _leaves(sheet: str, rows: Rows) -> list[Leaf]:
    """One leaf a row; a row that only opens a group is none, one that only has keywords adds them to the leaf above."""
    at = _header_at(rows, _has_levels)
    assert at is not None
    header = [next((title for title, names in COLUMNS.items() if cell.strip() in names), "") for cell in rows[at][1]]
    above = {"链": "" if "链" in header else sheet, "段": "", "环节": "", "细分": ""}
    found: list[Leaf] = []
    for number, cells in rows[at + 1 :]:
        row = {title: cell.strip() for title, cell in _cells(sheet, number, header, cells).items()}
        if not any(row.values()):
            continue
        above = _as_above(row, above)
        keywords = tuple(parted(row.get("关键词", "")))
        name, said = split_keywords(above["细分"]) if "关键词" not in header else (above["细分"], ())
        found.append(
            Leaf(above["链"], above["段"], above["环节"], name, (*keywords, *said), f"工作表“{sheet}”第 {number} 行")
        )
    return _without_openings(found)


def _as_above(row: Mapping[str, str], above: Mapping[str, str]) -> dict[str, str]:
    """The names of the levels in a row; what is blank is as above as long as nothing higher changed."""
    result, changed = dict(above), False
    for level in ("链", "段", "环节", "细分"):
        said = row.get(level, "")
        if said:
            changed |= said != above[level]
            result[level] = said
        elif changed and level != "链":
            result[level] = result["环节"] if level == "细分" else ""
    return result


def _without_openings(leaves: Sequence[Leaf]) -> list[Leaf]:
    """Without rows that only name a group whose leaves follow."""
    filled = {(leaf.chain, leaf.stage, leaf.group) for leaf in leaves if leaf.name != leaf.group}
    return [
        leaf
        for leaf in leaves
        if leaf.keywords or leaf.name != leaf.group or (leaf.chain, leaf.stage, leaf.group) not in filled
    ]
