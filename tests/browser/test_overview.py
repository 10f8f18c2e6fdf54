"""总览 in the browser: on one screen, since the last visit of this browser, and by one click to the rows."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.waiting import visit

FIVE_HOURS_AGO = "localStorage.setItem('liantu_seen', String(Math.floor(Date.now() / 1000) - 5 * 3600))"


def test_chains_changes_and_what_waits_stand_on_one_screen(page: Page, demo_app: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    visit(page, f"{demo_app}/")

    for part in (".lt-tiles", ".lt-chains", ".lt-side"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900


def test_changes_are_told_since_the_visit_that_ended_hours_ago(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/")
    expect(page.locator(".lt-ways")).not_to_contain_text("上次来访")
    page.evaluate(FIVE_HOURS_AGO)

    visit(page, f"{demo_app}/")

    expect(page.locator(".lt-ways [aria-current]")).to_have_text("上次来访")


def test_a_number_opens_its_rows_by_one_click(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/")
    line = page.locator(".lt-line-link").first
    n = line.get_attribute("data-count")

    line.click()

    expect(page).to_have_url(re.compile("/rows"))
    expect(page.locator(f'[data-rows="{n}"]')).to_be_visible()
