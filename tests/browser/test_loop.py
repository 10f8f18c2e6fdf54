"""The loop in the browser: map → segment → target → catalogue → download; the workbook holds what the screen shows."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, Page, expect

from tests.browser.waiting import settled, visit
from tests.browser.walking import by_finger, by_keys, walk


def test_from_the_map_to_the_workbook(page: Page, own_app: str, tmp_path: Path) -> None:
    visit(page, f"{own_app}/chain_map?chain=auto_parts")
    card = page.locator(".lt-card.lt-missing").first
    segment = str(card.get_attribute("aria-label")).split("，")[0]
    card.click()
    panel = page.locator('[class*="st-key-panel_"]')
    expect(panel.locator("h2")).to_have_text(segment)
    expect(panel).to_contain_text("为什么是这个判定")

    panel.get_by_role("link", name=re.compile("^全部")).click()
    expect(page.locator("h1")).to_have_text("目标企业")
    settled(page)
    boxes = page.locator("input[data-pick]")
    expect(boxes.nth(2)).to_be_visible()
    names = [boxes.nth(at).get_attribute("aria-label") for at in range(3)]
    for at in range(3):
        boxes.nth(at).check()
    page.get_by_role("button", name="把勾选的 3 家加入招商目录").click()
    expect(page.get_by_text("已把 3 家企业加入")).to_be_visible()

    page.get_by_role("link", name="招商目录", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("招商目录")
    settled(page)
    # a component draws after the script has ended: the rows are waited for, not the script
    expect(page.locator("input[data-pick]")).to_have_count(3)
    shown = _firms(page.locator(".lt-table").first)
    assert [f"选择 {name}" for name in shown] == names

    with page.expect_download() as saving:
        page.get_by_role("button", name="下载 Excel（3 家）").click()
    path = tmp_path / "catalogue.xlsx"
    saving.value.save_as(path)
    assert saving.value.suggested_filename.startswith("演示-云溪区-汽车零部件招商目录-草稿")
    book = openpyxl.load_workbook(path)
    rows = list(book["招商目录"].iter_rows(min_row=2, values_only=True))
    titles = list(rows[0])
    assert [row[titles.index("企业全称")] for row in rows[1:]] == shown
    assert {row[titles.index("环节")] for row in rows[1:]} == {segment}
    assert all(len(str(row[titles.index("统一社会信用代码")])) == 18 for row in rows[1:])
    assert "演示数据（虚构）" in str(book["说明"]["A1"].value)

    page.get_by_role("button", name="定稿为新版本").click()
    expect(page.get_by_text("已定稿为第 1 版")).to_be_visible()
    first = _saved(page, "第 1 版 Excel", tmp_path / "v1.xlsx")
    page.locator("input[data-pick]").first.check()
    page.get_by_role("button", name="移出勾选的 1 家").click()
    expect(page.get_by_text("已移出 1 家企业")).to_be_visible()
    settled(page)
    assert _saved(page, "第 1 版 Excel", tmp_path / "again.xlsx") == first
    assert openpyxl.load_workbook(tmp_path / "again.xlsx")["招商目录"].max_row == 5


def _saved(page: Page, button: str, path: Path) -> bytes:
    with page.expect_download() as saving:
        page.get_by_role("button", name=button).click()
    saving.value.save_as(path)
    return path.read_bytes()


def test_the_loop_is_walked_with_a_finger(tablet: Page, own_app: str) -> None:
    walk(tablet, own_app, "powder_metallurgy", "pm_cemented_carbide", by_finger)


def test_the_loop_is_walked_without_a_mouse(page: Page, own_app: str) -> None:
    walk(page, own_app, "prefab_building", "pb_timber", by_keys)


def test_the_map_is_walked_by_keyboard(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/chain_map?chain=powder_metallurgy")
    first = page.locator(".lt-card").first
    expect(first).to_be_visible()
    first.focus()
    page.keyboard.press("ArrowRight")
    second = page.locator(".lt-card:focus")
    assert second.get_attribute("data-id") != first.get_attribute("data-id")

    page.keyboard.press("Enter")

    panel = page.locator(".lt-panel h2")
    expect(panel).to_have_text(str(second.get_attribute("aria-label")).split("，")[0])
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    assert "segment=" not in page.url


def test_the_back_button_and_a_copied_address_show_the_same(page: Page, demo_app: str) -> None:
    visit(page, f"{demo_app}/chain_map?chain=auto_parts")
    cards = page.locator(".lt-card")
    cards.nth(0).click()
    first = page.locator(".lt-panel h2")
    expect(first).to_have_text(str(cards.nth(0).get_attribute("aria-label")).split("，")[0])
    address = page.url
    title = first.inner_text()
    page.locator("a[data-close]").click()
    expect(first).to_have_count(0)

    page.go_back()
    expect(first).to_have_text(title)

    visit(page, address)
    expect(first).to_have_text(title)
    expect(page.locator(".lt-card[aria-current]")).to_have_count(1)


def test_no_two_texts_of_the_map_overlap_at_any_width(page: Page, demo_app: str) -> None:
    for width in (820, 1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        for chain in ("auto_parts", "powder_metallurgy", "prefab_building"):
            visit(page, f"{demo_app}/chain_map?chain={chain}")
            expect(page.locator(".lt-card").first).to_be_visible()
            settled(page)
            assert page.evaluate(OVERLAPS) == [], f"{chain} at {width}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width


OVERLAPS = """() => {
  const texts = [...document.querySelectorAll('.lt-map text')].map((node) => [node.textContent, node.getBoundingClientRect()]);
  const found = [];
  texts.forEach(([a, p], i) => texts.slice(i + 1).forEach(([b, q]) => {
    const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (wide > 1 && high > 3) found.push(`${a} | ${b} (${wide.toFixed(1)} × ${high.toFixed(1)})`);
  }));
  return found;
}"""


def _firms(table: Locator) -> list[str]:
    links = table.locator("tbody tr:not(.lt-below) td:nth-child(5) a")
    return [links.nth(at).inner_text() for at in range(links.count())]
