"""One project: attach it to segments, take it off, record what has happened."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chains.words import MONEY_LAYERS, STAGES
from exports.formats import is_missing, money, text
from pages import cached
from pages.components.actions import actor, carry_out, now
from pages.components.html import esc, facts, plain
from pages.components.url import here, param
from services.projects import add_event, attach, detach


def show(projects: pd.DataFrame, project_id: str | None) -> None:
    """A panel with the chosen project and its forms; nothing while none is chosen."""
    found = projects[projects.project_id == project_id]
    if found.empty:
        return
    row = found.iloc[0]
    with st.container(key="panel_right"):
        st.html(_facts(row))
        st.html('<div class="lt-panel"><h3>挂接到产业链环节</h3></div>')
        _attach(row)
        st.html('<div class="lt-panel"><h3>登记进展</h3></div>')
        _record(row)


def _facts(row: pd.Series) -> str:
    stage = "阶段不明" if is_missing(row.stage) else STAGES[row.stage]
    said = "" if is_missing(row.stage_text) else f"（来源原话：{esc(row.stage_text)}）"
    rows = [
        ("最新阶段", f"<b>{stage}</b>{said}"),
        ("地点、单位", esc(" · ".join(str(v) for v in (row.place, row.unit) if not is_missing(v)) or "无数据")),
        ("产业", esc(text(row.industry_text))),
        *((word, money(row[key])) for key, word in MONEY_LAYERS.items()),
        ("来源", f"{esc(text(row.source_title))}，{row.as_of:%Y-%m-%d}"),
    ]
    close = f'<a class="lt-close" data-nav="stay" data-close="" aria-label="关闭" href="{esc(here("projects", project=None))}">✕</a>'
    return f'<div class="lt-panel-head"><div><h2>{esc(row["name"])}</h2></div>{close}</div>{facts(rows)}'


def _attach(row: pd.Series) -> None:
    chains = {chain.id: chain for chain in cached.chains()}
    given = param("chain")
    order = sorted(chains, key=lambda key: key != given)
    chain_id = st.selectbox("产业链", order, format_func=lambda key: chains[key].name, key="attach_chain")
    segments = {segment.id: segment for segment in chains[chain_id].segments}
    wanted = param("segment")
    listed = sorted(segments, key=lambda key: key != wanted)
    st.selectbox(
        "挂接到环节", listed, format_func=lambda key: segments[key].name, key="attach_segment", filter_mode="contains"
    )
    st.text_input("依据", key="attach_why", placeholder="如：项目备案的建设内容写明生产轴承")
    st.button("挂接", type="primary", on_click=_do_attach, args=(str(row.project_id),), key="attach")
    for chain in chains.values():
        attached = cached.state(chain.id).coverage.projects
        for known in attached[attached.project_id == row.project_id].segment_id:
            name = f"{chain.name} · {chain.segment(known).name}"
            st.button(
                f"取消挂接：{plain(name)}",
                on_click=_do_detach,
                args=(str(row.project_id), chain.id, known, name),
                key=f"off_{chain.id}_{known}",
            )


def _record(row: pd.Series) -> None:
    st.selectbox("新进展", list(STAGES), format_func=lambda key: STAGES[key], key="event_stage")
    st.date_input("发生日期", value=now().date(), max_value=now().date(), format="YYYY-MM-DD", key="event_date")
    st.text_input("说明", key="event_note", placeholder="可不填；如：已取得施工许可证")
    st.button("登记进展", on_click=_do_record, args=(str(row.project_id),), key="record")
    st.html('<p class="lt-note">进展只增不改：登记错了，再登记一条正确的即可，历史都保留。</p>')


# what stands in the controls is read when the button is pressed: an argument would hold what stood there a run before


def _do_attach(project_id: str) -> None:
    def change() -> str:
        chain_id, segment_id = st.session_state.attach_chain, st.session_state.attach_segment
        chain = next(one for one in cached.chains() if one.id == chain_id)
        if not any(segment.id == segment_id for segment in chain.segments):
            return "产业链刚刚改过，请重新选择环节，再点挂接。"
        evidence = st.session_state.attach_why.strip() or "人工挂接，未写依据"
        attach(cached.store(), project_id, chain_id, segment_id, actor=actor(), at=now(), evidence=evidence)
        return f"已挂接到 {chain.name} · {chain.segment(segment_id).name}，覆盖已重新计算。"

    carry_out(change)


def _do_detach(project_id: str, chain_id: str, segment_id: str, name: str) -> None:
    def change() -> str:
        detach(cached.store(), project_id, chain_id, segment_id, actor=actor(), at=now())
        return f"已取消挂接：{name}。"

    carry_out(change)


def _do_record(project_id: str) -> None:
    def change() -> str:
        stage, on_date = st.session_state.event_stage, st.session_state.event_date
        note = st.session_state.event_note.strip()
        add_event(cached.store(), project_id, stage, on_date=on_date, actor=actor(), at=now(), note=note)
        return f"已登记：{on_date:%Y-%m-%d} {STAGES[stage]}。"

    carry_out(change)
