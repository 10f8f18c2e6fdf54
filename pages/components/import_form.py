"""The import form: choose a file, see what it would do, correct the columns, then do it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from data.imports import AsOfMissing, ColumnsMissing, ImportRefused, ImportReport, import_file
from data.imports.fields import fields_of
from exports.formats import count
from pages import cached
from pages.components.actions import Bar, actor, now
from pages.components.errors import show_problem
from pages.components.frame import notice, section
from pages.components.html import Tile, esc, tiles
from pages.components.upload import Upload
from services.errors import USER_ERRORS
from services.imports import import_facts, known_segments

KINDS = {
    "firms": "企业名录",
    "projects": "项目台账",
    "money": "项目资金",
    "tags": "资质标签",
    "relations": "企业关系",
    "io": "投入产出表",
    "sites": "载体资源",
}
Outcome = ImportReport | Exception
"""What a trial run would do, or the known error that prevents it."""
_CHECK = "import_check"
AUTO, NONE = "自动识别", "不导入"


def show() -> None:
    """Draw the form."""
    section("导入数据", "Excel、CSV 或 Parquet；先检查、再写入，一次导入要么全部写入，要么什么都不写")
    one, two = st.columns(2)
    with one:
        kind = st.selectbox("内容", list(KINDS), format_func=lambda key: KINDS[key], key="import_kind")
        source = st.text_input("来源名称", key="import_source", placeholder="如：市监局名录；不填用文件名")
    with two:
        as_of = st.date_input(
            "数据截止日期",
            value=None,
            max_value=now().date(),
            format="YYYY-MM-DD",
            key="import_as_of",
            help="文件里有“数据截止日期”一列时可不填",
        )
        region = st.text_input("区划代码", key="import_region", placeholder="文件没写所在地时填，如 370117")
    upload = st.file_uploader("文件", type=["xlsx", "csv", "parquet"], key="import_file")
    if upload is None:
        return
    options = {"kind": kind, "source": source.strip() or None, "as_of": as_of, "region": region.strip() or None}
    file = Upload(upload)
    outcome = _checked(file, options)
    _show_outcome(kind, outcome)
    if isinstance(outcome, ImportReport) and st.button(
        f"导入 {outcome.n_accepted:,} 行", type="primary", key="import_do", disabled=outcome.n_accepted == 0
    ):
        _import(file, options)


def _checked(file: Upload, options: dict[str, Any]) -> Outcome:
    """What a trial run with the mapping chosen so far would do; the last one is kept until something of it changes."""
    mapping = _chosen_mapping(options["kind"])
    key = (file.digest, sorted(options.items()), sorted(mapping.items()), cached.store().n_writes)
    kept = st.session_state.get(_CHECK)
    if kept is None or kept[0] != key:
        kept = (key, _trial(file, options, mapping))
        st.session_state[_CHECK] = kept
    outcome: Outcome = kept[1]
    return outcome


def _trial(file: Upload, options: dict[str, Any], mapping: dict[str, Any]) -> Outcome:
    try:
        with st.spinner("正在检查文件…"), file.on_disk() as path:
            return import_file(cached.store(), path, **_all(options, mapping), dry_run=True)
    except USER_ERRORS as problem:
        return problem


def _all(options: dict[str, Any], mapping: dict[str, Any]) -> dict[str, Any]:
    """What is chosen on the page, with who does it and which segments there are."""
    return {**options, "mapping": mapping, "actor": actor(), "segments": known_segments(cached.store())}


def _show_outcome(kind: str, outcome: Outcome) -> None:
    if isinstance(outcome, ImportReport):
        _show_report(outcome)
        _mapping_form(kind, outcome.mapping, [*outcome.mapping.values(), *outcome.unmapped])
    elif isinstance(outcome, ColumnsMissing):
        show_problem(outcome)
        _mapping_form(kind, {}, [*outcome.recognised, *outcome.unmapped])
    elif isinstance(outcome, AsOfMissing):
        day = outcome.proposal
        latest = f"文件中最晚的日期是 {day:%Y-%m-%d}，如数据确实截至该日，请填在上面。" if day else ""
        notice("warned", f"请先填写数据截止日期：没有日期的事实无法使用。{latest}")
    else:
        show_problem(outcome)


def _show_report(report: ImportReport) -> None:
    st.html(
        tiles(
            [
                Tile("读入", count(report.n_read), "行"),
                Tile("可采纳", count(report.n_accepted), "行"),
                Tile("退回", count(report.n_rejected), "行"),
                Tile("存疑", count(report.n_flagged), "行", "采纳，但值可疑"),
            ]
        )
    )
    lines = "".join(f"<li>{esc(line)}</li>" for line in report.lines()[1:])
    if lines:
        st.html(f'<div class="lt-card-box lt-panel"><ul>{lines}</ul></div>')


def _mapping_form(kind: str, found: dict[str, str], header: list[str]) -> None:
    """One box a field: which column it is read from."""
    columns = list(dict.fromkeys(name for name in header if not name.startswith("=")))
    with st.expander("各列的对应（可改）", expanded=not found, icon=":material/table:"):
        boxes = st.columns(3)
        for at, (target, field) in enumerate(fields_of(kind).items()):
            with boxes[at % 3]:
                words = {AUTO: f"{AUTO}：{found.get(target, '无')}", NONE: NONE, **{name: name for name in columns}}
                st.selectbox(
                    field.title,
                    list(words),
                    format_func=words.__getitem__,
                    key=f"map_{kind}_{target}",
                    filter_mode="contains",
                )


def _chosen_mapping(kind: str) -> dict[str, Any]:
    chosen = {target: st.session_state.get(f"map_{kind}_{target}", AUTO) for target in fields_of(kind)}
    return {target: None if column == NONE else column for target, column in chosen.items() if column != AUTO}


def _import(file: Upload, options: dict[str, Any]) -> None:
    bar, mapping = Bar("准备导入…"), _chosen_mapping(options["kind"])
    try:
        with file.on_disk() as path:
            report = import_facts(cached.store(), path, **_all(options, mapping), at=now(), progress=bar)
    except (ImportRefused, *USER_ERRORS) as problem:
        bar.close()
        show_problem(problem)
        return
    bar.close()
    after = "请点左侧“重新匹配全部产业链”，让新企业进入判定。" if report.kind == "firms" else ""
    done = f"已导入 {report.n_accepted:,} 行，退回 {report.n_rejected:,} 行，批次 {report.batch_id}。{after}"
    notice("done", done)
