"""The loop of the map walked in three ways: from a card to its panel, to the targets, and one of them into the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.waiting import settled, visit

Press = Callable[[Locator], None]
FAR = 150
"""So many presses of Tab lead anywhere on a page."""


def by_mouse(target: Locator) -> None:
    """Click."""
    target.click()


def by_finger(target: Locator) -> None:
    """Tap."""
    target.tap()


def by_keys(target: Locator) -> None:
    """Go there with Tab, and press: Space on a box, Enter on anything else."""
    keyboard = target.page.keyboard
    for _ in range(FAR):
        if target.evaluate("(node) => node === document.activeElement"):
            keyboard.press("Space" if target.get_attribute("type") == "checkbox" else "Enter")
            return
        keyboard.press("Tab")
    raise AssertionError(f"not reached with Tab: {target}")


def walk(page: Page, app: str, chain: str, segment: str, press: Press) -> None:
    """Open the card of a segment, follow it to its targets, and take the first into the catalogue."""
    visit(page, f"{app}/chain_map?chain={chain}")
    card = page.locator(f'.lt-card[data-id="{segment}"]')
    expect(card).to_be_visible()
    name = str(card.get_attribute("aria-label")).split("，")[0]

    press(card)
    panel = page.locator('[class*="st-key-panel_"]')
    expect(panel.locator("h2")).to_have_text(name)
    settled(page)
    assert f"segment={segment}" in page.url

    press(panel.locator(f'a[href^="targets?"][href*="{segment}"]').filter(has_text="全部"))
    expect(page.locator("h1")).to_have_text("目标企业")
    settled(page)
    box = page.locator("input[data-pick]").first
    expect(box).to_be_visible()
    firm = str(box.get_attribute("aria-label")).removeprefix("选择 ")

    press(box)
    button = page.get_by_role("button", name="把勾选的 1 家加入招商目录")
    expect(button).to_be_enabled()
    press(button)
    expect(page.get_by_text("已把 1 家企业加入")).to_be_visible()

    visit(page, f"{app}/catalogue?chain={chain}")
    expect(page.locator(".lt-table a", has_text=firm).first).to_be_visible()
