"""Who follows a firm, what was told of it, and the notes and events of its time line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from exports.formats import day, is_missing, moment
from pages import cached, cached_firm, cached_lists
from pages.components import table
from pages.components.actions import actor, carry_out, now
from pages.components.frame import notice, section
from pages.components.html import anchor, esc, tags
from pages.components.person import person
from pages.components.table import html_table
from pages.components.url import link
from services.claims import Claim, flags
from services.firm_history import add_note
from services.lists import LONGEST_COMMENT
from services.outreach import Outreach, outreach_of

KINDS = {"project": "本地项目", "talks": "首谈", "list": "首报", "trip": "行程"}


def claims(firm_id: str) -> None:
    """Everyone who follows the firm or one of its group; others' claims are a warning, unless only the brand is common."""
    found = cached_lists.claims([firm_id]).get(firm_id, ())
    told = outreach_of(cached.store(), cached.context().home.adcode).get(firm_id, Outreach())
    section(
        "谁在跟进（首报首谈）", f"对接状态：{told.state}" + (f"；下一步：{told.next_step}" if told.next_step else "")
    )
    others = flags({firm_id: found}, actor()).get(firm_id, ())
    if others:
        notice("warned", f"这家企业或其关联企业已由他人跟进，联系之前请先与对方商量：{'；'.join(others)}。")
    if not found:
        st.html(
            '<p class="lt-note">没有登记：本地没有它或其关联企业的项目，也没有人把它们列入名单、行程或登记过对接。</p>'
        )
        return
    st.html(html_table(pd.DataFrame([_claim(one) for one in found]), CLAIMS))


def _claim(one: Claim) -> dict[str, Any]:
    of_group = "" if one.kin is None else " · 关联企业" if one.kin.recorded else " · 同字号，未核实"
    return {
        "kind": (KINDS[one.kind] if one.first else "名单") + of_group, "who": one.who or one.unit or None, "unit": one.unit or None, "since": one.since,
        "told": one.told(actor()), "kin": None if one.kin is None else one.kin.firm_id, "own": one.is_of(actor()),
    }  # fmt: skip


def _said(row: Mapping[str, Any]) -> str:
    """The claim; where it is on another firm, the way to that one."""
    opened = "" if is_missing(row["kin"]) else f"　{anchor('看这家企业 →', link('firm', firm=row['kin']))}"
    return esc(row["told"]) + opened


def _own(row: Mapping[str, Any]) -> str:
    return tags(["本人"]) if row["own"] else tags(["他人"], "lt-tag-warn")


def _when(at: pd.Timestamp) -> str:
    """The moment; of what is known by its day alone, the day."""
    return day(at) if at == at.normalize() else moment(at)


CLAIMS = (
    table.Column("方式", "kind", lambda row: f"{esc(row['kind'])} {_own(row)}", "lt-short", sortable=False),
    table.text_column("谁", "who"),
    table.text_column("单位", "unit"),
    table.Column("自何时", "since", lambda row: day(row["since"]), "lt-num"),
    table.Column("说明", "told", _said),
)
EVENTS = (
    table.Column("时间", "happened_at", lambda row: _when(row["happened_at"]), "lt-short"),
    table.Column("类别", "word", lambda row: tags([row["word"]]), "lt-short"),
    table.Column("谁", "who", lambda row: "系统" if is_missing(row["who"]) else person(row["who"]), "lt-short"),
    table.Column("内容", "text", lambda row: esc(row["text"])),
)


def time_line(firm_id: str) -> None:
    """The events, newest first, with a field for a note."""
    rows = cached_firm.history(firm_id, actor())
    section("时间线与备注", f"{len(rows)} 条，新的在前；备注只增不改，写错了再写一条")
    text, button = st.columns([5, 1], vertical_alignment="bottom")
    with text:
        st.text_input("写备注", key="firm_note", max_chars=LONGEST_COMMENT, placeholder="如：负责人更换，下月再联系")
    with button:
        st.button("记下", on_click=_note, args=(firm_id,), key="firm_note_add", width="stretch")
    st.html(html_table(rows, EVENTS) if len(rows) else '<p class="lt-note">还没有任何记录。</p>')


def _note(firm_id: str) -> None:
    def change() -> str:
        home = cached.context().home.adcode
        add_note(cached.store(), home, firm_id, st.session_state.firm_note, actor=actor(), at=now())
        st.session_state.firm_note = ""
        return "备注已记下。"

    carry_out(change)
