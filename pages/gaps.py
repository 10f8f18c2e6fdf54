"""缺口清单: weak and missing segments, most urgent first, each with the parts of its priority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.gaps import GapParams, rank_gaps
from exports.columns import GAPS
from pages import cached, cached_news
from pages.cached_drawn import drawn
from pages.components.actions import say_what_happened
from pages.components.chain_told import any_chain
from pages.components.downloads import table_download
from pages.components.facets import ALL, Facet, Facets, equal, one_of
from pages.components.frame import empty, header
from pages.components.gap_table import columns
from pages.components.listing import Listing, show_table
from pages.components.url import link, param, switch
from pages.components.weights import weigh

COVERED = {ALL: "全部", "no": "还没有签约项目", "yes": "已有签约项目", "effective": "项目已开工或到资"}
ACTIONS = {ALL: "全部", **{word: word for word in ("补链", "强链", "延链", "建链")}}
LABELS = {ALL: "全部", "missing": "缺失", "weak": "薄弱"}
CRITICAL = "critical"
KEY = ["chain_id", "segment_id"]
NOTE = (
    "优先级由四部分加权得出（0–100），关键性与需求在各条链内比较；斜纹表示该部分无数据，按中性值计，不当作零；"
    "名次下面是各项权重上下浮动 10% 时的名次范围；配套率是本地企业能满足本地下游需求的比例，A 按企业家数，C 按投入产出表，下面是另一种算法的结果"
)


def page() -> None:
    """Draw the page."""
    context = cached.context()
    header("缺口清单", "薄弱与缺失的环节，按优先级排列；数据不足的环节不算缺口。", context, any_chain())
    say_what_happened()
    weights = _filters()
    rows = drawn("gap rows", lambda: _chosen(weights), sorted(weights.items()))
    if rows.empty:
        _nothing()
        return
    show_table(Listing("gaps", "个缺口", NOTE, since=sorted(weights.items())), rows, columns())
    table_download("缺口清单", GAPS, rows, context)


def _nothing() -> None:
    chain = param("chain")
    if any(param(name) for name in ("label", "action", "covered", CRITICAL)):
        empty(
            "没有符合条件的缺口",
            "放宽上面的筛选，每个选项后面是它留下的行数。",
            ("清除筛选", link("gaps", chain=chain)),
        )
        return
    empty(
        "没有薄弱或缺失的环节",
        "所选产业链没有判为薄弱或缺失的环节；数据不足的环节不算缺口，可在链图查看各环节的判定依据。",
        ("看链图", link("chain_map", chain=None if chain == ALL else chain)),
    )


def _filters() -> Mapping[str, float]:
    """Draw the filters and the sliders; the weights that the sliders say."""
    counted = drawn("gap filters", lambda: _facets(cached_news.gaps()).count())
    one, two, three, four, five = st.columns([1.4, 1, 1, 1.4, 1.2], vertical_alignment="bottom")
    for place, name in ((one, "chain"), (two, "label"), (three, "action"), (four, "covered")):
        with place:
            counted.choose(name)
    with five:
        switch("只看关键环节", CRITICAL)
    return weigh("gaps", GapParams().weights, lead="优先级权重")


def _chosen(weights: Mapping[str, float]) -> pd.DataFrame:
    """Gaps under weights and the filters of the address; they are ranked among the chains chosen, then filtered."""
    rows = cached_news.gaps()
    facets = _facets(rows)
    chain = facets.facets["chain"].asked("chain")
    if chain != ALL:
        cached.state(chain)  # a chain that is not matched has no gaps: that is another thing than having none
    own = facets.facets["chain"].test(chain)
    ranked = rank_gaps(rows[own].reset_index(drop=True), replace(GapParams(), weights=weights))
    kept = pd.MultiIndex.from_frame(rows.loc[facets.count().kept, KEY])
    return ranked[pd.MultiIndex.from_frame(ranked[KEY]).isin(kept)].reset_index(drop=True)


def _facets(rows: pd.DataFrame) -> Facets:
    chains = {ALL: "全部产业链", **{chain.id: chain.name for chain in cached.chains()}}
    covered = {"no": rows.nominal == 0, "yes": rows.nominal > 0, "effective": rows.effective > 0}
    facets = {
        "chain": Facet("产业链", chains, equal(rows.chain_id)),
        "label": Facet("判定", LABELS, equal(rows.label)),
        "action": Facet("行动", ACTIONS, equal(rows.action)),
        "covered": Facet("签约覆盖", COVERED, one_of(covered)),
    }
    return Facets(facets, rows.critical.astype(bool) | (param(CRITICAL) != "1"))
