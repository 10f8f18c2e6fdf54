"""The chain packages in the browser: the map, a cell changed by hand, what it brings in, and three widths."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import until, visit

ADDRESS = "packages?chain=powder_metallurgy"


def test_a_cell_is_changed_tried_out_and_saved(page: Page, own_app: str) -> None:
    visit(page, f"{own_app}/{ADDRESS}")
    expect(page.locator(".lt-map .lt-card")).to_have_count(68)
    page.locator('.lt-card[data-id="pm_iron_powder"]').click()
    expect(page.get_by_text("写到的企业")).to_be_visible()

    visit(page, f"{own_app}/{ADDRESS}&view=segments")
    _type_into_first_name(page, "乙")
    expect(page.get_by_text("1 处不同，尚未保存")).to_be_visible()

    page.get_by_label("要做什么").click()
    page.get_by_role("option", name="校验、试算与保存").click()
    expect(page.get_by_text("“铁精粉选矿”改名“铁精粉选矿乙”")).to_be_visible()
    page.get_by_label("修改原因").fill("试改名")
    page.get_by_label("修改原因").press("Tab")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存“粉末冶金”1.0.1")).to_be_visible()
    expect(page.get_by_text("去数据管理重新匹配")).to_be_visible()


def _type_into_first_name(page: Page, text: str) -> None:
    """Open the cell with the name in the first row, as one does by hand, and add to it."""
    grid = page.locator('[data-testid="stDataFrame"]')
    expect(grid.locator("canvas").first).to_be_visible()
    field = page.locator("textarea.gdg-input")

    def open_it() -> None:
        box = grid.bounding_box()
        assert box is not None
        page.mouse.dblclick(box["x"] + 150, box["y"] + 52)

    until(open_it, field)
    expect(field).to_have_value("铁精粉选矿")
    field.fill(f"铁精粉选矿{text}")
    field.press("Enter")


@pytest.mark.parametrize("width", [820, 1440, 1920])
def test_no_view_is_wider_than_the_window(width: int, page: Page, demo_app: str) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    for view in ("map", "segments", "edges", "check", "history", "upload"):
        visit(page, f"{demo_app}/{ADDRESS}&view={view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
