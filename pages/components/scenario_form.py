"""The controls of a what-if: which firms land, which projects begin; all of it in the address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from chains.model import Chain
from chains.words import STAGES
from pages import cached, cached_ahead
from pages.components import table
from pages.components.html import anchor, esc, tags
from pages.components.table import html_table
from pages.components.url import choose_many, here, link, listed, param, type_in
from services.catalogue_draft import best_keys
from services.scenario import Scenario, catalogue_scenario, firm_and_segment

GAPS = 5
FOUND = 8
NAMES = ("land", "start", "sign")
CATALOGUE_HELP = "目录草稿里的企业按其列入的环节落地；另外搜来的企业在它确认的全部环节落地"


def asked() -> Scenario:
    """The scenario of the address."""
    return Scenario(*(listed(name) for name in NAMES))


def show(chain: Chain, facts: pd.DataFrame) -> None:
    """Draw the controls.

    facts : of the firms that are asked for already (``services.scenario.landing_facts``)
    """
    one, two, three = st.columns([2, 1.3, 1.3])
    with one:
        choose_many(
            "落地企业", "land", _firms(chain, facts), placeholder="从目录草稿里选，或在下面搜索", help=CATALOGUE_HELP
        )
    projects = cached.state(chain.id).coverage.projects.drop_duplicates("project_id")
    with two:
        waiting = projects[~projects.effective.astype(bool)]
        choose_many("开工的项目", "start", _projects(waiting), placeholder=_of(waiting, "没有待开工的项目"))
    with three:
        unsigned = projects[~projects.nominal.astype(bool)]
        choose_many("签约的项目", "sign", _projects(unsigned), placeholder=_of(unsigned, "没有待签约的项目"))
    _buttons(chain)
    _search(chain)


def _buttons(chain: Chain) -> None:
    content = cached.draft(chain.id)
    n = 0 if content is None else len(content.items)
    with st.container(horizontal=True):
        st.button(
            f"把目录草稿全部落地（{n} 家）",
            disabled=not n,
            on_click=_land_catalogue,
            args=(chain.id,),
            key="land_catalogue",
        )
        st.button(
            f"最急的 {GAPS} 个缺口各落地 1 家得分最高的",
            disabled=cached.state(chain.id).gaps.empty,
            on_click=_land_best,
            args=(chain.id,),
            key="land_best",
        )
        st.button("全部清除", disabled=not asked(), on_click=_clear, key="clear_scenario")


def _search(chain: Chain) -> None:
    with st.container(width=420):
        text = type_in("再找一家企业", "firm_name", placeholder="企业名称、信用代码或股票代码", resets=())
    if not text:
        return
    found = cached.found_firms(text).head(FOUND)
    if found.empty:
        st.html('<p class="lt-note">库里没有名称含这几个字的企业。</p>')
        return
    facts = cached_ahead.landings(chain.id, tuple(found.firm_id))
    firms = facts.groupby("firm_id").agg(segments=("segment_id", lambda ids: list(ids.dropna())))
    rows = facts.drop_duplicates("firm_id").set_index("firm_id", drop=False).join(firms)
    st.html(html_table(rows.loc[[firm for firm in found.firm_id if firm in rows.index]], _columns(chain)))


def _columns(chain: Chain) -> tuple[table.Column, ...]:
    return (
        table.link_column("企业", "name", lambda row: link("firm", firm=row["firm_id"], chain=chain.id), sub="region"),
        table.Column(
            "确认的环节",
            "segments",
            lambda row: tags(chain.segment(one).name for one in row["segments"]) or _none("无"),
        ),
        table.Column("推演", "is_local", _action, "lt-short"),
    )


def _action(row: Mapping[str, Any]) -> str:
    if row["is_local"]:
        return _none("已在本地")
    if row["is_struck_off"]:
        return _none("已注销或吊销")
    if not row["segments"]:
        return _none("没有确认属于本链的环节")
    if row["firm_id"] in listed("land"):
        return _none("已选")
    landed = ",".join((*listed("land"), str(row["firm_id"])))
    return anchor("落地 →", here("whatif", land=landed, firm_name=None))


def _none(text: str) -> str:
    return f'<span class="lt-none">{esc(text)}</span>'


def _firms(chain: Chain, facts: pd.DataFrame) -> dict[str, str]:
    """Texts of the firms that can be chosen: those of the address first, then those of the draft."""
    content = cached.draft(chain.id)
    names = dict(zip(facts.firm_id, facts["name"], strict=True))
    drafted = () if content is None else catalogue_scenario(content.items).land
    if content is not None:
        names |= dict(zip(content.items.firm_id, content.items["name"], strict=True))
    wanted = [text for text in (*listed("land"), *drafted) if firm_and_segment(chain, text)[0] in names]
    return {text: _text(chain, text, names) for text in dict.fromkeys(wanted)}


def _text(chain: Chain, text: str, names: dict[str, str]) -> str:
    firm, segment = firm_and_segment(chain, text)
    return f"{names[firm]}（{chain.segment(segment).name}）" if segment else names[firm]


def _projects(rows: pd.DataFrame) -> dict[str, str]:
    stages = ["阶段不明" if pd.isna(stage) else STAGES[stage] for stage in rows.stage]
    return {key: f"{name}（{stage}）" for key, name, stage in zip(rows.project_id, rows["name"], stages, strict=True)}


def _of(rows: pd.DataFrame, none: str) -> str:
    return f"从 {len(rows)} 个项目里选" if len(rows) else none


def _land_catalogue(chain_id: str) -> None:
    content = cached.draft(chain_id)
    if content is not None:
        _land(catalogue_scenario(content.items))


def _land_best(chain_id: str) -> None:
    _land(catalogue_scenario(best_keys(partial(cached.targets, chain_id), cached.state(chain_id), GAPS, 1)))


def _land(scenario: Scenario) -> None:
    st.query_params["land"] = ",".join(dict.fromkeys((*listed("land"), *scenario.land)))


def _clear() -> None:
    for name in NAMES:
        st.query_params.pop(name, None)


def is_empty() -> bool:
    """Whether nothing is asked for."""
    return not any(param(name) for name in NAMES)
