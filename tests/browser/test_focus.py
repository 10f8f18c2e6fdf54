"""Whoever goes through a page with Tab always sees where he is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.waiting import visit

UNSEEN = """() => {
  const ringed = (node, depth) => {
    if (!node || depth > 3) return false;
    const style = getComputedStyle(node);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || ringed(node.parentElement, depth + 1);
  };
  const node = document.activeElement;
  const card = node.querySelector('.lt-box');
  const whole = node === document.body || node.id === 'stMain';
  return whole || ringed(node, 0) || (card && parseFloat(getComputedStyle(card).strokeWidth) >= 3) ? '' : node.outerHTML.slice(0, 160);
}"""
STEPS = 35


@pytest.mark.parametrize("path", ["chain_map?chain=auto_parts", "targets", "gaps", "data_admin"])
def test_what_has_the_focus_has_a_ring(path: str, page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/{path}")

    unseen = set()
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        unseen.add(page.evaluate(UNSEEN))

    assert unseen == {""}
