"""Networks in a browser: firms open by click and by keyboard, three hundred are drawn, no name becomes script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, FrameLocator, Page, expect

from data.store import open_store
from tests.browser.conftest import served
from tests.browser.looking import barriers, english
from tests.browser.waiting import redrawn, settled, until, visit

CROWD = "91HOSTILE0000000000"
HOSTILE = [
    "</script><script>window.owned = 1; parent.postMessage({liantuOpen: 'x'}, '*')</script>",
    '<img src=x onerror="window.owned = 1">甲',
    "'\"><svg onload=window.owned=1>乙",
    "javascript:window.owned=1//${window.owned=1}`丙`",
]
N = 320
FIRM = "INSERT INTO firm (firm_id, name, as_of, n_records) VALUES (?, ?, '2026-09-30', 1)"
TIE = (
    "INSERT INTO relation (from_firm, to_firm, kind, evidence, source_id, as_of) "
    "SELECT ?, ?, 'supplies', ?, source_id, as_of FROM relation LIMIT 1"
)


@pytest.fixture(scope="module")
def crowded_app(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo district with a firm of a hostile name that ``N`` others of such names supply."""
    copy = tmp_path_factory.mktemp("crowd") / "liantu.duckdb"
    shutil.copy(demo_database, copy)
    with open_store(copy) as store, store.write() as cursor:
        cursor.execute(FIRM, [CROWD, HOSTILE[0]])
        for at in range(N):
            name = HOSTILE[at % len(HOSTILE)] + str(at)
            cursor.execute(FIRM, [f"{CROWD}{at}", name])
            cursor.execute(TIE, [f"{CROWD}{at}", CROWD, name])
    with served(copy) as address:
        yield address


def network(page: Page) -> FrameLocator:
    """The frame of the network, once it is drawn."""
    frame = page.frame_locator(".lt-network-host iframe")
    expect(frame.locator("canvas")).to_be_visible()
    return frame


def test_three_hundred_hostile_names_are_drawn_and_none_becomes_script(page: Page, crowded_app: str):
    asked: list[str] = []

    def note(dialog: Dialog) -> None:
        asked.append(dialog.message)

    page.on("dialog", note)
    visit(page, f"{crowded_app}/firm?firm={CROWD}")
    frame = network(page)

    expect(page.get_by_text(f"只画关联最多的 299 家，另有 {N - 299} 家未画出")).to_be_visible()
    expect(page.get_by_text(f"共 {N} 条关联，第 1 / 16 页")).to_be_visible()
    board = frame.get_by_role("application", name="关联网络")
    board.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(frame.locator("#network-told")).to_contain_text("点击打开企业档案")
    board.hover()
    page.remove_listener("dialog", note)
    assert asked == []
    assert [one for one in page.frames if one.evaluate("window.owned")] == []
    assert frame.locator("script:not([src]):not([type='application/json']), img, svg").count() == 0


def test_a_firm_opens_by_keyboard_and_the_whole_name_is_told(page: Page, crowded_app: str):
    visit(page, f"{crowded_app}/firm?firm={CROWD}")
    frame = network(page)

    frame.get_by_role("application", name="关联网络").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(frame.locator("#network-told")).to_contain_text("点击打开企业档案")
    with redrawn(page):
        page.keyboard.press("Enter")

    assert f"firm={CROWD}" in page.url
    assert not page.url.endswith(f"firm={CROWD}")


@pytest.mark.parametrize("way", ["mouse", "finger"])
def test_a_firm_of_a_segments_network_opens_by_click(way: str, request: pytest.FixtureRequest, demo_app: str):
    page: Page = request.getfixturevalue({"mouse": "page", "finger": "tablet"}[way])
    visit(page, f"{demo_app}/targets?chain=powder_metallurgy&segment=pm_structural_parts")
    page.get_by_role("link", name="关联网络 →").click()
    frame = network(page)
    expect(page.get_by_role("heading", name="关联网络：")).to_be_visible()
    settled(page)
    assert english(page) == set()
    assert barriers(page) == []

    board = frame.get_by_role("application", name="关联网络")
    board.scroll_into_view_if_needed()
    box = board.bounding_box()
    assert box is not None
    opened = page.get_by_role("heading", name="参与的环节")
    places = iter([(x, y) for x in (0.5, 0.38, 0.62) for y in (0.4, 0.45, 0.5, 0.55, 0.6, 0.65)])

    def click() -> None:
        x, y = next(places)
        press = page.mouse.click if way == "mouse" else page.touchscreen.tap
        press(box["x"] + x * box["width"], box["y"] + y * box["height"])

    until(click, opened)
    assert "firm=" in page.url
