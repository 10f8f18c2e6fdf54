"""The review in the browser: real keys decide the pair on the screen, once each, and nothing while one types."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.waiting import LONG, redrawn, settled, slowed, visit

ADDRESS = "review?chain=auto_parts"
NAME = ".lt-review h2"
PROGRESS = ".lt-progress"
LOG = ".lt-log"
PRESS = """(codes) => {
  for (const code of codes) document.body.dispatchEvent(new KeyboardEvent("keydown", { code, bubbles: true, cancelable: true }));
}"""


def test_one_key_decides_skips_and_takes_back(page: Page, own_app: str) -> None:
    visit(page, f"{own_app}/{ADDRESS}")
    name, progress = page.locator(NAME), page.locator(PROGRESS)
    before = number(page, "今日已判")
    first = name.inner_text()
    promise = page.locator(".lt-worth").inner_text()
    assert re.fullmatch(r"再确认 \d+ 家.*，“.+”将变为“.+”", promise)

    page.keyboard.press("a")
    expect(progress).to_contain_text(f"今日已判 {before + 1}")
    expect(name).not_to_have_text(first)
    second = name.inner_text()
    page.keyboard.press("r")
    expect(progress).to_contain_text(f"今日已判 {before + 2}")
    expect(name).not_to_have_text(second)
    third = name.inner_text()
    page.keyboard.press("s")
    expect(progress).to_contain_text("跳过 1")
    expect(name).not_to_have_text(third)
    page.keyboard.press("u")
    expect(name).to_have_text(second)
    expect(progress).to_contain_text(f"今日已判 {before + 1}")

    expect(page.locator(LOG)).to_have_count(before + 1)
    expect(page.locator(LOG).first).to_contain_text(first)


def test_a_key_pressed_as_soon_as_a_firm_is_seen_decides_that_firm(page: Page, own_app: str) -> None:
    name = page.locator(NAME)
    with slowed(page, 6):
        page.goto(f"{own_app}/{ADDRESS}")
        expect(name).to_be_visible(timeout=LONG)
        before = number(page, "今日已判")
        first = name.inner_text()
        page.keyboard.press("a")  # what draws the buttons is still being loaded
        expect(name).not_to_have_text(first, timeout=LONG)
        second = name.inner_text()
        page.keyboard.press("r")  # the name is there, what stands below it may not be
        expect(name).not_to_have_text(second, timeout=LONG)
    settled(page)

    assert number(page, "今日已判") == before + 2
    told = page.locator(LOG).all_inner_texts()
    assert [one.split(" → ")[0] for one in told[:2]] == [f"不符 {second}", f"确认 {first}"]


BURSTS = {  # keys → decided, skipped
    "AA": (1, 0),  # pressed twice, meant once: the second is for a firm that is decided
    "ARSA": (1, 0),
    "SS": (0, 1),
    "AU": (0, 0),  # U waits until there is something to take back
    "AUA": (1, 0),  # confirmed, taken back, confirmed
    "AUU": (0, 0),  # the decision before stays
}


def test_keys_pressed_faster_than_the_page_is_drawn_are_for_the_firm_that_is_seen(page: Page, own_app: str) -> None:
    visit(page, f"{own_app}/{ADDRESS}")
    with redrawn(page):
        page.keyboard.press("a")
    for keys, came in BURSTS.items():
        firm = page.locator(NAME).inner_text()
        before = (number(page, "今日已判"), number(page, "跳过"))

        page.evaluate(PRESS, [f"Key{key}" for key in keys])
        expect(page.locator("html[data-keys-under-way]")).to_have_count(0, timeout=LONG)

        assert (number(page, "今日已判") - before[0], number(page, "跳过") - before[1]) == came, keys
        assert (page.locator(NAME).inner_text() == firm) == (came == (0, 0)), keys


def test_keys_typed_into_a_field_decide_nothing_and_a_held_key_decides_once(page: Page, own_app: str) -> None:
    visit(page, f"{own_app}/{ADDRESS}")
    before = number(page, "今日已判")
    page.get_by_placeholder("备注（可不填）：依据、来源").fill("")
    page.keyboard.type("arsu")
    with redrawn(page):  # what the keys had asked for would be drawn before the note is
        page.locator("h1").click()
    assert number(page, "今日已判") == before

    with redrawn(page):
        for _ in range(6):  # the browser sends a held key again and again
            page.keyboard.down("a")
        page.keyboard.up("a")
    assert number(page, "今日已判") == before + 1
    with redrawn(page):  # a second decision would be there before the list is ordered anew
        page.get_by_role("button", name="重新排序").click()

    assert number(page, "今日已判") == before + 1
    expect(page.locator(LOG).first).to_contain_text("备注：arsu")


def number(page: Page, word: str) -> int:
    """The number after a word in the line of progress; 0 where the line does not have the word."""
    found = re.search(rf"{word} (\d+)", page.locator(PROGRESS).inner_text())
    return int(found[1]) if found else 0


def test_the_buttons_are_large_enough_for_a_finger_and_the_scope_folds(page: Page, own_app: str) -> None:
    for width in (820, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 1000})
        visit(page, f"{own_app}/{ADDRESS}")
        buttons = page.locator(".st-key-review_bar button")
        expect(buttons.first).to_be_visible()
        assert [label for label, size in _sizes(buttons) if size < 44] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    scope = page.locator(".lt-review details p").first
    expect(scope).to_be_visible()  # the demo's scopes are short
    page.locator(".lt-review summary").first.click()
    expect(scope).to_be_hidden()


def _sizes(buttons: Locator) -> list[tuple[str, float]]:
    found = []
    for at in range(buttons.count()):
        box = buttons.nth(at).bounding_box()
        assert box is not None
        found.append((buttons.nth(at).inner_text(), min(box["width"], box["height"])))
    return found
