"""签约项目与覆盖: what is signed, what has begun, which gaps it covers — nominally and effectively."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chains.words import STAGES
from exports.columns import COVERAGE, OVER_SERVED, PROJECTS
from exports.formats import count, money
from pages import cached, cached_projects
from pages.cached_drawn import drawn
from pages.components import coverage_table, project_forms, project_table
from pages.components.actions import say_what_happened
from pages.components.chain_told import any_chain
from pages.components.downloads import table_download
from pages.components.facets import ALL, Counted, Facet, Facets, equal, every_row
from pages.components.frame import empty, header, section
from pages.components.html import Tile, tiles
from pages.components.listing import Listing, show_table
from pages.components.table import html_table
from pages.components.url import link, param, type_in

MONEY_NOTE = (
    "签约金额只算写明的，不详的不当作零；一个项目挂在几个环节上，各段里各算一次，全链只算一次；"
    "“投向缺口”是签约金额中项目所在环节为缺口的部分。"
)


def page() -> None:
    """Draw the page."""
    header(
        "签约项目与覆盖",
        "名义覆盖看签约，有效覆盖看开工或资金到位；两个数分开算，从不相加。",
        cached.context(),
        any_chain(),
    )
    say_what_happened()
    everything = cached.projects()
    if everything.empty:
        empty(
            "本地还没有登记项目",
            "在“数据管理”导入项目台账（Excel 或 CSV），再把项目挂接到产业链环节。",
            ("去数据管理", link("data_admin")),
        )
        return
    st.html(drawn("project figures", lambda: _figures(everything)))
    _coverage(everything)
    section("项目")
    rows = _filtered()
    project_forms.show(everything, param("project"))
    if rows.empty:
        empty("没有符合条件的项目", "放宽上面的筛选条件。", ("清除筛选", link("projects")))
        return
    told = drawn("project sums", lambda: _sums(rows))
    show_table(Listing("projects", "个项目", told, since=()), rows, project_table.columns())
    table_download(
        "签约项目",
        PROJECTS,
        rows,
        cached.context(),
        lambda kept: kept.assign(segment_name=kept.segments.replace("", pd.NA)),
    )


def _figures(rows: pd.DataFrame) -> str:
    waiting = int((rows.nominal & ~rows.effective).sum())
    return tiles(
        [
            Tile("登记项目", count(len(rows)), "个", href=link("projects")),
            Tile("已签约", count(int(rows.nominal.sum())), "个", "名义覆盖", link("projects", state="nominal")),
            Tile(
                "已开工或到资", count(int(rows.effective.sum())), "个", "有效覆盖", link("projects", state="effective")
            ),
            Tile("签约未开工", count(waiting), "个", "须督促", link("projects", state="waiting")),
            Tile(
                "未挂接环节",
                count(int((rows.n_segments == 0).sum())),
                "个",
                "挂接后才计入覆盖",
                link("projects", state="loose"),
            ),
            Tile(
                "阶段不明", count(int(rows.stage.isna().sum())), "个", "来源没有写明", link("projects", state="unclear")
            ),
        ]
    )


def _coverage(everything: pd.DataFrame) -> None:
    section("缺口覆盖", "薄弱与缺失环节中，已有签约项目的、项目已开工或到资的；按个数，也按缺口优先级和项目金额")
    with st.container(width=320):
        layer = coverage_table.pick_layer(everything)
    rows, over = drawn("coverage", lambda: _covered(layer), layer)
    st.html(drawn("coverage table", lambda: html_table(rows, coverage_table.coverage_columns(layer)), layer))
    st.html(f'<p class="lt-note">{MONEY_NOTE}</p>')
    section("优势环节仍在签约", "本地已经强的环节还在签约的项目；同样的力气可以先投向缺口")
    if over.empty:
        st.html('<p class="lt-note">没有：签约项目都不在优势环节上。</p>')
    else:
        st.html(drawn("over-served table", lambda: html_table(over, coverage_table.over_columns(layer)), layer))
    with st.container(horizontal=True):
        table_download("缺口覆盖", COVERAGE, rows, cached.context())
        if not over.empty:
            table_download("优势环节仍在签约", OVER_SERVED, over, cached.context())


def _covered(layer: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Coverage, and strong segments that are still served, of the address's chain or of all."""
    found, chain = cached_projects.coverage(layer), param("chain")
    return coverage_table.coverage_rows(found, chain), coverage_table.over_rows(found, chain)


def _filtered() -> pd.DataFrame:
    one, two, three, four = st.columns([1.3, 1.4, 1, 1.6], vertical_alignment="bottom")
    with four:
        text = type_in("项目名称、地点或单位包含", "q")
    counted, rows = drawn("project filters", lambda: _counted(text), text)
    for place, name in ((one, "chain"), (two, "state"), (three, "stage")):
        with place:
            counted.choose(name)
    return rows


def _counted(text: str) -> tuple[Counted, pd.DataFrame]:
    """The filters of the address with their counts, and the rows they leave."""
    rows = cached_projects.with_segments()
    said = rows.said.str.contains(text, regex=False) if text else every_row(rows.said)
    counted = _facets(rows, said).count()
    return counted, rows[counted.kept].reset_index(drop=True)


def _facets(rows: pd.DataFrame, others: pd.Series) -> Facets:
    chains = {ALL: "全部产业链", **{chain.id: chain.name for chain in cached.chains()}}
    return Facets(
        {
            "chain": Facet("产业链", chains, lambda key: project_table.of_chain(rows, key)),
            "state": Facet("状态", project_table.STATES, lambda key: project_table.in_state(rows, key)),
            "stage": Facet("最新阶段", {ALL: "全部", **STAGES}, equal(rows.stage)),
        },
        others,
    )


def _sums(rows: pd.DataFrame) -> str:
    layers = {"contract_cny": "合同额", "paid_in_cny": "到位资金"}
    told = [
        f"{word}合计 {money(rows[key].sum())}（{rows[key].notna().sum()} 个有数）"
        for key, word in layers.items()
        if rows[key].notna().any()
    ]
    return "；".join(told)
