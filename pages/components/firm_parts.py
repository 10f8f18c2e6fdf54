"""The parts of a firm's page: facts, segments, relations, projects, records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from chains.words import ROLES, VERDICTS
from exports.formats import NO_DATA, count, day, is_missing, money, percent, text
from pages import cached
from pages.components import table
from pages.components.frame import nothing
from pages.components.html import anchor, esc, facts, tags
from pages.components.listing import Listing, show_table
from pages.components.review_card import NOBODY
from pages.components.table import Column, html_table
from pages.components.url import link
from pages.figures.network_parts import KINDS
from services.firm import FirmProfile

FROM_THERE = {"分支机构": "上级单位", "投资": "投资方", "供应": "供应方", "引荐": "引荐方"}
ACTIVE = ("存续", "在营", "开业", "在业")


def card(profile: FirmProfile) -> str:
    """Name, place, tags, scope and facts. HTML."""
    grid = f'<div class="lt-grid" style="--cell:340px">{_facts(profile.firm)}</div>'
    return f'<div class="lt-card-box">{_title(profile.firm, profile)}{grid}</div>'


def _title(row: pd.Series, profile: FirmProfile) -> str:
    marks = [
        f"{one.list_name}{'' if is_missing(one.year) else f'（{int(one.year)}）'}" for one in profile.tags.itertuples()
    ]
    listed = [] if is_missing(row.stock_code) else [f"上市 {row.stock_code}"]
    warning = (
        tags([f"登记状态：{row.status}"], "lt-tag-warn")
        if not is_missing(row.status) and row.status not in ACTIVE
        else ""
    )
    scope = (
        f"<p>{esc(text(row.scope))}</p>" if not is_missing(row.scope) else f'<p class="lt-none">经营范围：{NO_DATA}</p>'
    )
    return f'<div class="lt-panel-head"><div><h2>{esc(row["name"])}</h2><p>{esc(text(row.region))}　{tags(listed + marks)}{warning}</p></div></div>{scope}'


def _facts(row: pd.Series) -> str:
    doubt = f"　{tags([f'存疑：{row.capital_flag}'], 'lt-tag-warn')}" if not is_missing(row.capital_flag) else ""
    unknown = is_missing(row.revenue_cny) or is_missing(row.revenue_year)
    year = "" if unknown else f"（{int(row.revenue_year)} 年）"
    first = [
        ("信用代码", esc(text(row.uscc))),
        ("成立时间", day(row.founded_on)),
        ("注册资本", money(row.capital_cny) + doubt),
        ("地址", esc(text(row.address))),
    ]
    second = [
        ("营业收入", money(row.revenue_cny) + year),
        ("员工", NO_DATA if is_missing(row.employees) else f"{count(row.employees)} 人"),
        ("行业", esc(text(row.industry_text))),
        ("主要产品", esc(text(row.products))),
        ("数据日期", day(row.as_of)),
    ]
    return facts(first) + facts(second)


def segments(profile: FirmProfile) -> None:
    """The segments the firm is in, with the words that say so."""
    names = {s.id: (c, s) for c in cached.chains() for s in c.segments}
    rows = profile.segments[profile.segments.segment_id.isin(list(names))].assign(
        chain_name=lambda f: [names[s][0].name for s in f.segment_id],
        name=lambda f: [names[s][1].name for s in f.segment_id],
        role_word=lambda f: f.role.map(ROLES),
    )
    if rows.empty:
        nothing("没有匹配到任何环节：经营范围里没有现有产业链的关键词。")
        return
    columns: tuple[Column, ...] = (
        table.link_column(
            "环节", "name", lambda r: link("chain_map", chain=r["chain_id"], segment=r["segment_id"]), "chain_name"
        ),
        table.text_column("角色", "role_word"),
        Column("结论", "verdict", _verdict, "lt-short"),
        Column("把握", "score", lambda r: percent(r["score"]), "lt-num"),
        table.long_column("依据", "evidence"),
        Column("复核", "segment_id", lambda r: _review(r, profile.firm.firm_id), "lt-short", sortable=False),
    )
    st.html(html_table(rows, columns))


def _verdict(row: Mapping[str, Any]) -> str:
    """The verdict, and who gave it where a person did."""
    word = VERDICTS[row["verdict"]]
    if row["decided_by"] == NOBODY:
        return esc(word)
    at = row.get("decided_at")
    when = "" if is_missing(at) else f" {day(at)}"
    return f'人工{esc(word)}<span class="lt-sub">{esc(str(row["decided_by"]) + when)}</span>'


def _review(row: Mapping[str, Any], firm_id: str) -> str:
    return anchor("复核 →", link("review", chain=row["chain_id"], segment=row["segment_id"], firm=firm_id))


def relations(rows: pd.DataFrame) -> None:
    """Branches, owners, suppliers and referrals."""
    if rows.empty:
        nothing("没有登记的关联关系：来源中没有它的分支、投资、供应或引荐关系；没有登记不等于没有。")
        return
    known = rows.assign(word=[_relation_word(row.kind, row.direction) for row in rows.itertuples()])
    columns = (
        table.link_column("企业", "other_name", lambda r: link("firm", firm=r["other_id"]), "other_region"),
        table.text_column("关系", "word"),
        table.day_column("起始", "since"),
        table.long_column("依据", "evidence"),
        table.Column("来源", "source_title", lambda r: source_cell(r["source_title"], r["as_of"]), "lt-short"),
    )
    show_table(Listing("firm", "条关联", size=20), known, columns)


def _relation_word(kind: str, direction: str) -> str:
    word = KINDS[kind][0] if kind in KINDS else kind
    return word if direction == "to" else FROM_THERE.get(word, word)


def kin(rows: pd.DataFrame) -> None:
    """Other firms of the brand, in the same trade and elsewhere: with place, year and evidence."""
    if rows.empty:
        nothing("没有推断出同字号企业：库里没有在外地、同行业、且难以用巧合解释的；库是抽样的，不等于没有。")
        return
    known = rows.assign(word=["其中已知最大" if home else "" for home in rows.is_home])
    columns = (
        table.link_column("企业", "name", lambda r: link("firm", firm=r["firm_id"]), "region"),
        table.day_column("成立", "founded_on"),
        table.money_column("注册资本", "capital_cny"),
        Column("说明", "word", lambda r: esc(r["word"]), "lt-short"),
        Column("把握", "confidence", lambda r: percent(r["confidence"]), "lt-num"),
        table.long_column("依据", "evidence"),
    )
    show_table(Listing("firm", "家企业", size=60), known, columns)


def projects(rows: pd.DataFrame) -> None:
    """Projects of the firm."""
    if rows.empty:
        nothing("没有登记项目：本地还没有登记这家企业的签约项目。", ("看签约项目 →", link("projects")))
        return
    columns = (
        table.link_column("项目", "name", lambda r: link("projects", project=r["project_id"]), "place"),
        table.text_column("阶段（来源原话）", "stage_text"),
        table.text_column("责任单位", "unit"),
        table.Column("来源", "source_title", lambda r: source_cell(r["source_title"], r["as_of"]), "lt-short"),
    )
    st.html(html_table(rows, columns))


def honours(rows: pd.DataFrame) -> None:
    """The official lists that the firm is on, each with its source and day; nothing where there is none."""
    if rows.empty:
        return
    columns = (
        table.text_column("资质标签", "list_name", "lt-main"),
        table.text_column("级别", "level"),
        Column("年度", "year", lambda r: NO_DATA if is_missing(r["year"]) else str(int(r["year"])), "lt-num"),
        table.day_column("有效期至", "expires_on"),
        Column("来源", "source_title", lambda r: source_cell(r["source_title"], r["as_of"]), "lt-short"),
    )
    st.html(html_table(rows, columns))


def source_cell(title: Any, as_of: Any) -> str:
    """A source, and below it the day on which it held."""
    return f'{esc(text(title))}<span class="lt-sub">{day(as_of)}</span>'


def record_columns() -> tuple[Column, ...]:
    """Columns of what each source says of the firm."""
    return (
        table.text_column("来源", "source_title"),
        table.text_column("文件", "file_name"),
        table.day_column("数据日期", "as_of"),
        table.text_column("登记名称", "name"),
        table.money_column("注册资本", "capital_cny"),
        table.text_column("区划代码", "registered_code"),
        table.long_column("经营范围", "scope"),
    )


def local_columns() -> tuple[Column, ...]:
    """Columns of the local firms of a segment."""
    return (
        table.link_column("企业", "name", lambda row: link("firm", firm=row["firm_id"]), "region"),
        Column("角色", "role", lambda row: esc(ROLES[row["role"]]), "lt-short"),
        Column("结论", "verdict", _verdict, "lt-short"),
        Column("把握", "score", lambda row: percent(row["score"]), "lt-num"),
        table.day_column("成立", "founded_on"),
        table.money_column("注册资本", "capital_cny"),
        table.long_column("依据", "evidence"),
    )


def verdict_counts(rows: pd.DataFrame) -> str:
    """How many of the firms are confirmed, by role, and how many are still to be checked."""
    confirmed = rows[rows.verdict == "confirmed"].role.value_counts()
    told = "，".join(f"{ROLES[role]} {n} 家" for role, n in confirmed.items())
    return f"确认：{told or '无'}；待核 {int((rows.verdict == 'uncertain').sum())} 家"
