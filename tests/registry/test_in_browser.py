"""A million firms in the browser: no text over another in any packaged chain; the loop by mouse, by finger and by keys."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from chains.load import chain_ids
from data.store import Store
from tests.browser.conftest import served
from tests.browser.looking import barriers, overlapping, too_wide
from tests.browser.numbers import MAP, OVERVIEW, unequal
from tests.browser.waiting import redrawn, visit
from tests.browser.walking import by_finger, by_keys, by_mouse, walk

GAPS = {"mouse": (by_mouse, "ap_stamping"), "keys": (by_keys, "ap_modified_plastic")}
OUTSIDE = """() => [...document.querySelectorAll('.lt-map .lt-card')].flatMap((card) => {
  const around = card.getBoundingClientRect();
  const frame = card.closest('svg').getBoundingClientRect();
  return around.left < frame.left - 1 || around.right > frame.right + 1 ? [card.getAttribute('aria-label')] : [];
})"""


@pytest.fixture(scope="module")
def registry_app(registry: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app on a copy of the store of a million firms; the store itself stays with the other tests."""
    copy = tmp_path_factory.mktemp("served") / "registry.duckdb"
    registry.checkpoint()
    shutil.copy(registry.path, copy)
    with served(copy) as address:
        yield address


@pytest.mark.parametrize("chain", chain_ids())
def test_no_text_of_a_packaged_chain_covers_another(chain: str, page: Page, registry_app: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 1000})
    visit(page, f"{registry_app}/chain_map?chain={chain}")
    _is_legible(page)

    with redrawn(page):
        page.set_viewport_size({"width": 820, "height": 1000})
    _is_legible(page)


def _is_legible(page: Page) -> None:
    expect(page.locator(".lt-card").first).to_be_visible()
    assert overlapping(page) == []
    assert page.evaluate(OUTSIDE) == []
    assert too_wide(page) <= 0


@pytest.mark.parametrize("way", GAPS)
def test_the_loop_is_walked_from_the_map_to_the_catalogue(way: str, page: Page, registry_app: str) -> None:
    press, segment = GAPS[way]
    walk(page, registry_app, "auto_parts", segment, press)


def test_the_loop_is_walked_with_a_finger(tablet: Page, registry_app: str) -> None:
    walk(tablet, registry_app, "auto_parts", "ap_calibration", by_finger)


@pytest.mark.parametrize("path", ["overview", "chain_map", "gaps", "targets", "projects"])
def test_a_page_of_a_million_firms_has_no_barrier(path: str, page: Page, registry_app: str) -> None:
    visit(page, f"{registry_app}/{path}")

    assert barriers(page) == []


@pytest.mark.parametrize(("path", "links"), [("chain_map?chain=auto_parts", MAP), ("overview", OVERVIEW)])
def test_a_number_of_a_million_firms_opens_as_many_rows(path: str, links: str, page: Page, registry_app: str) -> None:
    assert unequal(page, registry_app, path, links) == {}
