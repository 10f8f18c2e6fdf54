"""The way home in the browser: a workbook taken along, filled in, brought back, and a firm that came back willing is a project."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.waiting import redrawn, settled, visit


def test_a_workbook_goes_out_and_comes_home_as_a_project(page: Page, own_app: str, tmp_path: Path) -> None:
    visit(page, f"{own_app}/catalogue?chain=auto_parts")
    page.get_by_role("button", name="生成草稿").click()
    expect(page.get_by_text("已生成草稿")).to_be_visible()
    settled(page)
    path = tmp_path / "trip.xlsx"
    with page.expect_download() as saving:
        page.get_by_role("button", name="下载 Excel").click()
    saving.value.save_as(path)
    firm = _fill_in(path)

    page.locator('input[type="file"]').first.set_input_files(path)
    expect(page.get_by_role("cell", name="待联系 → 有意向")).to_be_visible()
    settled(page)
    with redrawn(page):
        page.locator('[data-testid="stCheckbox"] label').filter(has_text=firm).click()
    page.get_by_role("button", name="保存 1 家的改动").click()
    expect(page.get_by_text("已保存 1 家企业的对接情况，立了 1 个在谈项目")).to_be_visible()

    visit(page, f"{own_app}/projects?q={firm}")
    expect(page.locator("td").filter(has_text=firm).first).to_be_visible()


def _fill_in(path: Path) -> str:
    """Say that the first firm is willing; its name."""
    book = openpyxl.load_workbook(path)
    sheet = book["招商目录"]
    at = [cell.value for cell in sheet[2]]
    sheet.cell(3, at.index("对接状态") + 1).value = "有意向"
    book.save(path)
    return str(sheet.cell(3, at.index("企业全称") + 1).value)


def test_pressing_twice_freezes_one_version_under_a_window_that_says_what_is_made(page: Page, own_app: str) -> None:
    visit(page, f"{own_app}/catalogue?chain=powder_metallurgy")
    page.get_by_role("button", name="生成草稿").click()
    expect(page.get_by_text("已生成草稿")).to_be_visible()
    settled(page)

    page.get_by_role("button", name="定稿为新版本（第 1 版）").dblclick()

    expect(page.get_by_role("dialog")).to_contain_text("（3/4）")
    expect(page.get_by_text("已定稿为第 1 版")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="定稿为新版本（第 2 版）")).to_be_visible()
    expect(page.get_by_role("button", name="第 2 版 Excel")).to_have_count(0)
