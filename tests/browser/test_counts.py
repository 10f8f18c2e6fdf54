"""A number that opens rows is their number: followed by hand, as a reader of the map and of the overview would."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import visit

NUMBERS = """(nodes) => nodes.map((node) => {
  const told = (chosen) => node.querySelector(chosen)?.innerText ?? '';
  return [node.getAttribute('href'), told('b') || node.innerText, told('em')];
})"""
ON_PAGE = {
    "chain_map?chain=auto_parts": 'a.lt-tile:not([href="methods"])',
    "chain_map?chain=prefab_building": 'a.lt-tile:not([href="methods"])',
    "overview": 'a.lt-tile, a.lt-line-link[href*="of=unstarted"], a.lt-line-link[href*="of=review"], a.lt-spread-missing',
}
TOTAL = re.compile(r"共 ([\d,]+)")


@pytest.mark.parametrize("path", ON_PAGE)
def test_a_number_opens_as_many_rows_as_it_says(path: str, page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/{path}")
    numbers = page.locator(ON_PAGE[path]).evaluate_all(NUMBERS)
    assert len(numbers) >= 4

    assert {
        href: _number(big, note) for href, big, note in numbers if not _opens(page, demo_app, href, big, note)
    } == {}


def test_the_panel_of_a_segment_opens_as_many_firms_as_it_says(page: Page, demo_app: str) -> None:
    for segment in ("ap_die_casting", "ap_brake_system"):
        visit(page, f"{demo_app}/chain_map?chain=auto_parts&segment={segment}")
        more = page.locator(".lt-panel h3 a", has_text="全部")
        expect(more.first).to_be_visible()
        told = more.evaluate_all("(nodes) => nodes.map((node) => [node.getAttribute('href'), node.innerText])")

        assert {text: href for href, text in told if not _opens(page, demo_app, href, text, "")} == {}


def _opens(page: Page, app: str, href: str, big: str, note: str) -> bool:
    """Whether the page behind a number says that many rows."""
    visit(page, f"{app}/{href}")
    said = page.locator("main").inner_text()
    return _number(big, note) in {int(total.replace(",", "")) for total in TOTAL.findall(said)}


def _number(big: str, note: str) -> int:
    """The number itself; for a share the number beside it."""
    found = re.search(r"[\d,]+", note if "%" in big else big)
    assert found, f"no number in {big} {note}"
    return int(found[0].replace(",", ""))
