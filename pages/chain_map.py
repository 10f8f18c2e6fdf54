"""链图: where the chain breaks, and for a chosen segment why, who could fill it and what is being done."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.coverage import NO_REGISTER
from chains.words import LABELS
from exports.chain_map.fold import groups_of
from exports.formats import percent
from pages import cached, cached_view
from pages.components import map_versus, segment_panel
from pages.components.chain_bar import pick_chain, pick_judging
from pages.components.chain_map import show_chain_map
from pages.components.chain_told import one_chain
from pages.components.frame import header
from pages.components.html import Tile, anchor, spread_bar, tiles
from pages.components.kiosk import is_kiosk, kiosk
from pages.components.legend import legend
from pages.components.map_downloads import map_downloads
from pages.components.map_search import search_field
from pages.components.map_told import tell_view
from pages.components.map_view import pick_view
from pages.components.marked_firm import marked_firm
from pages.components.url import here, link, param, switch
from services.loop import ChainState


def page() -> None:
    """Draw the page, or the big screen."""
    if is_kiosk():
        kiosk()
        return
    header(
        "链图",
        "从左到右是上游到下游；点击任一环节，看判定依据、本地企业、目标企业和签约项目。",
        cached.context(),
        one_chain(),
    )
    left, middle, judged, right = st.columns([1.15, 0.95, 1.8, 2.0], vertical_alignment="bottom")
    with left:
        chain = pick_chain()
    with middle:
        only_gaps = switch("只突出缺口", "gaps")
    with judged:
        glasses = pick_judging()
    figures = st.container()
    with st.container(key="map_tools"):
        found, switches, taken = st.columns([2.2, 3.9, 0.9], vertical_alignment="bottom")
    with found:
        search_field(chain.id)
    with switches:
        view = pick_view(chain, glasses)
    state = cached_view.state(view)
    with right:
        st.html(spread_bar(state.counts))
    with figures:
        st.html(_figures(chain.id, state, opens=view.is_usual))
    with taken:
        map_downloads(chain, state)
    st.html(legend(on_map=True) + _elsewhere(chain.id, cached.state(chain.id, *glasses)))
    tell_view(view)
    beside = map_versus.compared(view)
    asked = param("segment")
    selected = asked if any(segment.id == asked for segment in chain.segments) else None
    marked = marked_firm(chain)
    if view.folded:
        marked += tuple(group.card for group in groups_of(chain) if set(marked) & set(group.members))
    drawn = view if beside is not None or not view.versus else replace(view, versus="")
    show_chain_map(lambda width: cached_view.drawing(drawn, width), only_gaps=only_gaps, marked=marked)
    if beside is not None:
        map_versus.table_of_differences(view, beside)
    if selected:
        segment_panel.show(chain, selected, state, mark=view.mark)


def _figures(chain_id: str, state: ChainState, *, opens: bool) -> str:
    """The figures of the state; they open the rows behind them where those are of the same state."""
    share, unjudged = state.completeness
    whole, known = state.coverage.whole.iloc[0], state.coverage.known

    def rows(**params: object) -> str | None:
        return link("gaps", chain=chain_id, **params) if opens else None

    return tiles(
        [
            Tile("整体", LABELS[state.presence.label], note=str(state.presence.reason), href=link("methods")),
            Tile(
                "完整度",
                percent(share),
                note=f"可判断环节中“一般”以上的比例；{unjudged} 个数据不足，不计入",
                href=link("methods"),
            ),
            Tile(
                "缺口",
                str(int(whole.n_gaps)),
                "个环节",
                f"缺失 {state.counts['missing']}，薄弱 {state.counts['weak']}",
                rows(),
            ),
            Tile(
                "名义覆盖",
                _share(whole.n_gaps, whole.nominal_share),
                note=f"{int(whole.n_nominal)} 个缺口已有签约项目" if known else NO_REGISTER,
                href=rows(covered="yes"),
            ),
            Tile(
                "有效覆盖",
                _share(whole.n_gaps, whole.effective_share),
                note=f"{int(whole.n_effective)} 个缺口的项目已开工或到资" if known else NO_REGISTER,
                href=rows(covered="effective"),
            ),
            Tile(
                "关键缺口",
                str(int(state.gaps.critical.sum())),
                "个",
                "单一依赖或卡脖子的缺口环节",
                rows(critical=1),
            ),
        ]
    )


def _elsewhere(chain_id: str, state: ChainState) -> str:
    """The same chain as it would be if what is signed began, and on the big screen."""
    projects = state.coverage.projects
    waiting = projects[projects.nominal & ~projects.effective] if len(projects) else projects
    ids = ",".join(dict.fromkeys(waiting.project_id)) if len(waiting) else ""
    ahead = f"如果签约未开工的 {waiting.project_id.nunique()} 个项目都开工 →" if ids else ""
    links = [
        anchor(ahead, link("whatif", chain=chain_id, start=ids)) if ids else "",
        anchor("大屏轮播 →", here("chain_map", kiosk=1, segment=None, firm=None)),
    ]
    return f'<p class="lt-map-links">{"".join(links)}</p>'


def _share(n_gaps: int, covered: float | None) -> str:
    """Share of gaps covered, where there is any to cover."""
    return "没有缺口" if n_gaps == 0 else percent(covered)
