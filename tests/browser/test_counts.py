"""A number that opens rows is their number: followed by hand, as a reader of the map and of the overview would."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.numbers import MAP, OVERVIEW, opens, unequal
from tests.browser.waiting import visit

ON_PAGE = {"chain_map?chain=auto_parts": MAP, "chain_map?chain=prefab_building": MAP, "overview": OVERVIEW}


@pytest.mark.parametrize("path", ON_PAGE)
def test_a_number_opens_as_many_rows_as_it_says(path: str, page: Page, demo_app: str) -> None:
    assert unequal(page, demo_app, path, ON_PAGE[path]) == {}


def test_the_panel_of_a_segment_opens_as_many_firms_as_it_says(page: Page, demo_app: str) -> None:
    for segment in ("ap_die_casting", "ap_brake_system"):
        visit(page, f"{demo_app}/chain_map?chain=auto_parts&segment={segment}")
        more = page.locator(".lt-panel h3 a", has_text="全部")
        expect(more.first).to_be_visible()
        told = more.evaluate_all("(nodes) => nodes.map((node) => [node.getAttribute('href'), node.innerText])")

        assert {text: href for href, text in told if not opens(page, demo_app, href, text, "")} == {}
