"""The region map in a browser: areas open their firms by mouse and close them again, the select does by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import barriers, cut_tables, english, overlapping, too_wide
from tests.browser.waiting import redrawn, visit

MAP = "targets?chain=auto_parts&map=places"


def area_with_most(page: Page) -> Locator:
    """The area of the prefecture that has the most candidates, by the colour of the last class."""
    areas = page.locator(".lt-region-opens")
    expect(areas.first).to_be_attached()
    fills = areas.evaluate_all("all => all.map(one => getComputedStyle(one).fill)")
    return areas.nth(max(range(len(fills)), key=lambda at: -sum(map(int, re.findall(r"\d+", fills[at])[:3]))))


def listed(page: Page) -> int:
    """Firms below the table."""
    found = re.search(r"共 ([\d,]+) 家企业", page.locator(".lt-foot").first.inner_text())
    assert found is not None
    return int(found[1].replace(",", ""))


def test_an_area_tells_its_number_opens_as_many_firms_and_lets_go_again(page: Page, demo_app: str):
    visit(page, f"{demo_app}/{MAP}")
    before, area = listed(page), area_with_most(page)

    area.hover()
    told = page.locator(".lt-region-host .lt-tip")
    expect(told).to_contain_text("候选企业")
    found = re.search(r"候选企业 ([\d,]+) 家", told.inner_text())
    assert found is not None
    with redrawn(page):
        area.click()
    assert listed(page) == int(found[1].replace(",", ""))
    assert f"city={area.get_attribute('data-code')}" in page.url
    expect(page.locator(".lt-region-host")).to_have_attribute("data-chosen", area.get_attribute("data-code") or "")

    with redrawn(page):
        area.click()
    assert listed(page) == before
    assert "city=" not in page.url


def test_the_select_chooses_a_prefecture_by_keyboard_and_the_map_shows_it(page: Page, demo_app: str):
    visit(page, f"{demo_app}/{MAP}")
    box = page.get_by_role("combobox", name=re.compile("地市"))

    box.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    with redrawn(page):
        page.keyboard.press("Enter")

    code = re.search(r"city=(\d{6})", page.url)
    assert code is not None
    expect(page.locator(".lt-region-host")).to_have_attribute("data-chosen", code[1])
    page.keyboard.press("Escape")  # the list stays open for another choice
    with redrawn(page):
        page.get_by_role("link", name="不限地市").click()
    assert "city=" not in page.url


def test_a_finger_opens_an_area_and_lets_it_go_again(tablet: Page, demo_app: str):
    visit(tablet, f"{demo_app}/{MAP}")
    before, area = listed(tablet), area_with_most(tablet)

    with redrawn(tablet):
        area.tap()
    assert f"city={area.get_attribute('data-code')}" in tablet.url
    assert 0 < listed(tablet) < before

    with redrawn(tablet):
        area.tap()
    assert listed(tablet) == before


@pytest.mark.parametrize("width", [820, 1440, 1920])
def test_both_views_fit_the_window_and_are_for_everyone(page: Page, demo_app: str, width: int):
    page.set_viewport_size({"width": width, "height": 1100})
    visit(page, f"{demo_app}/{MAP}")
    _for_everyone(page)

    with redrawn(page):
        page.get_by_role("link", name="全国哪里强").click()
    expect(page.get_by_role("img", name=re.compile("地图：.*个地市有企业数据"))).to_be_visible()
    _for_everyone(page)


def _for_everyone(page: Page) -> None:
    expect(page.locator(".lt-region-names text").first).to_be_visible()
    assert overlapping(page, ".lt-region-names text") == []
    assert english(page) == set()
    assert barriers(page) == []
    assert too_wide(page) <= 0
    assert cut_tables(page) == []
