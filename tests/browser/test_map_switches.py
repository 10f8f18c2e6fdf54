"""The map's switches in the browser: groups open by a click, filters of the address stay, no texts overlap."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.test_loop import OVERLAPS
from tests.browser.waiting import settled, visit

GROUPS = ".lt-card.lt-grouped"


def test_a_group_opens_by_mouse_and_folds_by_its_title(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/chain_map?chain=auto_parts&level=group&gaps=1")
    expect(page.locator(GROUPS).first).to_be_visible()
    n = page.locator(GROUPS).count()
    name = str(page.locator(GROUPS).first.get_attribute("aria-label")).split(" · ")[0]

    page.locator(GROUPS).first.click()

    expect(page.locator(GROUPS)).to_have_count(n - 1)
    assert "open=" in page.url and "gaps=1" in page.url
    page.get_by_role("link", name=f"收起{name}").click()
    expect(page.locator(GROUPS)).to_have_count(n)
    assert "open=" not in page.url


def test_a_group_opens_and_a_segment_in_it_by_keyboard(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/chain_map?chain=auto_parts&level=group")
    expect(page.locator(GROUPS).first).to_be_visible()
    n = page.locator(GROUPS).count()
    page.locator(GROUPS).first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(GROUPS)).to_have_count(n - 1)
    settled(page)
    segment = page.locator(".lt-card:not(.lt-grouped)").first

    segment.focus()
    page.keyboard.press("Enter")

    expect(page.locator(".lt-panel h2")).to_have_text(str(segment.get_attribute("aria-label")).split("，")[0])
    expect(page.locator(GROUPS)).to_have_count(n - 1)
    assert "level=group" in page.url


def test_a_state_chosen_on_the_page_marks_the_cards_that_change(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/chain_map?chain=auto_parts")
    page.get_by_role("combobox", name="状态").click()
    page.get_by_role("option", name="含签约项目").click()

    expect(page.locator(".lt-view-line")).to_contain_text("与今天相比")
    expect(page.locator(".lt-card.lt-changed").first).to_be_visible()
    assert "state=signed" in page.url


def test_with_every_switch_no_texts_overlap_and_nothing_is_wider_than_the_screen(page: Page, demo_app: str) -> None:
    for width in (820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for asked in ("level=group&state=signed", "vs=990200", "level=group&vs=2012"):
            visit(page, f"{demo_app}/chain_map?chain=auto_parts&{asked}")
            expect(page.locator(".lt-card").first).to_be_visible()
            settled(page)
            assert page.evaluate(OVERLAPS) == [], f"{asked} at {width}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width
