"""Below a list: what people say of it, and what its owner may change."""

from __future__ import annotations

import streamlit as st

from exports.formats import moment
from pages import cached
from pages.components.actions import actor, carry_out, now
from pages.components.frame import section
from pages.components.html import esc
from services.lists import LONGEST, LONGEST_COMMENT, FirmList, change_list, comment, comments_of, delete_list


def show(one: FirmList) -> None:
    """Draw both; the settings for the owner alone."""
    _comments(one)
    if one.owner == actor():
        _settings(one)


def _comments(one: FirmList) -> None:
    rows = comments_of(cached.store(), one)
    section("评论", f"{len(rows)} 条，只增不改")
    said = "".join(
        f'<p class="lt-note"><b>{esc(row.written_by)}</b>　{moment(row.written_at)}<br>{esc(row.comment)}</p>'
        for row in rows.itertuples()
    )
    st.html(said or '<p class="lt-note">还没有评论。</p>')
    text, button = st.columns([4, 1], vertical_alignment="bottom")
    with text:
        st.text_input("写评论", key="comment", max_chars=LONGEST_COMMENT)
    with button:
        st.button("发表", on_click=_comment, args=(one,), key="comment_add", width="stretch")


def _settings(one: FirmList) -> None:
    with st.expander("名单设置", icon=":material/settings:"), st.container(width=560):
        st.text_input("名称", one.name, key="set_name", max_chars=LONGEST)
        st.text_input("责任单位", one.unit, key="set_unit", max_chars=LONGEST)
        st.toggle("共享给大家", one.shared, key="set_shared")
        with st.container(horizontal=True):
            st.button("保存", on_click=_change, args=(one,), key="list_change")
            sure = st.checkbox("确认删除这份名单", key="list_sure")
            st.button("删除名单", disabled=not sure, on_click=_delete, args=(one,), key="list_delete")


def _comment(one: FirmList) -> None:
    def change() -> str:
        comment(cached.store(), one, st.session_state.comment, actor=actor(), at=now())
        st.session_state.comment = ""
        return "评论已发表。"

    carry_out(change)


def _change(one: FirmList) -> None:
    def change() -> str:
        said = st.session_state
        change_list(
            cached.store(), one, actor=actor(), at=now(), name=said.set_name, unit=said.set_unit, shared=said.set_shared
        )
        return "名单设置已保存。"

    carry_out(change)


def _delete(one: FirmList) -> None:
    def change() -> str:
        delete_list(cached.store(), one, actor=actor(), at=now())
        st.query_params.pop("list_id", None)
        return f"已删除名单“{one.name}”；企业的对接记录仍在。"

    carry_out(change)
