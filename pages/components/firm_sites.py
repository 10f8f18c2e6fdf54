"""Sites of the home region that suit a firm."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from exports.formats import NO_DATA, count, day, is_missing, text
from pages import cached_firm
from pages.components import table
from pages.components.frame import nothing, section
from pages.components.html import esc
from pages.components.table import html_table
from pages.components.url import link

MOST = 12
COLUMNS = (
    table.Column("载体", "name", lambda row: esc(row["name"]), "lt-main"),
    table.text_column("类型", "kind"),
    table.text_column("所在地", "place"),
    table.Column("可用面积", "free_area_m2", lambda row: esc(area(row["free_area_m2"])), "lt-num"),
    table.Column("总面积", "area_m2", lambda row: esc(area(row["area_m2"])), "lt-num"),
    table.Column("适用", "suits", lambda row: "不限行业" if is_missing(row["suits"]) else esc(row["suits"])),
    table.text_column("来源", "source_title"),
    table.day_column("数据日期", "as_of"),
)


def area(value: object) -> str:
    """An area in ㎡.

    >>> area(12000.0), area(None)
    ('12,000 ㎡', '无数据')
    """
    return NO_DATA if is_missing(value) else f"{count(value)} ㎡"


def show(firm_id: str) -> None:
    """Draw the table."""
    found = cached_firm.sites(firm_id)
    if found is None:
        section("可用载体")
        nothing(
            "还没有载体数据：导入载体台账（载体资源）后，这里列出适合这家企业的厂房和地块。",
            ("去数据管理 →", link("data_admin")),
        )
        return
    more = f"，列出前 {MOST} 个" if len(found) > MOST else ""
    section("可用载体", f"按企业参与的环节和产业链对照载体的适用范围：{len(found)} 个{more}；有明确对应的在前")
    if found.empty:
        st.html('<p class="lt-note">本地登记的载体都写明了适用范围，没有与它相符的；或已没有可用面积。</p>')
        return
    st.html(html_table(found.head(MOST), COLUMNS))


def printed(found: pd.DataFrame | None) -> tuple[tuple[str, ...], ...]:
    """The sites as rows of the page to print."""
    if found is None:
        return ()
    return tuple(
        (
            f"{row.name_}（{text(row.kind)}）",
            text(row.place),
            area(row.free_area_m2),
            f"{text(row.source_title)}，{day(row.as_of)}",
        )
        for row in found.rename(columns={"name": "name_"}).itertuples()
    )
