"""Back home: the workbook filled in on the trip, what it says anew, and the button that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from chains.model import Chain
from pages import cached
from pages.components import table
from pages.components.actions import actor, carry_out, now
from pages.components.frame import notice, section
from pages.components.html import esc, plain
from pages.components.table import html_table
from pages.components.upload import Upload
from services.homecoming import Homecoming, keep_homecoming, read_homecoming
from services.leads import Lead, add_leads, possible_leads


def _words(row: Mapping[str, Any]) -> str:
    return "；".join(f"{esc(title)}：{esc(before)} → <b>{esc(after)}</b>" for title, before, after in row["words"])


COLUMNS = (
    table.Column("行", "row", lambda row: str(row["row"]), "lt-num"),
    table.text_column("企业", "name", "lt-main"),
    table.text_column("环节", "segment"),
    table.Column("改动", "words", _words, "lt-long"),
)
FAULTS = (
    table.Column("行", "row", lambda row: str(row["row"]), "lt-num"),
    table.Column("原因", "fault", lambda row: esc(row["fault"]), "lt-main"),
)


def show(chain: Chain) -> None:
    """Take the workbook in, show every difference and every row that cannot be taken, and keep what is new."""
    section(
        "回来以后",
        "把在路上填好的内部版 Excel 带回：填“对接状态、最近联系、拜访记录、下一步”与建议载体、对接渠道、责任单位，行可以挪动、排序或删除；联系方式不入库",
    )
    uploaded = st.file_uploader("填好的招商目录（.xlsx）", type=["xlsx"], key="homecoming_file")
    if uploaded is None:
        return
    home = cached.context().home.adcode
    with Upload(uploaded).on_disk() as path:
        found = read_homecoming(cached.store(), chain, home, path, now().date())
    _tell(chain, found)
    leads = _leads(chain, home, found)
    st.button(
        f"保存 {len(found.changes)} 家的改动",
        type="primary",
        disabled=not found.changes,
        on_click=_keep,
        args=(chain, home, found, leads),
        key="homecoming_keep",
    )


def _tell(chain: Chain, found: Homecoming) -> None:
    if not found.changes:
        notice("warned" if found.faults else "done", f"没有新的内容：{found.n_same} 行与库里相同。")
    else:
        rows = [
            {"row": one.row, "name": one.name, "segment": chain.segment(one.segment_id).name, "words": one.words}
            for one in found.changes
        ]
        st.html(html_table(pd.DataFrame(rows), COLUMNS))
        st.html(
            f'<p class="lt-note">共 {len(rows)} 家有改动，另有 {found.n_same} 行与库里相同；保存之前什么都没有改。</p>'
        )
    if found.faults:
        notice("warned", f"{len(found.faults)} 行不能采用，其余不受影响：")
        st.html(html_table(pd.DataFrame(found.faults, columns=["row", "fault"]), FAULTS))


def _leads(chain: Chain, home: str, found: Homecoming) -> tuple[Lead, ...]:
    """The leads that the user ticks; none is ticked beforehand."""
    possible = possible_leads(cached.store(), chain, home, found, now().date())
    for one in possible:
        if one.known:
            st.html(f'<p class="lt-note">{esc(one.name)}：该企业已有项目“{esc(one.known)}”，不再另立。</p>')
    new = [one for one in possible if not one.known]
    if new:
        told = "这些企业回来时有意向或在谈；勾选的在保存时立为在谈项目，挂到它的环节："
        st.html(f'<p class="lt-note">{told}</p>')
    return tuple(one for one in new if st.checkbox(plain(one.name), key=f"homecoming_{one.project_id}"))


def _keep(chain: Chain, home: str, found: Homecoming, leads: tuple[Lead, ...]) -> None:
    def change() -> str:
        n = keep_homecoming(cached.store(), chain, home, found, actor=actor(), at=now())
        opened = add_leads(cached.store(), chain, home, leads, actor=actor(), at=now())
        return f"已保存 {n} 家企业的对接情况{f'，立了 {opened} 个在谈项目' if opened else ''}。"

    carry_out(change)
