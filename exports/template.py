"""Templates of a catalogue as data: title, columns and their order, for one kind of reader; checked, never executed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from exports.columns import CATALOGUE, WORK, Column
from exports.document.measures import TEXT_MM
from exports.placeholders import wrong_placeholder
from exports.profiles import PROFILES, Profile
from exports.yaml_lines import BrokenTemplate, Line, lines_of, mapping_of, pair_of, text_of

TITLE, MAIN, PARTS, PAPER = "标题", "总表", "分表", "纸面"
TITLE_WORDS = ("本地", "产业链", "版本")
LONGEST_TITLE = 60
PAPER_COLUMNS: Mapping[str, str] = {
    "序号": "position", "企业": "firm", "所在地": "region", "段": "stage_name", "环节": "segment_name", "缺口类型": "action",
    "得分": "score", "推荐理由": "reason_noted", "主营产品": "products", "资质标签": "tags", "注册资本": "capital_cny",
    "营收": "revenue_cny", "成立时间": "founded_on", "股票代码": "stock_code", "投资动向": "expansion_text", "与本地关联": "tie_text",
}  # fmt: skip
"""Column of the table of firms on paper → key."""
_NEEDED = frozenset({"contact_state", "visited_on", "visit_note", "next_step"})
"""Without them a filled-in workbook cannot be brought back."""
_BY_TITLE = {column.title: column for column in CATALOGUE if column.kind != "hidden"}
_HIDDEN = tuple(column for column in CATALOGUE if column.kind == "hidden")


@dataclass(frozen=True)
class Template:
    """How a catalogue looks for a reader.

    title : with the placeholders of TITLE_WORDS; main, parts : columns of the sheets 招商目录 and by part
    paper : columns of the table of firms on paper, as (title, key, mm)
    """

    title: str
    main: tuple[Column, ...]
    parts: tuple[Column, ...]
    paper: tuple[tuple[str, str, float], ...]

    def title_of(self, place: str, chain: str, profile: Profile) -> str:
        """The title of one catalogue."""
        return self.title.format(**dict(zip(TITLE_WORDS, (place, chain, profile.name), strict=True)))


def packaged(key: str) -> str:
    """The text of the template that comes with the program."""
    return files(__package__).joinpath("templates", f"{key}.yaml").read_text(encoding="utf-8")


@cache
def usual_template(key: str) -> Template:
    """The template that comes with the program, for a profile."""
    return read_template(packaged(key), PROFILES[key])


def read_template(text: str, profile: Profile) -> Template:
    """A template from its YAML text; a part that is left out is as it comes with the program.

    Raises
    ------
    BrokenTemplate : says in which line what is wrong, and what may stand there
    """
    given = mapping_of(text, (TITLE, MAIN, PARTS, PAPER))
    usual = None if len(given) == 4 else usual_template(profile.key)
    found: dict[str, object] = {}
    if TITLE in given:
        found["title"] = _title(given[TITLE])
    if MAIN in given:
        found["main"] = _main(given[MAIN], profile)
    if PARTS in given:
        found["parts"] = tuple(_columns(given[PARTS], profile, _allowed(profile, WORK)))
    if PAPER in given:
        found["paper"] = _paper(given[PAPER], profile)
    return replace(usual, **found) if usual else Template(**found)  # type: ignore[arg-type]


def _title(line: Line) -> str:
    text = text_of(line)
    wrong = wrong_placeholder(text, TITLE_WORDS)
    if wrong:
        raise BrokenTemplate(line, f"标题里的{wrong}", [f"{{{word}}}" for word in TITLE_WORDS])
    if not text.strip() or len(text) > LONGEST_TITLE:
        raise BrokenTemplate(line, f"标题要有 1 到 {LONGEST_TITLE} 个字")
    return text


def _allowed(profile: Profile, hidden: frozenset[str] = frozenset()) -> dict[str, Column]:
    shown = profile.columns(_BY_TITLE.values())
    return {column.title: column for column in shown if column.key not in hidden}


def _main(line: Line, profile: Profile) -> tuple[Column, ...]:
    columns = tuple(_columns(line, profile, _allowed(profile)))
    taken = {column.key for column in columns}
    needed = frozenset() if "row_id" in profile.hidden else _NEEDED
    absent = [column.title for column in _allowed(profile).values() if column.key in needed - taken]
    if absent:
        raise BrokenTemplate(line, f"{MAIN}少了“{'、'.join(absent)}”：没有它，填好的目录带不回来")
    return columns + profile.columns(_HIDDEN)


def _columns(line: Line, profile: Profile, allowed: Mapping[str, Column]) -> Iterator[Column]:
    """Columns by title; ``title: other`` heads it otherwise."""
    seen: set[str] = set()
    for entry in lines_of(line):
        pair = pair_of(entry)
        title, other = pair or (text_of(entry), None)
        _check(entry, title, profile, allowed, _BY_TITLE, seen)
        column = allowed[title]
        if other is None:
            yield column
        elif column.key in WORK or column.key == "name":
            raise BrokenTemplate(entry, f"“{title}”的表头不能改：带回目录时按它认列")
        else:
            yield replace(column, title=_heading(other))


def _heading(line: Line) -> str:
    text = text_of(line).strip()
    if not text or len(text) > 30:
        raise BrokenTemplate(line, "表头要有 1 到 30 个字")
    return text


def _paper(line: Line, profile: Profile) -> tuple[tuple[str, str, float], ...]:
    hidden = profile.hidden | ({"reason_noted"} if "reason" in profile.hidden else frozenset())
    allowed = {title: key for title, key in PAPER_COLUMNS.items() if key not in hidden}
    seen: set[str] = set()
    columns = []
    for entry in lines_of(line):
        pair = pair_of(entry)
        if pair is None:
            raise BrokenTemplate(entry, "这里要写“列: 毫米”，如“环节: 22”")
        title, width = pair
        _check(entry, title, profile, allowed, PAPER_COLUMNS, seen)
        columns.append((title, allowed[title], _millimetres(width)))
    total = sum(width for *_, width in columns)
    if total > TEXT_MM:
        raise BrokenTemplate(line, f"{PAPER}各列共 {total:g} 毫米，超过版心的 {TEXT_MM:g} 毫米")
    return tuple(columns)


def _millimetres(line: Line) -> float:
    text = text_of(line)
    number = float(text) if text.replace(".", "", 1).isdecimal() and text.isascii() else 0.0
    if not 10 <= number <= TEXT_MM:
        raise BrokenTemplate(line, f"“{text}”不是列宽；列宽是 10 到 {TEXT_MM:g} 的毫米数")
    return number


def _check(
    line: Line,
    title: str,
    profile: Profile,
    allowed: Mapping[str, object],
    known: Mapping[str, object],
    seen: set[str],
) -> None:
    if title not in allowed:
        why = f"不能放进{profile.name}" if title in known else "不是可用的列"
        raise BrokenTemplate(line, f"“{title}”{why}", list(allowed))
    if title in seen:
        raise BrokenTemplate(line, f"“{title}”写了两次")
    seen.add(title)
