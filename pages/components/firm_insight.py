"""What follows from a firm's facts: gaps it could fill, its way to local firms, each fact with its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from exports.formats import decimal, is_missing
from pages import cached_firm
from pages.components import table
from pages.components.frame import notice, section
from pages.components.html import anchor, esc, label_chip, tags
from pages.components.table import html_table
from pages.components.url import link
from services.firm import FirmProfile
from services.firm_facts import Fact, Said, differing, facts_of
from services.ties import Step

LONG = 400
"""Characters of a value that are shown; the whole stands in the title."""


def fit(firm_id: str) -> None:
    """The open gaps that the firm could fill."""
    rows = cached_firm.fit(firm_id)
    local = cached_firm.is_local(firm_id)
    what = "本地企业，已计入判定" if local else "企业参与的环节中，本地薄弱或缺失的；优先级高的在前"
    section("可补的本地缺口", what)
    if rows.empty:
        st.html('<p class="lt-note">它参与的环节在本地都不是缺口（或没有匹配到环节）；仍可按企业名称加入名单。</p>')
        return
    st.html(html_table(rows, GAPS))


def _gap(row: Mapping[str, Any]) -> str:
    opened = link("chain_map", chain=row["chain_id"], segment=row["segment_id"])
    return f'{anchor(row["segment_name"], opened)}<span class="lt-sub">{esc(row["chain_name"])}</span>'


def _rank(row: Mapping[str, Any]) -> str:
    if is_missing(row["score"]):
        return f'<span class="lt-none">{"未确认，不排名" if row["verdict"] != "confirmed" else "不是候选"}</span>'
    opened = link("targets", chain=row["chain_id"], segment=row["segment_id"])
    place = anchor(f"第 {row['rank']:,} / {row['n_targets']:,} 名", opened)
    return f'{decimal(row["score"], 0)} 分<span class="lt-sub">{place}</span>'


def way(firm_id: str) -> None:
    """The shortest referral path into the home region, explained link by link."""
    if cached_firm.is_local(firm_id):
        return
    steps = cached_firm.way(firm_id)
    section("到本地的引荐路径", "三步以内最短的一条；登记的关系优先于推断的")
    if not steps:
        st.html('<p class="lt-note">三步之内没有查到与本地企业的关系；没有登记不等于没有。</p>')
        return
    listed = "".join(f"<li>{_step(step)}</li>" for step in steps)
    st.html(f'<ol class="lt-card-box">{listed}</ol>')


def _step(step: Step) -> str:
    mark = tags(["推断"], "lt-tag-warn") if step.inferred else ""
    page = (
        link("projects", project=step.to_id.removeprefix("project:"))
        if step.is_project
        else link("firm", firm=step.to_id)
    )
    return f"{esc(step.text)} {mark} {anchor('打开 →', page)}"


def facts(profile: FirmProfile) -> None:
    """Every fact with its source and day, and what other sources say instead."""
    known = facts_of(profile.firm, profile.records)
    n = differing(known)
    section(
        "每条事实的来源", f"{len(profile.records)} 条来源记录" + (f"，{n} 项说法不一" if n else "，没有互相矛盾的说法")
    )
    if n:
        notice("warned", f"{n} 项各来源说法不一：取数据日期最新的，其余列在右边，请核对。")
    st.html(html_table(pd.DataFrame([{"fact": one} for one in known]), FACTS))


def _value(row: Mapping[str, Any]) -> str:
    fact: Fact = row["fact"]
    return f'<span class="lt-none">{fact.value}</span>' if fact.holds is None else _cut(fact.value)


def _source(row: Mapping[str, Any]) -> str:
    fact: Fact = row["fact"]
    more = f'<span class="lt-sub">共 {fact.n_same} 条记录这样说</span>' if fact.n_same > 1 else ""
    return "" if fact.holds is None else f"{esc(fact.holds.source)}{more}"


def _others(row: Mapping[str, Any]) -> str:
    others: tuple[Said, ...] = row["fact"].others
    return "<br>".join(
        f"{_cut(one.value)}<span class='lt-sub'>{esc(one.source)}，{esc(one.as_of)}</span>" for one in others
    )


def _cut(text: str) -> str:
    shown = text if len(text) <= LONG else text[:LONG] + "……"
    return f'<span class="lt-clamp" title="{esc(text)}">{esc(shown)}</span>'


FACTS = (
    table.Column("事实", "fact", lambda row: esc(row["fact"].word), "lt-short"),
    table.Column("现值", "fact", _value),
    table.Column("来源", "fact", _source, "lt-short"),
    table.Column(
        "数据日期", "fact", lambda row: "" if row["fact"].holds is None else row["fact"].holds.as_of, "lt-num"
    ),
    table.Column("其他来源的说法", "fact", _others),
)
GAPS = (
    table.Column("缺口", "segment_name", _gap, "lt-main"),
    table.Column("判定", "label", lambda row: label_chip(row["label"]), "lt-short"),
    table.text_column("行动", "action"),
    table.decimal_column("优先级", "priority"),
    table.Column("作为目标", "score", _rank, "lt-num"),
    table.Column("为什么是缺口", "reason", lambda row: esc(row["reason"]), "lt-long"),
)
