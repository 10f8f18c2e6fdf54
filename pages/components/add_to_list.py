"""加入名单: put firms on a list; whom others follow already is said before, and comes in only with a reason."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages import cached, cached_lists
from pages.components.actions import actor, carry_out, now
from pages.components.frame import notice
from services.admission import ReasonMissing
from services.lists import LONGEST, add_firms, new_list

NEW = "*new"
SAID = 5


def offer(firms: Sequence[str], chain_id: str | None, segment_id: str | None, *, key: str) -> None:
    """A button that opens the lists to which the firms can be added."""
    with st.popover(f"加入名单（{len(firms)} 家）", icon=":material/playlist_add:", disabled=not firms):
        known = {one.list_id: one for one in cached_lists.lists()}
        words = {one.list_id: f"{one.name}（{one.owner}，{one.n_firms} 家）" for one in known.values()}
        chosen = st.selectbox(
            "名单", [*known, NEW], format_func=lambda one: words.get(one, "新建一份"), key=f"{key}_list"
        )
        if chosen == NEW:
            st.text_input("新名单的名称", key=f"{key}_name", max_chars=LONGEST, placeholder="如：三月华东拜访")
        unit = known[chosen].unit if chosen in known else ""
        ask_reason(cached_lists.followed(firms, unit, chosen), key)
        st.button(
            "加入",
            type="primary",
            key=f"{key}_add",
            on_click=_add,
            args=(tuple(firms), chain_id, segment_id, key),
        )


def ask_reason(flagged: dict[str, tuple[str, ...]], key: str) -> None:
    """Who follows which of the firms, a box that says to add them all the same, and why; nothing where nobody does."""
    st.session_state.pop(f"{key}_flagged", None)
    if not flagged:
        return
    st.session_state[f"{key}_flagged"] = len(flagged)
    names = cached_lists.names(tuple(flagged)[:SAID])
    said = "；".join(f"{names.get(firm, firm)}：{'，'.join(flagged[firm])}" for firm in tuple(flagged)[:SAID])
    more = f" 等 {len(flagged)} 家" if len(flagged) > SAID else ""
    notice("warned", f"已有人跟进（首报首谈）：{said}{more}。不勾选下面一项，这 {len(flagged)} 家不会加入。")
    if st.checkbox(f"仍要加入这 {len(flagged)} 家", key=f"{key}_still"):
        st.text_input(
            "理由（记入操作日志）", key=f"{key}_reason", max_chars=200, placeholder="如：已与首谈单位商定同去"
        )


def reason_given(key: str) -> str:
    """The reason for adding firms that others follow; '' where they are not to be added. Raises ReasonMissing."""
    if not (st.session_state.get(f"{key}_flagged") and st.session_state.get(f"{key}_still")):
        return ""
    if not (reason := str(st.session_state.get(f"{key}_reason") or "").strip()):
        raise ReasonMissing
    return reason


def _add(firms: tuple[str, ...], chain_id: str | None, segment_id: str | None, key: str) -> None:
    def change() -> str:
        reason = reason_given(key)
        chosen = st.session_state[f"{key}_list"]
        if chosen == NEW:
            name = str(st.session_state.get(f"{key}_name") or "")
            chosen = new_list(cached.store(), cached.context().home.adcode, name, actor=actor(), at=now()).list_id
            st.session_state[f"{key}_list"] = chosen
        told = add_firms(cached.store(), chosen, firms, segment_id, chain_id, actor(), now(), reason=reason).told
        name = next(one.name for one in cached_lists.lists() if one.list_id == chosen)
        return f"名单“{name}”：{told}在“名单与行程”页查看、排行程。"

    carry_out(change)
