"""What a reviewer can do: confirm, reject, skip, take back; each a button and a key."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from chains.model import Chain, Kind
from chains.words import VERDICTS
from data.decisions import Decision
from exports.formats import is_missing, moment
from pages import cached
from pages.components import review_queue
from pages.components.actions import actor, carry_out, now
from pages.components.frame import section
from pages.components.html import anchor, esc
from pages.components.review_keys import mark
from pages.components.url import link
from services.review import Pair, as_decision, decide, recent_decisions, undo

SHOWN = 8


@dataclass(frozen=True)
class Asked:
    """The pair on the screen; settled_by : the verdict that changes the label of its segment by itself, None for neither.

    turn : what it was when the page was drawn (``review_queue.Mine``): whatever is pressed twice on a page counts once
    """

    chain: Chain
    pair: Pair
    settled_by: str | None
    turn: int


def buttons(chain: Chain, pair: Pair, row: pd.Series, settled_by: str | None) -> None:
    """The buttons of the pair on the screen: their keys hold the pair, so that a late click decides no other."""
    asked = Asked(chain, pair, settled_by, review_queue.hold().mine.turn)
    with st.container(key="review_bar", horizontal=True, vertical_alignment="bottom"):
        _decide_button("确认（A）", "review_accept", asked, "confirmed", primary=True)
        if row.role == "rd" and chain.segment(pair[0]).kind == Kind.PRODUCTION:
            _decide_button("按制造确认（M）", "review_maker", asked, "confirmed", role="maker")
        _decide_button("不算（R）", "review_reject", asked, "rejected")
        st.button("跳过（S）", key=f"review_skip_{mark(*pair)}", on_click=_skip, args=(asked,))
        undo_button(chain)
        st.text_input(
            "备注",
            key=f"review_note_{mark(*pair)}",
            placeholder="备注（可不填）：依据、来源",
            label_visibility="collapsed",
        )


def undo_button(chain: Chain) -> None:
    """Take back the last decision of this session."""
    held = review_queue.hold()
    last = held.last(chain.id)
    asked = (chain, last, held.mine.turn)
    st.button("撤销上一条（U）", key="review_undo", disabled=last is None, on_click=_take_back_last, args=asked)


def show_log(chain: Chain) -> None:
    """The newest decisions in the chain, by whomever, each with a button that takes it back."""
    rows = recent_decisions(cached.store(), chain.id, limit=SHOWN)
    if rows.empty:
        return
    section("最近的判定", "按时间倒序；撤销后恢复此前的判定或程序的判读")
    for _, row in rows.iterrows():
        decision = as_decision(row)
        with st.container(horizontal=True, vertical_alignment="center", key=f"review_row_{_mark(decision)}"):
            st.html(_told(chain, row), width="stretch")
            st.button("撤销", key=f"review_back_{_mark(decision)}", on_click=take_back, args=(chain, decision))


def take_back(chain: Chain, decision: Decision) -> None:
    """Undo a decision and show its pair again."""
    held = review_queue.hold()

    def change() -> str:
        left = undo(cached.store(), chain, decision, actor=actor(), at=now())
        if left is None:
            return "已撤销，恢复程序的判读。"
        return f"已撤销；{left.decided_by} {moment(left.decided_at)} 的判定（{VERDICTS[left.verdict]}）仍有效。"

    held.taken_back(decision)
    carry_out(change)


def _take_back_last(chain: Chain, last: Decision, turn: int) -> None:
    if not review_queue.hold().is_past(turn):
        take_back(chain, last)


def _decide_button(
    label: str, key: str, asked: Asked, verdict: str, *, role: str | None = None, primary: bool = False
) -> None:
    st.button(
        label,
        key=f"{key}_{mark(*asked.pair)}",
        type="primary" if primary else "secondary",
        on_click=_decide,
        args=(asked, verdict, role),
    )


def _decide(asked: Asked, verdict: str, role: str | None) -> None:
    held, by = review_queue.hold(), actor()
    if held.is_past(asked.turn):
        return
    note = st.session_state.get(f"review_note_{mark(*asked.pair)}")

    def change() -> str:
        decision = decide(cached.store(), asked.chain, asked.pair, verdict, role=role, note=note, actor=by, at=now())
        held.decided(decision, settled=verdict == asked.settled_by)
        st.query_params.pop("firm", None)
        return f"已记录：{VERDICTS[verdict]}，“{asked.chain.segment(asked.pair[0]).name}”。按 U 可撤销。"

    carry_out(change)


def _skip(asked: Asked) -> None:
    held = review_queue.hold()
    if held.is_past(asked.turn):
        return
    held.skipped(asked.pair)
    st.query_params.pop("firm", None)


def _told(chain: Chain, row: pd.Series) -> str:
    names = {segment.id: segment.name for segment in chain.segments}
    name = "（企业已不在库中）" if is_missing(row["name"]) else row["name"]
    note = "" if is_missing(row.note) else f"　备注：{row.note}"
    held = "" if row.holds else "　（已被后来的判定取代）"
    firm = anchor(str(name), link("firm", firm=row.firm_id))
    return (
        f'<p class="lt-log"><b>{esc(VERDICTS[row.verdict])}</b> {firm} → {esc(names.get(row.segment_id, row.segment_id))}'
        f'<span class="lt-sub">{esc(f"{row.decided_by}　{moment(row.decided_at)}{note}{held}")}</span></p>'
    )


def _mark(decision: Decision) -> str:
    return mark(decision.segment_id, decision.firm_id, decision.decided_by, decision.decided_at.isoformat())
