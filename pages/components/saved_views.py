"""Views of a page kept under names: opened, saved for oneself or for all, deleted."""

from __future__ import annotations

import streamlit as st

from pages import cached
from pages.cached_drawn import read
from pages.components.actions import actor, carry_out, now
from pages.components.html import esc, plain
from pages.components.url import link
from services.saved_views import SavedView, ViewTaken, delete_view, save_view, saved_views
from services.saved_weights import LONGEST

_NAME, _SHARED, _TAKEN = "view_name", "view_shared", "view_taken"


def show(page: str) -> None:
    """Draw the fold with the views that this person may open, and the row that saves the present one."""
    views = read("views", lambda: saved_views(cached.store(), page, actor()), page, actor())
    with st.popover(f"视图（{len(views)}）", icon=":material/bookmark:", key="views", width="stretch"):
        st.html('<p class="lt-note">把当前筛选、权重和排序存成名称，以后打开就是同样的条件。</p>')
        for at, view in enumerate(views):
            _view(at, view)
        _save_row(page)


def _view(at: int, view: SavedView) -> None:
    left, right = st.columns([5, 1], vertical_alignment="center")
    who = "仅自己可见" if not view.shared else f"{view.owner} 共享"
    with left:
        opened = f'<a class="lt-view" data-nav="stay" href="{esc(link(view.page, **view.query))}">{esc(view.name)}</a>'
        st.html(f'{opened}<span class="lt-sub">{esc(who)}，存于 {view.saved_at:%Y-%m-%d %H:%M}</span>')
    if view.owner == actor():
        with right:
            st.button("删除", key=f"view_delete_{at}", on_click=_delete, args=(view,))


def _save_row(page: str) -> None:
    one, two, three = st.columns([2, 1.2, 1], vertical_alignment="bottom")
    with one:
        name = st.text_input(
            "存为视图", key=_NAME, max_chars=LONGEST, placeholder="名称，如：山东轴承，注册资本一亿以上"
        )
    with two:
        st.toggle(
            "共享给所有人", key=_SHARED, help="不共享的只有同一使用人姓名可见；本系统不设密码，姓名以右上角填写的为准"
        )
    asked = name.strip() if st.session_state.get(_TAKEN) == name.strip() else None
    with three:
        told = f"替换“{plain(asked)}”" if asked else "保存当前视图"
        st.button(told, key="view_save", on_click=_save, args=(page, st.query_params.to_dict(), asked), width="stretch")


def _save(page: str, query: dict[str, str], confirmed: str | None) -> None:
    """Keep the address under the typed name; a name in use is said, and replaced when the button is pressed again."""
    name, shared = str(st.session_state.get(_NAME) or ""), bool(st.session_state.get(_SHARED))
    st.session_state.pop(_TAKEN, None)

    def change() -> str:
        replace = confirmed is not None and confirmed == name.strip()
        try:
            view = save_view(cached.store(), page, name, query, shared=shared, actor=actor(), at=now(), replace=replace)
        except ViewTaken as taken:
            st.session_state[_TAKEN] = taken.held.name
            raise
        st.session_state[_NAME] = ""
        return f"已{'替换' if replace else '保存'}视图“{view.name}”，{'所有人可打开' if shared else '只有你可打开'}。"

    carry_out(change)


def _delete(view: SavedView) -> None:
    def change() -> str:
        delete_view(cached.store(), view, actor=actor(), at=now())
        return f"已删除视图“{view.name}”。"

    carry_out(change)
