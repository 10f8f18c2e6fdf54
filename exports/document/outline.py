"""What a catalogue says on paper: front page, state, gaps, firms by part of the chain, coverage, notes, and a page a firm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from chains.words import LABELS, STAGES
from exports.content import CatalogueContent
from exports.document.blocks import Block, Document, Heading, PageBreak, Paragraph, Stamp, Table
from exports.document.talks import Talks, talking_points
from exports.formats import NO_DATA, count, day, decimal, is_missing, money, percent, text
from exports.parts import parts, rule
from exports.profiles import Profile
from exports.template import Template, usual_template

GAP_COLUMNS = (("环节", 34), ("判定", 14), ("行动", 12), ("优先级", 15), ("理由", 81))
COVER_COLUMNS = (("范围", 50), ("缺口", 22), ("名义覆盖（签约）", 42), ("有效覆盖（开工或到资）", 42))
PROJECT_COLUMNS = (("项目", 60), ("环节", 36), ("阶段", 20), ("阶段日期", 40))
SOURCE_COLUMNS = (("来源", 66), ("数据截止", 30), ("采纳行", 30), ("导入时间", 30))
FACT_WIDTHS = (36.0, 120.0)
RECORD = ("拜访时间", "对方人员", "我方人员", "企业诉求", "投资意向与时间", "约定事项", "下一步与责任人")
PaperColumns = tuple[tuple[str, str, float], ...]
LONG = 100
"""Rows from which a part begins on a page of its own; the typesetter works on such parts side by side."""
NUMERALS = "十一二三四五六七八九"


def numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese.

    >>> numeral(1), numeral(10), numeral(12), numeral(30)
    ('一', '十', '十二', '三十')
    """
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens]}十") + (NUMERALS[ones] if ones else "")


def catalogue_document(
    content: CatalogueContent,
    profile: Profile,
    stamp: Stamp,
    author: str,
    *,
    trip: bool = False,
    talks: Talks = Talks(),
    template: Template | None = None,
    logo: bytes = b"",
) -> Document:
    """The catalogue as a document.

    Parameters
    ----------
    profile : for whom; stamp : foot and watermark of every page; author : who made it
    trip : with one page for each firm, in order of place, with talking points and an empty record of the visit
    talks : the talking points of each segment; template : columns of the table of firms, None for the program's own
    """
    sections = list(_sections(content, profile, (template or usual_template(profile.key)).paper))
    if trip:
        sections.append(("拜访手册", [*_firm_pages(content, profile, talks)]))
    blocks: list[Block] = []
    for number, (title, body) in enumerate(sections):
        blocks += [PageBreak()] if _is_long(body) else []
        blocks += [Heading(f"{numeral(number + 1)}、{title}"), *body]
    title = content.title.removesuffix(content.mark).strip()
    return Document(title, content.mark, _front(content, profile, author), tuple(blocks), stamp, logo)


def _is_long(body: list[Block]) -> bool:
    return any(isinstance(block, Table) and len(block.rows) > LONG for block in body)


def _front(content: CatalogueContent, profile: Profile, author: str) -> tuple[tuple[str, str], ...]:
    return (
        (
            "版本",
            f"第 {content.version} 版（{profile.name}）" if content.version else f"草稿（{profile.name}，未定稿）",
        ),
        ("企业数", f"{len(content.items):,} 家次"),
        ("口径与来源", content.caption),
        ("编制", author),
        ("生成时间", f"{content.made_at:%Y-%m-%d %H:%M}"),
        ("内容校验", content.content_sha256 or "定稿时生成"),
    )


def _sections(content: CatalogueContent, profile: Profile, columns: PaperColumns) -> Iterator[tuple[str, list[Block]]]:
    if profile.inside:
        offices = "；".join(f"{word}：{value}" for word, value in content.offices)
        yield "产业链现状", [Paragraph(content.state), Paragraph(f"{offices}。")]
        yield "缺口清单", [_gap_table(content.gaps)]
    yield "目标企业", list(_firm_tables(content, profile, columns))
    if profile.inside:
        yield "已签约项目与覆盖", list(_coverage(content))
        yield "口径与数据来源", list(_notes(content))
    elif content.mark:
        yield "说明", [Paragraph(content.mark)]


def _gap_table(gaps: pd.DataFrame) -> Block:
    if gaps.empty:
        return Paragraph("没有判为薄弱或缺失的环节。")
    rows = tuple(
        (
            str(row["name"]),
            LABELS[str(row["label"])],
            str(row["action"]),
            decimal(row["priority"], 0),
            str(row["gap_reason"]),
        )
        for row in gaps.to_dict("records")
    )
    return _table(GAP_COLUMNS, rows)


def _firm_tables(content: CatalogueContent, profile: Profile, columns: PaperColumns) -> Iterator[Block]:
    yield Paragraph(rule(inside=profile.inside))
    for number, (name, items) in enumerate(parts(content.items, inside=profile.inside)):
        if number and len(items) > LONG:
            yield PageBreak()
        yield Heading(f"（{numeral(number + 1)}）{name}（{len(items):,} 家次）", 2)
        keys = [key for _, column, _ in columns for key in _PARTS_OF.get(column, (column,)) if key in items]
        cells = tuple(tuple(_cell(row, key) for _, key, _ in columns) for row in items[keys].to_dict("records"))
        yield _table(tuple((title, width) for title, _, width in columns), cells)
    if content.left_out and profile.inside:
        yield Paragraph(f"未列入：{'；'.join(content.left_out)}。")


def _cell(row: Mapping[str, Any], key: str) -> str:
    if key == "firm":
        return f"{row['name']}\n{text(row.get('uscc'))}"
    if key == "reason_noted":
        noted = "；".join(row.get("conflicts") or ())
        return text(row.get("reason")) + (f"需注意：{noted}。" if noted else "")
    if key in _SHOWN:
        return _SHOWN[key](row.get(key))
    return count(row[key]) if key == "position" else text(row.get(key))


_PARTS_OF = {"firm": ("name", "uscc"), "reason_noted": ("reason", "conflicts")}
"""Columns of the items behind a column of the table of firms."""
_SHOWN = {"score": lambda value: decimal(value, 0), "capital_cny": money, "revenue_cny": money, "founded_on": day}


def _coverage(content: CatalogueContent) -> Iterator[Block]:
    if not content.coverage.empty:
        rows = tuple(
            (
                str(row["scope"]),
                count(row["n_gaps"]),
                _covered(row, "nominal"),
                _covered(row, "effective"),
            )
            for row in content.coverage.to_dict("records")
        )
        yield _table(COVER_COLUMNS, rows)
    if content.projects.empty:
        yield Paragraph(f"{content.no_projects}。")
        return
    projects = tuple(
        (
            str(row["name"]),
            str(row["segment_name"]),
            "不明" if is_missing(row["stage"]) else STAGES[row["stage"]],
            NO_DATA if is_missing(row["stage_on"]) else day(row["stage_on"]),
        )
        for row in content.projects.to_dict("records")
    )
    yield _table(PROJECT_COLUMNS, projects)


def _covered(row: Mapping[str, Any], kind: str) -> str:
    if row["n_gaps"] == 0:
        return "没有缺口"
    return f"{count(row[f'n_{kind}'])}（{percent(row[f'{kind}_share'])}）"


def _notes(content: CatalogueContent) -> Iterator[Block]:
    for word, value in content.parameters:
        yield Paragraph(f"{word}：{value}。")
    rows = tuple(
        (str(row["title"]), day(row["as_of"]), count(row["n_accepted"]), day(row["imported_at"]))
        for row in content.sources.to_dict("records")
    )
    if rows:
        yield _table(SOURCE_COLUMNS, rows)


def _firm_pages(content: CatalogueContent, profile: Profile, talks: Talks) -> Iterator[Block]:
    yield Paragraph("每家企业一页，按所在地排列；拜访记录当场填写。")
    placed = content.items.sort_values(["city_code", "adcode", "position"], na_position="last", kind="stable")
    for row in placed.to_dict("records"):
        yield PageBreak()
        yield Heading(str(row["name"]), 3)
        yield Table(("事项", "内容"), FACT_WIDTHS, tuple(_facts(row, profile, talks)))
        yield Table(("拜访记录", ""), FACT_WIDTHS, tuple((word, "\n") for word in RECORD))


def _facts(row: Mapping[str, Any], profile: Profile, talks: Talks) -> Iterator[tuple[str, str]]:
    yield "环节", f"{row['stage_name']} · {row['segment_name']}"
    yield "统一社会信用代码", text(row.get("uscc"))
    yield "所在地", text(row.get("region"))
    yield "成立、注册资本", f"{day(row.get('founded_on'))}，{money(row.get('capital_cny'))}"
    yield "上市、营收", f"{text(row.get('stock_code'))}，{money(row.get('revenue_cny'))}"
    yield "资质标签", text(row.get("tags"))
    if profile.inside:
        yield "推荐理由", _cell(row, "reason_noted")
        yield "投资动向", text(row.get("expansion_text"))
        yield "与本地关联", text(row.get("tie_text"))
        yield "谈话要点", "\n".join(f"{n}. {point}" for n, point in enumerate(talking_points(row, talks), start=1))


def _table(columns: tuple[tuple[str, float], ...], rows: tuple[tuple[str, ...], ...]) -> Table:
    return Table(tuple(title for title, _ in columns), tuple(float(width) for _, width in columns), rows)
