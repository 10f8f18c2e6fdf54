"""What is wrong with a changed package, row by row, and its saving as a new version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from chains.changes import changes
from chains.checks import Finding
from chains.model import Chain
from chains.write import chain_yaml
from pages import cached
from pages.components import table
from pages.components.actions import actor, carry_out, now
from pages.components.frame import notice, section
from pages.components.html import esc
from pages.components.package_map import change_list
from pages.components.package_state import Candidate, Work, changed, give_up
from pages.components.table import html_table
from pages.figures.package_svg import drawable
from services.packages import findings_on, next_version, save_version

SHOWN = 500
_CHECKED = "package_checked"


def findings(work: Work, found: Candidate) -> list[Finding]:
    """What the rules find in the chain as it would be saved; kept until it changes."""
    assert found.chain is not None
    chain = found.chain.model_copy(update={"version": proposed(work, found.chain)})
    key = (chain, cached.store().n_writes)
    kept = st.session_state.get(_CHECKED)
    if kept is None or kept[0] != key:
        kept = (key, list(findings_on(cached.store(), chain)))
        st.session_state[_CHECKED] = kept
    result: list[Finding] = kept[1]
    return result


def proposed(work: Work, chain: Chain) -> str:
    """The version number proposed for the next saving."""
    return chain.version if work.base is None else next_version(work.base, chain)


def show_findings(work: Work, found: Candidate) -> int:
    """Every wrong cell, or else every finding, at its row; their number."""
    if found.cut:
        notice("warned", f"删去了环节，连带去掉 {found.cut} 条供应关系。")
    if found.chain is None:
        rows = [
            {"place": f"{one.table} 第 {one.row} 行", "name": one.column, "message": one.message}
            for one in found.problems
        ]
    else:
        rows = [_row(found, one) for one in findings(work, found)]
    section("校验", f"{len(rows)} 个问题；改完才能保存" if rows else "没有问题，可以保存")
    if rows:
        columns = (
            table.text_column("位置", "place"),
            table.text_column("环节或列", "name", "lt-main"),
            table.Column("问题", "message", _message),
        )
        st.html(html_table(pd.DataFrame(rows[:SHOWN]), columns))
    if len(rows) > SHOWN:
        st.html(f'<p class="lt-note">共 {len(rows)} 个问题，先列出前 {SHOWN} 个。</p>')
    return len(rows)


def _message(row: Mapping[str, Any]) -> str:
    return esc(row["message"])


def _row(found: Candidate, one: Finding) -> dict[str, str]:
    chain = found.chain
    assert chain is not None
    names = {segment.id: segment.name for segment in chain.segments}
    ids = {segment.name: segment.id for segment in chain.segments}
    key = one.row if one.row in names else ids.get(one.row, "")
    number = found.rows.get(key)
    edge = " → " in one.row
    ends = " → ".join(names.get(end, end) for end in one.row.split(" → "))
    place = f"环节 第 {number} 行" if number else "引用的环节" if key else "供应关系" if edge else "产业链"
    return {"place": place, "name": ends if edge else names.get(key, one.row), "message": one.message}


def save_form(work: Work, found: Candidate, n_wrong: int) -> None:
    """What is about to be saved, the version number, the reason and the button."""
    section("保存为新版本", "记名、记时、记原因；旧版本都留着，随时可以恢复")
    chain = found.chain
    if chain is None:
        return
    if not changed(work):
        st.html('<p class="lt-note">还没有改动。到“改环节”“改供应关系”里改，或“从文件读入”。</p>')
        return
    if work.base is not None:
        change_list(changes(work.base, drawable(chain)))
    one, two, three = st.columns([1, 3, 1], vertical_alignment="bottom")
    with one:
        version = st.text_input(
            "版本号", proposed(work, chain), key=f"package_version_{chain.id}_{proposed(work, chain)}"
        )
    with two:
        reason = st.text_input("修改原因", key="package_reason", placeholder="为什么改，如：补“还原铁粉”的同义词")
    with three:
        st.button(
            "保存",
            type="primary",
            key="package_save",
            disabled=n_wrong > 0 or not reason.strip(),
            on_click=_save,
            args=(work, chain, version, reason, now().date()),
        )
    if n_wrong or not reason.strip():
        st.html(f'<p class="lt-note">{"先改完上面的问题，再保存。" if n_wrong else "写明修改原因后可以保存。"}</p>')


def _save(work: Work, chain: Chain, version: str, reason: str, today: date) -> None:
    def change() -> str:
        text = chain_yaml(chain.model_copy(update={"version": version.strip(), "valid_from": today}))
        saved = save_version(cached.store(), text, actor=actor(), reason=reason, at=now(), based_on=work.based_on)
        give_up(chain.id)
        st.session_state.pop("package_reason", None)
        return f"已保存“{saved.name}”{saved.version}。各页的判定还是按原来的版本，请到数据管理重新匹配。"

    carry_out(change)
