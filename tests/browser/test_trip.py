"""From a gap to the day sheet in the browser: targets ticked, a list, a trip, its days, the paper."""

from __future__ import annotations

import io
import re
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.looking import english
from tests.browser.waiting import settled, visit


def test_from_a_gap_to_the_day_sheet(page: Page, own_app: str, tmp_path: Path) -> None:
    visit(page, f"{own_app}/gaps?chain=prefab_building")
    page.locator('.lt-table a[href^="targets"]').first.click()
    expect(page.locator("h1")).to_have_text("目标企业")
    settled(page)
    boxes = page.locator("input[data-pick]")
    expect(boxes.nth(9)).to_be_visible()
    names = [str(boxes.nth(at).get_attribute("aria-label")).removeprefix("选择 ") for at in range(10)]
    for at in range(10):
        boxes.nth(at).check()
    page.get_by_role("button", name="加入名单（10 家）").click()
    page.get_by_label("新名单的名称").fill("十月拜访")
    page.get_by_label("新名单的名称").press("Enter")
    page.get_by_role("button", name="加入", exact=True).click()
    said = page.get_by_text(re.compile("已加入 [0-9]+ 家"))
    expect(said.first).to_be_visible()
    [n] = [int(one) for one in re.findall(r"已加入 (\d+) 家", said.first.inner_text())]
    assert n >= 3

    visit(page, f"{own_app}/trips")
    page.get_by_role("link", name="十月拜访").click()
    expect(page.locator(".lt-section h2").first).to_have_text("十月拜访")
    settled(page)
    expect(page.locator("input[data-pick]")).to_have_count(n)
    page.get_by_role("button", name="排行程").click()
    page.get_by_role("button", name="去选企业、排日程").click()
    add = page.get_by_role("button", name=re.compile("家加入行程$"))
    expect(add).to_be_visible()
    add.click()
    expect(page.get_by_text("往返约").first).to_be_visible()
    settled(page)

    assert english(page) == set()

    shown = page.locator(".lt-table").first.locator("td.lt-main a").all_inner_texts()
    assert set(shown) <= set(names)
    page.get_by_role("button", name="日程表").click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="PDF").click()
    path = tmp_path / "sheet.pdf"
    saving.value.save_as(path)
    told = "".join(part.extract_text() for part in PdfReader(io.BytesIO(path.read_bytes())).pages)
    told = re.sub(r"\s", "", told)
    assert all(re.sub(r"\s", "", name) in told for name in shown)
    assert "谈话要点" in told and "演示数据（虚构）" in told

    page.get_by_role("link", name=shown[0]).first.click()
    expect(page.locator("h1")).to_have_text("企业档案")
    settled(page)
    expect(page.get_by_text("排入行程“十月拜访”")).to_have_count(2)  # as a claim, and in the time line
