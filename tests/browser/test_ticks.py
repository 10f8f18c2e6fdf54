"""Ticks in the browser: kept from page to page of the list, cleared by one button, never taken back by a late drawing."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.waiting import settled, visit

ADD = "把勾选的 {} 家加入招商目录"


def test_ticks_stay_when_the_list_is_paged_filtered_and_sorted(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/targets?chain=auto_parts")
    name = tick(page, 0)
    expect(page.get_by_role("button", name=ADD.format(1))).to_be_enabled()
    expect(page.get_by_role("button", name=ADD.format(1))).to_be_in_viewport()

    page.locator(".lt-pages a", has_text="2").click()
    expect(page.locator(".lt-pages b")).to_have_text("2")
    expect(box(page, name)).to_have_count(0)
    tick(page, 1)
    expect(page.get_by_text("已选 2 家", exact=True)).to_be_visible()
    page.get_by_label("全文检索", exact=True).fill(name)
    page.keyboard.press("Enter")

    expect(page.locator("input[data-pick]")).to_have_count(1)
    expect(box(page, name)).to_be_checked()
    expect(page.get_by_text("已选 2 家，其中 1 家不在当前筛选内")).to_be_visible()

    page.get_by_role("button", name="清除已选").click()
    expect(box(page, name)).not_to_be_checked()
    expect(page.get_by_role("button", name=ADD.format(0))).to_be_disabled()
    box(page, name).check()
    expect(page.get_by_role("button", name=ADD.format(1))).to_be_enabled()


def test_ticks_set_faster_than_the_page_is_drawn_all_count(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/targets?chain=auto_parts")
    expect(page.locator("input[data-pick]").first).to_be_visible()

    page.evaluate("document.querySelectorAll('input[data-pick]').forEach((box, at) => at < 8 && box.click())")

    expect(page.get_by_role("button", name=ADD.format(8))).to_be_enabled()
    settled(page)
    expect(page.locator("input[data-pick]:checked")).to_have_count(8)


def tick(page: Page, at: int) -> str:
    """Tick a row of the page; the firm's name."""
    found = page.locator("input[data-pick]").nth(at)
    found.check()
    return str(found.get_attribute("aria-label")).removeprefix("选择 ")


def box(page: Page, name: str) -> Locator:
    """The check box of a firm."""
    return page.get_by_label(f"选择 {name}", exact=True)
