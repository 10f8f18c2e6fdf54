"""链图: where the chain breaks, and for a chosen segment why, who could fill it and what is being done."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from chains.model import Chain
from exports.chain_map.fold import groups_of
from pages import cached, cached_view
from pages.components import map_figures, map_versus, segment_panel
from pages.components.chain_bar import pick_chain, pick_judging
from pages.components.chain_map import show_chain_map
from pages.components.chain_told import one_chain
from pages.components.frame import header
from pages.components.html import spread_bar
from pages.components.kiosk import is_kiosk, kiosk
from pages.components.legend import legend
from pages.components.map_downloads import map_downloads
from pages.components.map_search import search_field
from pages.components.map_told import tell_view
from pages.components.map_view import pick_view
from pages.components.marked_firm import marked_firm
from pages.components.url import param, switch
from services.loop import ChainState
from services.map_file import Look
from services.map_view import View


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
    rest, panel = st.container(), st.container()
    asked = param("segment")
    finish = None
    if any(segment.id == asked for segment in chain.segments):
        with panel:  # what was clicked for is drawn before the map around it, which the browser has
            finish = segment_panel.show(chain, str(asked), state, mark=view.mark)
    with right:
        st.html(spread_bar(state.counts))
    with figures:
        st.html(map_figures.figures(chain.id, state, opens=view.is_usual and glasses == (None, None)))
    with rest:
        look = _map(chain, state, view, glasses, only_gaps)
    with taken:
        map_downloads(chain, state, look)
    if finish is not None:
        finish()


def _map(chain: Chain, state: ChainState, view: View, glasses: tuple[str | None, str | None], only_gaps: bool) -> Look:
    """Draw what the map's signs mean, the map and what it is compared with; says how it was drawn."""
    signs = st.container()
    tell_view(view)
    beside = map_versus.compared(view)
    marked = marked_firm(chain)
    if view.folded:
        marked += tuple(group.card for group in groups_of(chain) if set(marked) & set(group.members))
    drawn = view if beside is not None or not view.versus else replace(view, versus="")
    look = cached_view.look(drawn)
    with signs:
        below = look.beside.caption if look.beside else ""
        keys = legend(on_map=True, folded=view.folded, below=below)
        st.html(keys + map_figures.elsewhere(chain.id, cached.state(chain.id, *glasses)))
    show_chain_map(lambda width: cached_view.drawing(drawn, width), only_gaps=only_gaps, marked=marked)
    if beside is not None:
        map_versus.table_of_differences(view, beside)
    return look
