"""登记对接: state, visit, record and next step of firms ticked in a list or on a trip."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chains.words import CONTACT_STATES
from exports.formats import is_missing
from pages import cached
from pages.components.actions import actor, carry_out, now
from pages.components.ticks import clear
from services.outreach import Outreach, give_up, tell_outreach


def tell(home: str, rows: pd.DataFrame, picked: list[str], scope: str) -> None:
    """A button that opens the form for the firms ticked.

    rows : firm_id, chain_id, segment_id and visited_on of each firm listed; scope : of the ticks, cleared afterwards
    """
    with st.popover(f"登记对接（{len(picked)} 家）", disabled=not picked, icon=":material/edit_note:"):
        st.selectbox("对接状态", CONTACT_STATES, index=1, key="told_state")
        st.date_input(
            "拜访日期（没有拜访可不填）", value=None, max_value=now().date(), format="YYYY-MM-DD", key="told_day"
        )
        st.text_input("记录；放弃须写原因", key="told_note", max_chars=500)
        st.text_input("下一步", key="told_next", max_chars=200)
        st.button("登记", type="primary", on_click=_do_tell, args=(home, rows, picked, scope), key="tell")
        st.html('<p class="lt-note">每次登记都留在企业档案的时间线里；最近一次登记的即为当前状态。</p>')


def _do_tell(home: str, rows: pd.DataFrame, picked: list[str], scope: str) -> None:
    def change() -> str:
        said = st.session_state
        state, note = said.told_state, said.told_note.strip()
        give_up(state, note)
        for row in rows[rows.firm_id.isin(picked)].itertuples():
            visited = said.told_day or (None if is_missing(row.visited_on) else row.visited_on)
            outreach = Outreach(state, visited, note, said.told_next.strip())
            chain, segment = (None if is_missing(value) else value for value in (row.chain_id, row.segment_id))
            told = [(segment, row.firm_id, outreach)]
            tell_outreach(cached.store(), chain, home, told, actor=actor(), at=now())
        clear(scope)
        said.told_note = said.told_next = ""
        return f"已登记 {len(picked)} 家：{state}。"

    carry_out(change)
