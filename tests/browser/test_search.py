"""All firms in the browser: typed without Enter, narrowed by a chip, ticked, compared, kept as a view and opened again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import barriers, cut_tables, small_targets, too_wide
from tests.browser.waiting import redrawn, settled, still, visit

STATES = (
    "base=all&q=轴承&chain=powder_metallurgy",
    "chain=auto_parts&segment=ap_die_casting&compare=91990101MAD0000199,91990101MAD0000274",
)


def test_firms_are_found_while_typing_narrowed_compared_and_kept_as_a_view(page: Page, own_app: str) -> None:
    visit(page, f"{own_app}/targets?base=all&chain=powder_metallurgy")
    everything = listed(page)
    field = page.get_by_label("全文检索", exact=True)

    field.press_sequentially("轴承")
    expect(page.locator(".lt-chosen")).to_contain_text("“轴承”")
    settled(page)
    expect(field).to_be_focused()
    assert 0 < listed(page) < everything

    chip = page.locator('[data-facet="capital"]').first
    n = int(chip.get_attribute("data-count") or 0)
    with redrawn(page):
        chip.click()
    expect(page.locator('[data-facet="capital"][aria-current]')).to_have_count(1)
    assert listed(page) == n

    with redrawn(page):
        page.locator(".lt-chosen a", has_text="注册资本").click()
    for at in range(2):
        page.locator("input[data-pick]").nth(at).check()
    compare = page.get_by_role("button", name="比较勾选的 2 家")
    expect(compare).to_be_enabled()
    compare.click()
    expect(page.get_by_role("heading", name="并列比较 2 家")).to_be_visible()
    expect(page.locator(".lt-compare tbody")).to_contain_text("注册资本")
    page.get_by_role("link", name="← 回到名单").click()
    expect(page.locator("input[data-pick]:checked")).to_have_count(2)

    page.get_by_role("button", name=re.compile("视图")).click()
    page.get_by_label("存为视图").fill("轴承厂")
    page.get_by_role("button", name="保存当前视图").click()
    expect(page.get_by_text("已保存视图“轴承厂”，只有你可打开")).to_be_visible()
    visit(page, f"{own_app}/targets?base=all")
    page.get_by_role("button", name="视图（1）").click()
    page.get_by_role("link", name="轴承厂").click()
    expect(page.locator(".lt-chosen")).to_contain_text("“轴承”")
    assert "chain=powder_metallurgy" in page.url


@pytest.mark.parametrize("state", STATES)
def test_all_firms_and_a_comparison_are_for_fingers_and_readers_too(state: str, tablet: Page, demo_app: str) -> None:
    visit(tablet, f"{demo_app}/targets?{state}")
    still(tablet)
    assert (barriers(tablet), small_targets(tablet), too_wide(tablet), cut_tables(tablet)) == ([], [], 0, [])


def listed(page: Page) -> int:
    """Rows of the list."""
    return int(page.locator("[data-rows]").last.get_attribute("data-rows") or 0)
