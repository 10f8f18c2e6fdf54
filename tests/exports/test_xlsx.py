"""The catalogue workbook: text stays text, codes stay codes, and what Excel cannot hold is said."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from exports.columns import CATALOGUE, Column
from exports.content import CatalogueContent
from exports.plain_text import CELL_LIMIT, CUT_MARK, cell_text
from exports.xlsx import catalogue_workbook, table_workbook

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://x","y")',
    "\t=1",
    "<script>alert(1)</script>",
    "http://example.invalid",
    "\x00\x07坏",
]


def content(items: pd.DataFrame) -> CatalogueContent:
    empty = pd.DataFrame()
    return CatalogueContent(
        title="云溪区汽车零部件产业链招商目录", state="共 3 个环节。", caption="演示数据（虚构） · 云溪区", mark="演示数据（虚构）",
        made_at=datetime(2026, 11, 22, 9, 30), version=None, content_sha256=None, offices=(("链长", "未填写"),), parameters=(),
        items=items, gaps=empty, coverage=empty, projects=empty, sources=empty,
    )  # fmt: skip


def item(**facts: object) -> dict[str, object]:
    return {
        "position": 1,
        "action": "补链",
        "stage_name": "上游·材料",
        "name": "甲（演示）有限公司",
        "uscc": "91990101MA00000010",
        "capital_cny": 5e7,
        "score": 71.25,
    } | facts


def read(data: bytes, sheet: str = "招商目录") -> list[dict[str, object]]:
    rows = list(openpyxl.load_workbook(BytesIO(data))[sheet].iter_rows(min_row=2, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_rows_come_back_as_they_went_in():
    row = read(catalogue_workbook(content(pd.DataFrame([item()]))))[0]
    assert (row["企业全称"], row["统一社会信用代码"], row["注册资本（万元）"], row["得分"]) == (
        "甲（演示）有限公司",
        "91990101MA00000010",
        5000,
        71.25,
    )


def test_missing_facts_are_written_as_no_data_never_as_zero():
    row = read(catalogue_workbook(content(pd.DataFrame([item(capital_cny=None, founded_on=pd.NaT)]))))[0]
    assert row["注册资本（万元）"] == "无数据"
    assert row["成立时间"] == "无数据"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_neither_formula_nor_link(text):
    book = openpyxl.load_workbook(BytesIO(catalogue_workbook(content(pd.DataFrame([item(name=text)])))))
    cell = book["招商目录"].cell(row=3, column=[column.key for column in CATALOGUE].index("name") + 1)
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value == cell_text(text)


def test_text_beyond_the_cell_limit_is_cut_with_a_mark():
    cut = cell_text("长" * 40_000)
    assert len(cut) == CELL_LIMIT
    assert cut.endswith(CUT_MARK)


def test_the_demo_mark_stands_on_the_front_and_on_every_table():
    book = openpyxl.load_workbook(BytesIO(catalogue_workbook(content(pd.DataFrame([item()])))))
    assert book.sheetnames == ["说明", "招商目录", "上游", "缺口清单", "已签约覆盖", "签约项目", "数据来源说明"]
    assert book["说明"]["B3"].value == "演示数据（虚构）"
    assert all("演示数据（虚构）" in str(book[name]["A1"].value) for name in book.sheetnames[1:])


def test_tables_are_set_up_for_a3_landscape_with_a_frozen_header():
    sheet = openpyxl.load_workbook(BytesIO(catalogue_workbook(content(pd.DataFrame([item()])))))["招商目录"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.freeze_panes) == (8, "landscape", "A3")


def test_any_table_of_the_screen_can_be_taken_away():
    data = table_workbook("缺口清单", "云溪区", (Column("环节", "name", 10),), pd.DataFrame({"name": ["车桥"]}))
    assert read(data, "缺口清单") == [{"环节": "车桥"}]


def test_days_that_spreadsheets_get_wrong_are_written_as_text():
    rows = pd.DataFrame({"day": [pd.Timestamp("1881-12-30"), pd.Timestamp("1903-08-15")]})
    sheet = openpyxl.load_workbook(
        BytesIO(table_workbook("成立", "口径", [Column("成立", "day", 11, "date")], rows))
    ).active
    assert sheet is not None
    assert [sheet["A3"].value, sheet["A4"].value] == ["1881-12-30", datetime(1903, 8, 15)]
