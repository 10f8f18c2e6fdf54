"""The map's page in the browser: what is typed is found, arrows and Enter go there, and the map leaves as files."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.waiting import visit

FIELD = "#lt-find-field"
OPTIONS = '#lt-find-list [role="option"]'


def test_a_segment_is_found_by_initials_and_opened_without_a_mouse(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/chain_map?chain=powder_metallurgy")
    field = page.locator(FIELD)
    expect(page.get_by_role("combobox", name="查找", exact=True)).to_be_visible()
    field.focus()

    page.keyboard.type("lhq")
    expect(page.locator(OPTIONS).first).to_contain_text("离合器")
    page.keyboard.press("Enter")

    expect(page.locator(".lt-panel h2")).to_have_text("离合器")
    expect(page.locator(".lt-card[aria-current]")).to_be_in_viewport()
    assert "chain=auto_parts" in page.url and "segment=" in page.url
    expect(page.locator("#lt-find-list")).to_be_hidden()


def test_arrows_move_through_what_is_found_and_escape_leaves_it(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/chain_map?chain=auto_parts")
    field = page.locator(FIELD)
    field.fill("制动")
    options = page.locator(OPTIONS)
    expect(options.nth(1)).to_be_visible()
    expect(options.first).to_have_attribute("aria-selected", "true")

    page.keyboard.press("ArrowDown")

    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    page.keyboard.press("Escape")
    expect(page.locator("#lt-find-list")).to_be_hidden()
    expect(field).to_have_value("")
    assert "segment=" not in page.url


def test_a_firm_found_by_name_is_marked_on_the_map(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/chain_map?chain=auto_parts")
    page.locator(FIELD).fill("云溪")
    option = page.locator(OPTIONS).filter(has_text="个环节").first
    name = option.locator("span").inner_text()

    option.click()

    expect(page.locator(".lt-marked-firm b")).to_have_text(name)
    expect(page.locator(".lt-card.lt-marked").first).to_be_visible()
    assert "firm=" in page.url and "segment=" in page.url


def test_the_map_leaves_as_a_drawing(page: Page, demo_app: str, tmp_path: Path) -> None:
    visit(page, f"{demo_app}/chain_map?chain=auto_parts")
    page.get_by_role("button", name="下载链图").click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="矢量图").click()
    saving.value.save_as(tmp_path / "map.svg")

    assert saving.value.suggested_filename.endswith(".svg")
    assert "离合器" in (tmp_path / "map.svg").read_text(encoding="utf-8")


def test_the_big_screen_is_readable_from_afar_and_escape_leaves_it(page: Page, demo_app: str) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    for chain in ("auto_parts", "powder_metallurgy", "prefab_building"):
        visit(page, f"{demo_app}/chain_map?kiosk=1&chain={chain}")
        expect(page.locator(".lt-kiosk")).to_have_attribute("data-chain", chain)
        assert page.evaluate(SMALLEST) >= 24
        assert page.evaluate(OUTSIDE) == []

    page.keyboard.press("Escape")

    expect(page.locator(".lt-card").first).to_be_visible()
    assert "kiosk" not in page.url


SMALLEST = """() => Math.min(...[...document.querySelectorAll('.lt-kiosk *')]
  .filter((node) => node.children.length === 0 && node.textContent.trim())
  .map((node) => parseFloat(getComputedStyle(node).fontSize)))"""

OUTSIDE = """() => [...document.querySelectorAll('.lt-kiosk h1, .lt-kiosk h2, .lt-kiosk b, .lt-kiosk i, .lt-kiosk li')].filter((node) => {
  const box = node.getBoundingClientRect();
  const around = (node.closest('.lt-kiosk-stages li, aside') ?? document.querySelector('.lt-kiosk')).getBoundingClientRect();
  return box.bottom > around.bottom + 1 || box.right > around.right + 1 || box.top < around.top - 1;
}).map((node) => node.textContent)"""
