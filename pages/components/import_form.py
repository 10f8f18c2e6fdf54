"""The import form: choose a file, see what it would do, correct the columns, then do it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import streamlit as st

from data.imports import AsOfMissing, ColumnsMissing, ImportRefused, ImportReport, import_file
from data.imports.fields import fields_of
from pages import cached
from pages.components.actions import Bar, actor, now
from pages.components.errors import show_problem
from pages.components.formats import count
from pages.components.frame import notice, section
from pages.components.html import Tile, esc, tiles
from services.errors import USER_ERRORS

KINDS = {"firms": "企业名录", "projects": "项目台账", "money": "项目资金", "tags": "资质标签", "relations": "企业关系"}
AUTO, NONE = "自动识别", "不导入"


def show() -> None:
    """Draw the form."""
    section("导入数据", "Excel、CSV 或 Parquet；先检查、再写入，一次导入要么全部写入，要么什么都不写")
    one, two = st.columns(2)
    with one:
        kind = st.selectbox("内容", list(KINDS), format_func=lambda key: KINDS[key], key="import_kind")
        source = st.text_input("来源名称", key="import_source", placeholder="如：市场监管局企业名录；不填用文件名")
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
    with tempfile.TemporaryDirectory(prefix="liantu-upload-") as folder:
        path = Path(folder) / Path(upload.name).name
        path.write_bytes(upload.getvalue())
        report = _check(path, options)
        if report is not None and st.button(
            f"导入 {report.n_accepted:,} 行", type="primary", key="import_do", disabled=report.n_accepted == 0
        ):
            _import(path, options)


def _check(path: Path, options: dict[str, Any]) -> ImportReport | None:
    """A trial run with the mapping chosen so far; its result is shown."""
    mapping = _chosen_mapping(options["kind"])
    try:
        with st.spinner("正在检查文件…"):
            report = import_file(cached.store(), path, **options, mapping=mapping, actor=actor(), dry_run=True)
    except ColumnsMissing as problem:
        show_problem(problem)
        _mapping_form(options["kind"], {}, [*problem.recognised, *problem.unmapped])
        return None
    except AsOfMissing as problem:
        proposal = (
            f"文件中最晚的日期是 {problem.proposal:%Y-%m-%d}，如数据确实截至该日，请填在上面。"
            if problem.proposal
            else ""
        )
        notice("warned", f"请先填写数据截止日期：没有日期的事实无法使用。{proposal}")
        return None
    except USER_ERRORS as problem:
        show_problem(problem)
        return None
    _show_report(report)
    _mapping_form(options["kind"], report.mapping, [*report.mapping.values(), *report.unmapped])
    return report


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


def _import(path: Path, options: dict[str, Any]) -> None:
    bar = Bar("准备导入…")
    try:
        report = import_file(
            cached.store(),
            path,
            **options,
            mapping=_chosen_mapping(options["kind"]),
            actor=actor(),
            progress=bar,
        )
    except (ImportRefused, *USER_ERRORS) as problem:
        bar.close()
        show_problem(problem)
        return
    bar.close()
    after = "请点左侧“重新匹配全部产业链”，让新企业进入判定。" if report.kind == "firms" else ""
    done = f"已导入 {report.n_accepted:,} 行，退回 {report.n_rejected:,} 行，批次 {report.batch_id}。{after}"
    notice("done", done)
