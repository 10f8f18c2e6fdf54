"""The place's way of judging: what it is, what another would change, and keeping it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chains.words import MEASURES
from pages import cached
from pages.components import table
from pages.components.actions import actor, carry_out, now
from pages.components.frame import notice
from pages.components.html import label_chip
from pages.components.table import html_table
from services.errors import USER_ERRORS
from services.judging import BENCHMARKS, LIMITS, Judging, judging_changes, judging_of, save_judging

CHOSEN = "chosen"
LINES = {
    "strong_low": ("优势：区间下限高于", 0.05),
    "weak_high": ("薄弱：区间上限低于", 0.05),
    "missing_expected": ("缺失：本地为零而应有不少于（家）", 0.1),
    "min_expected": ("数据不足：应有少于（家）", 0.1),
    "min_makers": ("优势至少（家）", 1),
    "level": ("区间水平", 0.05),
}
SHOWN = 30


def show() -> None:
    """Draw the form, what the present entries would change, and the buttons."""
    own = cached.judging()
    left, right = st.columns(2)
    with left:
        kinds = {**BENCHMARKS, CHOSEN: "自选地区"}
        kind = own.benchmark if own.benchmark in BENCHMARKS else CHOSEN
        st.selectbox(
            "对照基准", list(kinds), list(kinds).index(kind), format_func=kinds.__getitem__, key="judge_benchmark"
        )
        held = "" if kind != CHOSEN else own.benchmark
        if st.session_state.get("judge_benchmark", kind) == CHOSEN:
            st.text_input(
                "地区代码", held, key="judge_codes", placeholder="省或地市六位代码，逗号分隔，如 370200,320000"
            )
    with right:
        measures = list(MEASURES)
        at = measures.index(own.label.measure)
        st.selectbox("口径", measures, at, format_func=MEASURES.__getitem__, key="judge_measure")
    columns = st.columns(3)
    for place, (name, (word, step)) in enumerate(LINES.items()):
        low, high = LIMITS[name]
        kind_of = type(step)
        with columns[place % 3]:
            st.number_input(
                word, kind_of(low), kind_of(high), kind_of(getattr(own.label, name)), step=step, key=f"judge_{name}"
            )
    with st.container(horizontal=True):
        st.button("试算改动", on_click=_ask, key="judge_try")
        st.button("按此口径判定", type="primary", on_click=_keep, key="judge_save")
        st.button("恢复默认口径", on_click=_reset, key="judge_reset")
    _preview()


def _entered() -> Judging:
    """What stands in the form. Raises WrongJudging."""
    state = st.session_state
    benchmark = state.judge_benchmark
    values: dict[str, object] = {"benchmark": state.get("judge_codes", "") if benchmark == CHOSEN else benchmark}
    values |= {"measure": state.judge_measure} | {name: state[f"judge_{name}"] for name in LINES}
    return judging_of(values)


def _ask() -> None:
    """Work out what the entries would change; the preview stands until something is kept."""
    try:
        st.session_state["judge_preview"] = _changes(_entered())
    except USER_ERRORS as error:
        st.session_state["judge_preview"] = str(error)


def _changes(wanted: Judging) -> pd.DataFrame:
    cube, local = cached.counts()
    return judging_changes(cached.store(), cube, local, cached.context().home, cached.judging(), wanted)


def _keep() -> None:
    st.session_state.pop("judge_preview", None)

    def change() -> str:
        save_judging(cached.store(), _entered(), actor=actor(), at=now())
        return "判定口径已保存，各页和导出都按新口径计算。"

    carry_out(change)


def _reset() -> None:
    st.session_state.pop("judge_preview", None)

    def change() -> str:
        save_judging(cached.store(), Judging(), actor=actor(), at=now())
        for key in [key for key in st.session_state if str(key).startswith("judge_")]:
            del st.session_state[key]
        return "已恢复默认口径。"

    carry_out(change)


def _preview() -> None:
    found = st.session_state.get("judge_preview")
    if isinstance(found, str):
        notice("failed", found)
    elif isinstance(found, pd.DataFrame) and found.empty:
        notice("done", "按此口径，所有环节的判定都不变。")
    elif isinstance(found, pd.DataFrame):
        more = f"，先列 {SHOWN} 个" if len(found) > SHOWN else ""
        notice("warned", f"按此口径，{len(found)} 个环节的判定会变{more}；尚未保存。")
        st.html(html_table(found.head(SHOWN), COLUMNS))


COLUMNS = (
    table.text_column("产业链", "chain_name"),
    table.text_column("环节", "name", "lt-main"),
    table.Column("现在", "before", lambda row: label_chip(row["before"])),
    table.Column("改后", "after", lambda row: label_chip(row["after"])),
)
