"""The batches that were imported: counts, rows that were not taken, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.imports import issues_frame
from exports.columns import Column as SavedColumn
from exports.formats import count, is_missing, moment
from exports.xlsx import table_workbook
from pages import cached
from pages.cached_drawn import read
from pages.components import table
from pages.components.actions import actor, carry_out
from pages.components.downloads import save_button
from pages.components.frame import empty, section
from pages.components.html import anchor, esc, tags
from pages.components.listing import Listing, show_table
from pages.components.person import person
from pages.components.table import html_table
from pages.components.url import here, param
from services.batches import batches
from services.imports import undo_import

KINDS = {
    "firms": "企业",
    "targets": "企业",
    "projects": "项目",
    "money": "资金",
    "tags": "资质标签",
    "relations": "企业关系",
    "io": "投入产出表",
    "sites": "载体资源",
}
SHOWN = 200


def show() -> None:
    """All batches, and the chosen one with its issues."""
    section("导入批次", "每次导入是一个批次；撤回只取走它带来的事实，其他来源不受影响")
    held = cached.store()
    rows = read("batches", lambda: batches(held))
    if rows.empty:
        empty("还没有导入过数据", "用上面的表单导入企业名录或项目台账；文件写明数据截止日期和来源，便于日后核对。")
        return
    show_table(Listing("data_admin", "个批次", since=[held.n_writes]), rows, _columns())
    chosen = rows[rows.batch_id == param("batch")]
    if not chosen.empty:
        _one(chosen.iloc[0])


def _columns() -> tuple[table.Column, ...]:
    return (
        table.Column("文件", "file_name", _file, "lt-main"),
        table.Column("内容", "kind", lambda row: esc(KINDS.get(row["kind"], row["kind"])), "lt-short"),
        table.day_column("数据截至", "as_of"),
        table.Column("导入时间", "imported_at", lambda row: moment(row["imported_at"]), "lt-short"),
        table.Column("导入人", "imported_by", lambda row: person(row["imported_by"]), "lt-short"),
        table.count_column("读入", "n_read"),
        table.count_column("采纳", "n_accepted"),
        table.Column("退回", "n_rejected", lambda row: _issues(row, "n_rejected"), "lt-num"),
        table.Column("存疑", "n_flagged", lambda row: _issues(row, "n_flagged"), "lt-num"),
        table.Column("状态", "undone_at", _state, "lt-short"),
    )


def _file(row: Mapping[str, Any]) -> str:
    source = "" if is_missing(row["title"]) else str(row["title"])
    opened = anchor(row["file_name"], here("data_admin", batch=row["batch_id"]))
    return f'{opened}<span class="lt-sub">{esc(source)} · <code>{esc(row["batch_id"])}</code></span>'


def _issues(row: Mapping[str, Any], key: str) -> str:
    return count(row[key]) if not row[key] else anchor(count(row[key]), here("data_admin", batch=row["batch_id"]))


def _state(row: Mapping[str, Any]) -> str:
    return "在用" if is_missing(row["undone_at"]) else tags([f"{moment(row['undone_at'])} 撤回"], "lt-tag-warn")


def _one(row: pd.Series) -> None:
    issues = issues_frame(cached.store(), row.batch_id)
    with st.container(border=True, key="batch_card"):
        st.html(
            f'<h3 class="lt-plain-head">{esc(row.file_name)}　<code class="lt-note">{esc(row.batch_id)}</code></h3>'
        )
        if issues.empty:
            st.html('<p class="lt-note">这一批没有退回或存疑的行。</p>')
        else:
            columns = [
                table.text_column(name, name, "" if name in ("值", "原因") else "lt-short") for name in issues.columns
            ]
            st.html(html_table(issues.head(SHOWN), columns))
            st.html(f'<p class="lt-note">共 {len(issues):,} 处，屏幕上最多显示 {SHOWN} 处，下载的表里是全部。</p>')
        with st.container(horizontal=True, vertical_alignment="center"):
            if not issues.empty:
                save_button(
                    f"下载退回与存疑的行（{len(issues):,}）",
                    lambda: _saved(row, issues),
                    f"{row.batch_id}-问题行.xlsx",
                    "save_issues",
                )
            if is_missing(row.undone_at):
                sure = st.checkbox("我确认要撤回这一批", key=f"sure_{row.batch_id}")
                st.button("撤回这一批", disabled=not sure, on_click=_undo, args=(str(row.batch_id),), key="undo")


def _saved(row: pd.Series, issues: pd.DataFrame) -> bytes:
    widths = {"原因": 60.0, "值": 30.0}
    columns = [SavedColumn(name, name, widths.get(name, 12.0)) for name in issues.columns]
    return table_workbook(
        "问题行", f"{row.file_name} · 批次 {row.batch_id} · 导入于 {moment(row.imported_at)}", columns, issues
    )


def _undo(batch_id: str) -> None:
    def change() -> str:
        undo_import(cached.store(), batch_id, actor())
        return f"批次 {batch_id} 已撤回。若其中有企业，请重新匹配。"

    carry_out(change)
