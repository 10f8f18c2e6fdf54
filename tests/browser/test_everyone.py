"""Every page, and what opens in it, on a tablet: in Chinese, without barriers, for fingers, no wider than the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from pages.registry import PAGES
from tests.browser.looking import barriers, cut_tables, english, overlapping, small_targets, too_wide
from tests.browser.waiting import settled, still, until, visit

PATHS = [entry.path for entry in PAGES]
CASTING = "chain=auto_parts&segment=ap_die_casting"
STATES = [
    *PATHS,
    f"chain_map?{CASTING}",
    "chain_map?kiosk=1",
    f"targets?{CASTING}&why=云溪",
    f"firm?list=local&{CASTING}",
    "review?view=targets",
    f"projects?{CASTING}",
    "trips?view=trips",
    "trips?view=plan&chain=auto_parts&visits=8",
    "data_admin?batch=demo-firms",
    *(f"packages?view={view}" for view in ("segments", "edges", "check", "history", "upload")),
    *(f"methods?view={view}" for view in ("judging", "firmness", "checks")),
]
CLOSED = "document.querySelectorAll('details:not([open]) > summary').forEach((one) => one.click())"
OPENERS = (
    '[data-testid="stPopoverButton"]:visible:not(:disabled), [data-testid="stTopNavSection"]:visible, '
    '[role="combobox"]:visible:not(:disabled, #lt-find-field), [data-testid="stDateInputCalendarButton"]:visible'
)
OPENED = '[role="listbox"]:visible, [role="dialog"]:visible, [role="grid"]:visible, [role="menu"]:visible, [data-testid="stPopoverBody"]:visible'


@pytest.mark.parametrize("state", STATES)
def test_a_page_and_what_folds_out_of_it_is_for_everyone(state: str, tablet: Page, demo_app: str) -> None:
    visit(tablet, f"{demo_app}/{state}")
    tablet.evaluate(CLOSED)
    settled(tablet)

    assert english(tablet) == set()
    settled(tablet)  # the map tells its width late, and is drawn anew
    still(tablet)
    assert barriers(tablet) == []
    assert small_targets(tablet) == []
    assert overlapping(tablet) == []
    assert too_wide(tablet) <= 0
    assert cut_tables(tablet) == []
    assert tablet.locator("html").get_attribute("lang") == "zh-CN"
    assert "链图" in tablet.title()
    if state in PATHS:
        _open_lists(tablet)


def _open_lists(page: Page) -> None:
    """Whatever opens a list, a calendar or a menu is opened, and what it holds is in Chinese."""
    openers = page.locator(OPENERS)
    for at in range(openers.count()):
        until(openers.nth(at).click, page.locator(OPENED).first)
        assert english(page) == set()
        assert small_targets(page) == []
        page.keyboard.press("Escape")


def test_what_a_popover_holds_has_no_barrier(tablet: Page, demo_app: str) -> None:
    visit(tablet, f"{demo_app}/chain_map?chain=auto_parts")
    tablet.get_by_role("button", name="下载链图").click()
    expect(tablet.get_by_role("button", name="矢量图")).to_be_visible()

    assert barriers(tablet) == []
