"""名单与行程: lists of firms that people follow, trips to them, and whom to visit when visits are few."""

from __future__ import annotations

import streamlit as st

from pages import cached
from pages.components import firm_lists, list_view, trip_view, trip_views, visit_list
from pages.components.actions import say_what_happened
from pages.components.chain_bar import pick_chain
from pages.components.frame import header
from pages.components.html import esc
from pages.components.url import link, param

LISTS, TRIPS, PLAN = None, "trips", "plan"
VIEWS = {LISTS: "名单", TRIPS: "行程", PLAN: "按缺口选企"}
"""Views by what parameter ``view`` says."""


def page() -> None:
    """Draw the page."""
    header(
        "名单与行程",
        "把要跟进的企业收进名单，登记对接状态；排成行程，按天打印日程。别的单位已在跟进的，加入之前就会提示。",
        cached.context(),
    )
    say_what_happened()
    view = param("view") if param("view") in VIEWS else LISTS
    _tabs(view)
    if view == TRIPS:
        trip_view.show(param("trip_id") or "") if param("trip_id") else trip_views.show()
    elif view == PLAN:
        with st.container(width=320):
            chain = pick_chain()
        visit_list.show(chain)
    elif asked := param("list_id"):
        list_view.show(asked)
    else:
        firm_lists.show()


def _tabs(view: str | None) -> None:
    tabs = "".join(_tab(key, word, key == view) for key, word in VIEWS.items())
    st.html(f'<nav class="lt-views" aria-label="名单与行程">{tabs}</nav>')


def _tab(key: str | None, word: str, chosen: bool) -> str:
    current = ' aria-current="true"' if chosen else ""
    return f'<a data-nav="stay"{current} href="{esc(link("trips", view=key))}">{word}</a>'
