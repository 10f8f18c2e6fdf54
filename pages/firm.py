"""企业档案: what is known of one firm, from which source, and what follows from it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chains.words import ROLES, VERDICTS
from pages import cached
from pages.components import table
from pages.components.actions import ACTOR, carry_out, now, say_what_happened
from pages.components.formats import NO_DATA, count, day, is_missing, money, percent, text
from pages.components.frame import empty, header, section
from pages.components.html import anchor, esc, facts, tags
from pages.components.listing import Listing, show_table
from pages.components.table import Column, html_table
from pages.components.url import link, param, type_in
from services.catalogue import add_item
from services.firm import FirmProfile

KINDS = {"branch": "分支机构", "owns": "投资", "supplies": "供应", "referral": "引荐"}
ACTIVE = ("存续", "在营", "开业", "在业")


def page() -> None:
    """Draw the page."""
    header("企业档案", "按名称、统一社会信用代码或股票代码查找企业；每条事实都标明来源和日期。", cached.context())
    say_what_happened()
    wanted = type_in("查找企业", "q", placeholder="输入名称的一部分、18 位统一社会信用代码或股票代码，按回车")
    firm_id = param("firm")
    if firm_id:
        _profile(cached.firm(firm_id))
    elif wanted:
        _found(wanted)
    else:
        empty(
            "还没有选择企业",
            "在上面输入名称或代码查找，或从链图、目标企业、招商目录点企业名称进入。",
            ("看目标企业", link("targets")),
        )


def _found(wanted: str) -> None:
    rows = cached.found_firms(wanted)
    if rows.empty:
        empty(f"没有找到“{wanted}”", "检查是否有错字，或只输入名称中最特别的两三个字；代码须完整输入。")
        return
    columns = (
        table.link_column("企业", "name", lambda row: link("firm", firm=row["firm_id"]), "region"),
        table.day_column("成立", "founded_on"),
        table.money_column("注册资本", "capital_cny"),
    )
    note = "最多列出 50 家，名称越短越靠前" if len(rows) == 50 else ""
    show_table(Listing("firm", "家企业", note), rows, columns)


def _profile(profile: FirmProfile) -> None:
    row = profile.firm
    st.html(
        f'<div class="lt-card-box">{_title(row, profile)}<div class="lt-grid" style="--cell:340px">{_facts(row)}</div></div>'
    )
    _add_button(profile)
    section("参与的环节", "由经营范围、名称和产品逐句判读；“待核”须人工确认")
    _segments(profile)
    left, right = st.columns(2, gap="medium")
    with left:
        section("关联企业", f"{len(profile.relations)} 条")
        _relations(profile.relations)
    with right:
        section("签约项目", f"{len(profile.projects)} 个")
        _projects(profile.projects)
    section("事实来源", "合并前各来源的原始记录，日期新的优先")
    st.html(html_table(profile.records, _record_columns()))


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
    year = "" if is_missing(row.revenue_year) else f"（{int(row.revenue_year)} 年）"
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


def _add_button(profile: FirmProfile) -> None:
    chain_id, segment_id = param("chain"), param("segment")
    chain = next((one for one in cached.chains() if one.id == chain_id), None)
    if chain is None or not any(segment.id == segment_id for segment in chain.segments):
        return
    segment = chain.segment(str(segment_id))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"加入招商目录（{segment.name}）",
            type="primary",
            on_click=_add,
            args=(chain.id, segment.id, profile.firm.firm_id),
        )
        st.html(anchor("← 返回目标企业", link("targets", chain=chain.id, segment=segment.id), "lt-go"))


def _add(chain_id: str, segment_id: str, firm_id: str) -> None:
    def change() -> str:
        chain = next(one for one in cached.chains() if one.id == chain_id)
        home = cached.context().home.adcode
        new = add_item(cached.store(), chain, home, segment_id, firm_id, actor=ACTOR, at=now())
        return f"已加入“{chain.name}”招商目录。" if new else "这家企业已经在目录中。"

    carry_out(change)


def _segments(profile: FirmProfile) -> None:
    names = {s.id: (c, s) for c in cached.chains() for s in c.segments}
    rows = profile.segments[profile.segments.segment_id.isin(list(names))].assign(
        chain_name=lambda f: [names[s][0].name for s in f.segment_id],
        name=lambda f: [names[s][1].name for s in f.segment_id],
        role_word=lambda f: f.role.map(ROLES),
        verdict_word=lambda f: f.verdict.map(VERDICTS),
    )
    if rows.empty:
        empty("没有匹配到任何环节", "经营范围里没有现有产业链的关键词。")
        return
    columns: tuple[Column, ...] = (
        table.link_column(
            "环节", "name", lambda r: link("chain_map", chain=r["chain_id"], segment=r["segment_id"]), "chain_name"
        ),
        table.text_column("角色", "role_word"),
        table.text_column("结论", "verdict_word"),
        Column("把握", "score", lambda r: percent(r["score"]), "lt-num"),
        table.long_column("依据", "evidence"),
    )
    st.html(html_table(rows, columns))


def _relations(rows: pd.DataFrame) -> None:
    if rows.empty:
        empty("没有登记关联", "来源中没有这家企业的分支、投资、供应或引荐关系；没有登记不等于没有。")
        return
    known = rows.assign(word=[_relation_word(row.kind, row.direction) for row in rows.itertuples()])
    columns = (
        table.link_column("企业", "other_name", lambda r: link("firm", firm=r["other_id"]), "other_region"),
        table.text_column("关系", "word"),
        table.day_column("起始", "since"),
        table.long_column("依据", "evidence"),
    )
    st.html(html_table(known.head(20), columns))


def _relation_word(kind: str, direction: str) -> str:
    word = KINDS.get(kind, kind)
    return (
        word
        if direction == "to"
        else {"分支机构": "上级单位", "投资": "投资方", "供应": "供应方", "引荐": "引荐方"}.get(word, word)
    )


def _projects(rows: pd.DataFrame) -> None:
    if rows.empty:
        empty("没有登记项目", "本地还没有登记这家企业的签约项目。", ("看签约项目", link("projects")))
        return
    columns = (
        table.link_column("项目", "name", lambda r: link("projects", project=r["project_id"]), "place"),
        table.day_column("数据日期", "as_of"),
    )
    st.html(html_table(rows, columns))


def _record_columns() -> tuple[Column, ...]:
    return (
        table.text_column("来源", "source_title"),
        table.text_column("文件", "file_name"),
        table.day_column("数据日期", "as_of"),
        table.text_column("登记名称", "name"),
        table.money_column("注册资本", "capital_cny"),
        table.text_column("区划代码", "registered_code"),
        table.long_column("经营范围", "scope"),
    )
