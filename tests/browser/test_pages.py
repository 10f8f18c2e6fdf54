"""Every page in the browser: reached from the menu, opened lists in Chinese, nothing asked of the outside."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from pages.registry import PAGES
from tests.browser.looking import cut_tables, english
from tests.browser.waiting import visit

PATHS = [entry.path for entry in PAGES if not entry.hidden]
LONGEST = """() => {
  for (const row of document.querySelectorAll('.lt-table tbody tr:not(.lt-below)')) {
    row.cells[1].querySelector('a').insertAdjacentHTML('afterend', '<span class="lt-tag">国家级专精特新“小巨人”企业（2025）</span>');
    row.cells[row.cells.length - 2].innerHTML = '1,234.5 亿元';
  }
}"""


def test_the_longest_tags_and_amounts_are_not_cut_on_a_tablet(page: Page, demo_app: str) -> None:
    page.set_viewport_size({"width": 820, "height": 1180})
    visit(page, f"{demo_app}/targets")
    expect(page.locator("input[data-pick]").first).to_be_visible()

    page.evaluate(LONGEST)

    assert cut_tables(page) == []


@pytest.mark.parametrize("path", PATHS)
def test_the_menu_leads_to_every_page_without_loading_anew(path: str, page: Page, demo_app: str) -> None:
    title = next(entry.title for entry in PAGES if entry.path == path)
    visit(page, f"{demo_app}/methods" if path == "overview" else f"{demo_app}/")
    page.evaluate("window.stillHere = true")

    page.get_by_test_id("stTopNavLink").filter(has_text=re.compile(f"^{title}$")).click()

    expect(page.locator("h1")).to_have_text(title)
    assert page.evaluate("window.stillHere") is True


def test_links_inside_pages_stay_in_the_session(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/")
    page.evaluate("window.stillHere = true")

    page.locator(".lt-chains a").first.click()

    expect(page.locator("h1")).to_have_text("链图")
    assert page.evaluate("window.stillHere") is True


def test_opened_lists_and_menus_speak_chinese_too(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/data_admin")
    page.get_by_label("内容").first.click()
    expect(page.get_by_role("option", name="项目台账")).to_be_visible()
    assert english(page) == set()
    page.keyboard.press("Escape")
    page.get_by_test_id("stDateInput").get_by_role("button").last.click()
    expect(page.get_by_role("grid")).to_be_visible()
    assert english(page) == set()
    page.keyboard.press("Escape")

    visit(page, f"{demo_app}/targets")
    page.get_by_label("环节").last.click()
    page.keyboard.type("zzzz")
    expect(page.get_by_text("没有匹配的选项")).to_be_visible()
    assert english(page) - {"zzzz"} == set()


def test_an_unknown_address_is_a_chinese_page_with_a_way_back(page: Page, demo_app: str) -> None:
    answer = page.request.get(f"{demo_app}/no_such_page")

    assert answer.status == 404
    assert "没有这个页面" in answer.text()
    assert 'href="/"' in answer.text()


def test_every_answer_forbids_requests_to_outside(page: Page, demo_app: str) -> None:
    for path in ("/", "/gaps", "/assets/app.js", "/healthz"):
        policy = page.request.get(f"{demo_app}{path}").headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "http" not in policy and "*" not in policy


def test_the_policy_stops_a_request_that_a_script_would_make(page: Page, demo_app: str, journal) -> None:
    visit(page, f"{demo_app}/methods")

    failed = page.evaluate("fetch('http://outside.invalid/').then(() => false, () => true)")

    assert failed is True
    assert any("Content Security Policy" in error for error in journal.errors)
    journal.errors.clear()
    journal.outside.clear()
