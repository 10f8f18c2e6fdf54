"""The panel of one segment on the map: why this label, who is here, whom to invite, what is under way."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis.coverage import NO_REGISTER
from chains.model import Chain, Kind
from chains.words import STAGES
from exports.formats import count, decimal, is_missing, percent
from pages import cached
from pages.components.demand import demand_part
from pages.components.firm_parts import verdict_counts
from pages.components.html import anchor, esc, facts, label_chip, label_letter, tags
from pages.components.interval import interval_bar
from pages.components.second_opinion import holds, second_opinion
from pages.components.url import here, link
from services.loop import ChainState

SHOWN = 5


def show(chain: Chain, segment_id: str, state: ChainState, *, mark: str = "") -> Callable[[], None]:
    """Draw the panel over the half of the map in which the segment is not; ``mark``: of which state, unless as it is today.

    Returns what draws the firms: the first look at a segment reads a million of them, and the rest need not wait for it.
    """
    stages = [stage.id for stage in chain.stages]
    row = state.labels.set_index("segment_id", drop=False).loc[segment_id]
    side = "left" if stages.index(row.stage) >= len(stages) / 2 else "right"
    with st.container(key=f"panel_{side}"):
        _part(f"{_head(chain, row, mark)}{_why(row, state)}{demand_part(row, state)}{_actions(row, state)}")
        firms = st.empty()
        with firms:
            _part('<h3>目标企业</h3><p class="lt-note lt-waiting">正在查找候选企业…</p>')
        _part(_projects(chain, row, state) + _neighbours(chain, row, state))

    def finish() -> None:
        with firms:
            _part(_targets(chain, row, state) + _local(chain, row))

    return finish


def _part(html: str) -> None:
    st.html(f'<section class="lt-panel">{html}</section>')


def _head(chain: Chain, row: pd.Series, mark: str) -> str:
    segment = chain.segment(row.segment_id)
    critical = '<span class="lt-tag lt-tag-critical">关键环节</span>' if row.critical else ""
    critical += tags([mark]) if mark else ""
    return (
        f'<div class="lt-panel-head"><div><h2>{esc(row["name"])}</h2><p>{esc(row.stage_name)} · {esc(row.group)}</p></div>'
        f'<a class="lt-close" data-nav="stay" data-close="" aria-label="关闭" href="{esc(here("chain_map", segment=None))}">✕</a></div>'
        f'<div class="lt-row">{label_chip(row.label)}{critical}</div><p class="lt-note">{esc(segment.definition)}</p>'
    )


def _why(row: pd.Series, state: ChainState) -> str:
    params = state.params.label
    bar = (
        ""
        if row.label == "unknown"
        else interval_bar(row.lq, row.lq_low, row.lq_high, params.weak_high, params.strong_low)
    )
    context = cached.context()
    rows = [
        ("本地企业", f"<b>{count(row.n_local)}</b> 家{_researchers(row)}"),
        ("应有企业", f"{decimal(row.expected)} 家，按{esc(state.benchmark)}比重"),
        (
            "规模加权区位商" if params.measure == "size" else "区位商",
            f"{decimal(row.lq, 2)}，{params.level:.0%} 区间 {decimal(row.lq_low, 2)}–{decimal(row.lq_high, 2)}",
        ),
        second_opinion(row.segment_id, state),
        ("浮动 10% 看", holds(row.segment_id, state)),
        ("证据等级", f"{esc(row.tier)}（企业家数）"),
        ("数据", f"{context.span} · {esc('、'.join(context.sources) or '来源不明')}"),
    ]
    return f"<h3>为什么是这个判定</h3>{bar}<p>{esc(row.reason)}。</p>{facts(rows)}"


def _researchers(row: pd.Series) -> str:
    """What the count leaves out; in research segments it leaves out nothing."""
    return "（研发企业计入）" if row.kind == Kind.RD else f"（另有研发类 {count(row.n_rd)} 家）"


def _actions(row: pd.Series, state: ChainState) -> str:
    found = state.gaps[state.gaps.segment_id == row.segment_id]
    if found.empty:
        return ""
    gap = found.iloc[0]
    return f"<h3>怎么补<span>{esc(gap.action)} · 优先级 {decimal(gap.priority, 0)}</span></h3><p>{esc(gap.gap_reason)}。</p>"


def _targets(chain: Chain, row: pd.Series, state: ChainState) -> str:
    found = cached.targets(chain.id, row.segment_id)
    top = state.explain(found.head(SHOWN), cached.context())
    more = anchor(f"全部 {len(found):,} 家 →", link("targets", chain=chain.id, segment=row.segment_id))
    items = "".join(
        f'<li><span class="lt-line">{anchor(one.name, link("firm", firm=one.firm_id, chain=chain.id, segment=row.segment_id))}'
        f"<b>{decimal(one.score, 0)} 分</b></span><small>{esc(one.reason)}</small></li>"
        for one in top.rename(columns={"name": "name"}).itertuples()
    )
    strong = anchor("全国哪里强 →", link("targets", chain=chain.id, segment=row.segment_id, map="strength"))
    tied = anchor("关联网络 →", link("firm", list="network", chain=chain.id, segment=row.segment_id))
    listed = f"<ol>{items}</ol>" if items else '<p class="lt-note">库里没有外地企业确认属于这个环节。</p>'
    return f"<h3>目标企业{more}</h3>{listed}<p>{strong}　{tied}</p>"


def _local(chain: Chain, row: pd.Series) -> str:
    found = cached.local_firms(chain.id, row.segment_id)
    items = "".join(
        f"<li>{anchor(one.name, link('firm', firm=one.firm_id))}{'' if one.verdict == 'confirmed' else tags(['待核'])}"
        f"<small>{esc('' if is_missing(one.evidence) else str(one.evidence)[:60])}</small></li>"
        for one in found.head(SHOWN).itertuples()
    )
    opened = link("firm", list="local", chain=chain.id, segment=row.segment_id)
    more = anchor(f"全部 {len(found)} 家 →", opened) if len(found) else ""
    n = int((found.verdict == "uncertain").sum())
    asked = anchor(f"复核待核的 {n} 家 →", link("review", chain=chain.id, segment=row.segment_id)) if n else ""
    counted = f'<p class="lt-note">{esc(verdict_counts(found))}　{asked}</p>' if len(found) else ""
    return f"<h3>本地企业{more}</h3>{counted}" + (
        f"<ul>{items}</ul>" if items else '<p class="lt-note">本地没有查到做这个环节的企业。</p>'
    )


def _projects(chain: Chain, row: pd.Series, state: ChainState) -> str:
    found = state.coverage.projects[state.coverage.projects.segment_id == row.segment_id]
    more = anchor("挂接项目 →", link("projects", chain=chain.id, segment=row.segment_id))
    items = "".join(
        f'<li><span class="lt-line"><span>{esc(one.name)}</span><b>{esc("阶段不明" if is_missing(one.stage) else STAGES[one.stage])}</b></span>'
        f"<small>{esc('' if is_missing(one.stage_text) else one.stage_text)}</small></li>"
        for one in found.itertuples()
    )
    none = "还没有挂接的项目。" if state.coverage.known else f"{NO_REGISTER}，无数据。"
    return f"<h3>签约项目{more}</h3>" + (f"<ul>{items}</ul>" if items else f'<p class="lt-note">{none}</p>')


def _neighbours(chain: Chain, row: pd.Series, state: ChainState) -> str:
    labels = state.labels.set_index("segment_id")
    supplies = [(edge.user, edge.weight) for edge in chain.edges if edge.supplier == row.segment_id]
    needs = [(edge.supplier, edge.weight) for edge in chain.edges if edge.user == row.segment_id]

    def listed(title: str, found: list[tuple[str, float]]) -> str:
        ordered = sorted(found, key=lambda pair: (-pair[1], pair[0]))
        items = "".join(
            f'<li class="lt-line"><span>{label_letter(labels.label[key])} '
            f"{anchor(labels.name[key], here('chain_map', segment=key))}</span><b>{percent(weight)}</b></li>"
            for key, weight in ordered
        )
        return f"<h3>{title}</h3>" + (f"<ul>{items}</ul>" if items else '<p class="lt-note">链内没有。</p>')

    return listed("供应来源（占本环节外购的比重）", needs) + listed("供应去向（占对方外购的比重）", supplies)
