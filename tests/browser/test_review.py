"""The review in the browser: real keys decide the pair on the screen, once each, and nothing while one types."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.waiting import settled, visit

ADDRESS = "review?chain=auto_parts"


@pytest.fixture
def app(serve: Callable[[Path], str], demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo district in a copy, for tests that change it."""
    copy = tmp_path_factory.mktemp("review") / "liantu.duckdb"
    shutil.copy(demo_database, copy)
    return serve(copy)


def test_one_key_decides_skips_and_takes_back(page: Page, app: str) -> None:
    visit(page, f"{app}/{ADDRESS}")
    name, progress = page.locator(".lt-review h2"), page.locator(".lt-progress")
    first = name.inner_text()
    promise = page.locator(".lt-worth").inner_text()
    assert re.fullmatch(r"再确认 \d+ 家.*，“.+”将变为“.+”", promise)

    page.keyboard.press("a")
    expect(progress).to_contain_text("今日已判 1")
    expect(name).not_to_have_text(first)
    second = name.inner_text()
    page.keyboard.press("r")
    expect(progress).to_contain_text("今日已判 2")
    expect(name).not_to_have_text(second)
    third = name.inner_text()
    page.keyboard.press("s")
    expect(progress).to_contain_text("跳过 1")
    expect(name).not_to_have_text(third)
    settled(page)
    page.keyboard.press("u")
    expect(name).to_have_text(second)
    expect(progress).to_contain_text("今日已判 1")

    expect(page.locator(".lt-log")).to_have_count(1)
    expect(page.locator(".lt-log")).to_contain_text(first)


def test_keys_typed_into_a_field_decide_nothing_and_a_held_key_decides_once(page: Page, app: str) -> None:
    visit(page, f"{app}/{ADDRESS}")
    progress = page.locator(".lt-progress")
    expect(progress).to_contain_text("今日已判 0")
    page.get_by_placeholder("备注（可不填）：依据、来源").fill("")
    page.keyboard.type("arsu")
    page.wait_for_timeout(500)
    expect(progress).to_contain_text("今日已判 0")
    page.locator("h1").click()
    settled(page)

    for _ in range(6):  # the browser sends a held key again and again
        page.keyboard.down("a")
    page.keyboard.up("a")

    expect(progress).to_contain_text("今日已判 1")
    page.wait_for_timeout(1000)
    expect(progress).to_contain_text("今日已判 1")
    expect(page.locator(".lt-log")).to_contain_text("备注：arsu")


def test_the_buttons_are_large_enough_for_a_finger_and_the_scope_folds(page: Page, app: str) -> None:
    for width in (820, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 1000})
        visit(page, f"{app}/{ADDRESS}")
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
