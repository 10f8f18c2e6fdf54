"""总览: in one screen, the state of every chain and what needs a decision."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import streamlit as st

from analysis.coverage import NO_REGISTER
from chains.model import Chain
from exports.formats import count, day, decimal, is_missing, percent
from pages import cached
from pages.components.frame import empty, header, notice, section
from pages.components.html import Tile, anchor, esc, label_chip, spread_bar, tiles
from pages.components.legend import legend
from pages.components.url import link
from services.loop import ChainState

SHOWN = 8
WAITING = 10


def page() -> None:
    """Draw the page."""
    context = cached.context()
    header("总览", "各条产业链的状态，以及需要拿主意的事。", context)
    states = {chain: cached.state(chain.id) for chain in cached.matched()}
    projects = cached.projects()
    st.html(_figures(list(states.values()), projects))
    section("产业链", "点击进入链图；条形里的数字是环节数")
    _waiting_chains(states)
    st.html(legend())
    st.html(
        f'<div class="lt-grid" style="--cell:380px">{"".join(_chain(chain, s) for chain, s in states.items())}</div>'
    )
    left, right = st.columns(2, gap="medium")
    with left:
        section("最紧迫、还没有签约项目的缺口", "按缺口优先级")
        _open_gaps(states)
    with right:
        section("签约后还没有开工的项目", "签约最久的在前")
        _waiting(projects)


def _figures(states: list[ChainState], projects: pd.DataFrame) -> str:
    context = cached.context()
    gaps = sum(len(s.gaps) for s in states)
    known = all(s.coverage.known for s in states)
    covered = sum(s.coverage.whole.iloc[0].n_nominal for s in states)
    effective = sum(s.coverage.whole.iloc[0].n_effective for s in states)
    loose = int((projects.n_segments == 0).sum())
    return tiles(
        [
            Tile("本地企业", count(context.n_local), "家", f"全库 {count(context.n_firms)} 家"),
            Tile("产业链", str(len(states)), "条", f"{sum(len(s.labels) for s in states)} 个环节", link("chain_map")),
            Tile("缺口", str(gaps), "个环节", "薄弱与缺失", link("gaps", chain="all")),
            Tile("已有签约项目的缺口", count(covered), "个", "名义覆盖", link("gaps", chain="all", covered="yes")),
            Tile(
                "已开工或到资的缺口", count(effective), "个", "有效覆盖", link("gaps", chain="all", covered="effective")
            ),
            Tile(
                "签约项目",
                count(int(projects.nominal.sum()) if known else None),
                "个",
                f"登记 {len(projects)} 个，{loose} 个未挂接环节" if known else NO_REGISTER,
                link("projects", state="nominal"),
            ),
        ]
    )


def _waiting_chains(states: Collection[Chain]) -> None:
    names = "、".join(chain.name for chain in cached.chains() if chain not in states)
    if names:
        notice("warned", f"{names}还没有与企业匹配，不在下面；请在“数据管理”页点“重新匹配全部产业链”。")


def _chain(chain: Chain, state: ChainState) -> str:
    share, unjudged = state.completeness
    whole = state.coverage.whole.iloc[0]
    n_gaps = int(whole.n_gaps)
    covered = (
        "没有缺口"
        if n_gaps == 0
        else f"缺口 {n_gaps} 个 · 签约覆盖 {count(whole.n_nominal)} · 有效 {count(whole.n_effective)}"
    )
    judged = f"另有 {unjudged} 个环节数据不足，不作判断" if unjudged else "环节全部可判断"
    whole_chain = f'<span title="{esc(state.presence.reason)}">整体 {label_chip(state.presence.label)}</span>'
    return (
        '<article class="lt-card-box"><div class="lt-panel-head">'
        f"<h3>{anchor(chain.name, link('chain_map', chain=chain.id))}　{whole_chain}</h3>"
        f'<span class="lt-big">{percent(share)}<small>完整度</small></span></div>{spread_bar(state.counts)}'
        f'<p class="lt-note">{esc(covered)}　{esc(judged)}</p></article>'
    )


def _open_gaps(states: dict[Chain, ChainState]) -> None:
    if not all(s.coverage.known for s in states.values()):
        empty(
            f"{NO_REGISTER}，不知道哪些缺口还没有签约项目",
            "在“数据管理”导入项目台账（Excel 或 CSV）后，这里列出还没有项目的缺口；全部缺口见缺口清单。",
            ("去数据管理", link("data_admin")),
        )
        return
    rows = [s.gaps[s.gaps.nominal == 0].assign(chain_id=chain.id, chain_name=chain.name) for chain, s in states.items()]
    found = pd.concat(rows, ignore_index=True).sort_values(["priority", "segment_id"], ascending=[False, True])
    if found.empty:
        empty(
            "没有这样的缺口",
            "缺口都已有签约项目，或本地没有判为薄弱、缺失的环节。",
            ("看缺口清单", link("gaps", chain="all")),
        )
        return
    items = "".join(
        f'<li><span class="lt-line"><span>{label_chip(row.label)}　{anchor(row.name_, link("chain_map", chain=row.chain_id, segment=row.segment_id))}'
        f'<span class="lt-note">　{esc(row.chain_name)}</span></span><b>{decimal(row.priority, 0)}</b></span><small>{esc(row.gap_reason)}</small></li>'
        for row in found.head(SHOWN).rename(columns={"name": "name_"}).itertuples()
    )
    every = anchor("全部 →", link("gaps", chain="all", covered="no"))
    more = f'<p class="lt-note">共 {len(found)} 个，{every}</p>' if len(found) > SHOWN else ""
    st.html(f'<div class="lt-card-box lt-panel"><ol>{items}</ol>{more}</div>')


def _waiting(projects: pd.DataFrame) -> None:
    found = projects[projects.nominal & ~projects.effective].sort_values(["stage_on", "project_id"], na_position="last")
    if found.empty:
        empty("没有这样的项目", "已签约的项目都已开工或到资，或还没有登记项目。", ("看签约项目", link("projects")))
        return
    items = "".join(
        f'<li><span class="lt-line">{anchor(row.name_, link("projects", project=row.project_id))}'
        f"<b>{'签约日期不明' if is_missing(row.stage_on) else day(row.stage_on) + ' 签约'}</b></span>"
        f"<small>{esc('未挂接环节' if row.n_segments == 0 else f'挂接 {row.n_segments} 个环节')}</small></li>"
        for row in found.head(WAITING).rename(columns={"name": "name_"}).itertuples()
    )
    more = (
        f'<p class="lt-note">共 {len(found)} 个，{anchor("全部 →", link("projects", state="waiting"))}</p>'
        if len(found) > WAITING
        else ""
    )
    st.html(f'<div class="lt-card-box lt-panel"><ol>{items}</ol>{more}</div>')
