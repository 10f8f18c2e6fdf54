"""Follows the numbers of a page to the rows they open."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.waiting import visit

NUMBERS = """(nodes) => nodes.map((node) => {
  const told = (chosen) => node.querySelector(chosen)?.innerText ?? '';
  return [node.getAttribute('href'), told('b') || node.innerText, told('em')];
})"""
MAP = 'a.lt-tile:not([href="methods"])'
OVERVIEW = 'a.lt-tile, a.lt-line-link[href*="of=unstarted"], a.lt-line-link[href*="of=review"], a.lt-spread-missing'
"""The links that hold numbers, of the map and of the overview."""
UNKNOWN = "无数据"
TOTAL = re.compile(r"共 ([\d,]+)")


def unequal(page: Page, app: str, path: str, links: str) -> dict[str, int]:
    """Of the numbers of a page, at least two, those that do not open as many rows as they say: address → number.

    What is not known has no number and opens none.
    """
    visit(page, f"{app}/{path}")
    expect(page.locator(links).first).to_be_visible()
    numbers = [one for one in page.locator(links).evaluate_all(NUMBERS) if UNKNOWN not in one[1]]
    assert len(numbers) >= 2
    return {href: number(big, note) for href, big, note in numbers if not opens(page, app, href, big, note)}


def opens(page: Page, app: str, href: str, big: str, note: str) -> bool:
    """Whether the page behind a number says that many rows; an empty list says so in words."""
    visit(page, f"{app}/{href}")
    said = page.locator("main").inner_text()
    none = {0} if page.locator(".lt-empty").count() else set()
    return number(big, note) in none | {int(total.replace(",", "")) for total in TOTAL.findall(said)}


def number(big: str, note: str) -> int:
    """The number itself; for a share the number beside it."""
    found = re.search(r"[\d,]+", note if "%" in big else big)
    assert found, f"no number in {big} {note}"
    return int(found[0].replace(",", ""))
