"""Take the pictures of docs/tour.md anew from the demo: ``python -m tests.tour``; about a minute, nothing else is changed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.chromium import find_browser
from tests.browser.conftest import OPTIONS, ROOT, served
from tests.browser.waiting import redrawn, settled, still, visit

PICTURES = ROOT / "docs" / "pictures"
QUALITY = 38
WAITING = '[data-stale="true"], .lt-waiting'
CASTING = "chain=auto_parts&segment=ap_die_casting"


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the address, the link then followed, the button pressed first on the page of targets."""

    name: str
    address: str
    follow: str = ""
    press: str = ""
    high: int = 860


SHOTS: tuple[Shot, ...] = (
    Shot("overview", "overview"),
    Shot("rows", "overview", 'a[href^="rows?"]', high=620),
    Shot("chain_map", "chain_map?chain=auto_parts", high=1240),
    Shot("segment", f"chain_map?{CASTING}", high=940),
    Shot("kiosk", "chain_map?kiosk=1&chain=auto_parts", high=720),
    Shot("gaps", "gaps?chain=auto_parts"),
    Shot("targets", f"targets?{CASTING}"),
    Shot("region", f"targets?{CASTING}&map=strength", high=940),
    Shot("universe", "targets?base=all&q=轴承", high=940),
    Shot("firm", f"targets?{CASTING}", '.lt-table a[href^="firm?"]', high=780),
    Shot("review", "review?chain=auto_parts"),
    Shot("catalogue", "catalogue?chain=auto_parts", press="加入得分最高的 10 家"),
    Shot("trips", "trips?view=plan&chain=auto_parts&visits=8&cities=4", high=620),
    Shot("whatif", "chain_map?chain=auto_parts", 'a[href^="whatif?"]'),
    Shot("projects", "projects?chain=auto_parts"),
    Shot("data_admin", "data_admin"),
    Shot("packages", "packages?chain=powder_metallurgy"),
    Shot("methods", "methods"),
)


def take(page: Page, app: str, shot: Shot) -> bytes:
    """The picture as a JPEG, once the page is drawn to its end."""
    page.set_viewport_size({"width": 1280, "height": shot.high})
    if shot.press:
        visit(page, f"{app}/targets?{CASTING}")
        page.get_by_role("button", name=shot.press).click()
        expect(page.get_by_text("家企业加入")).to_be_visible()
    visit(page, f"{app}/{shot.address}")
    if shot.follow:
        with redrawn(page):
            page.locator(shot.follow).first.click()
    expect(page.locator(WAITING)).to_have_count(0)
    settled(page)
    page.mouse.move(0, 0)
    still(page)
    return page.screenshot(type="jpeg", quality=QUALITY)


def main() -> int:
    """Build the demo in a folder of its own, serve it, and write every picture."""
    program = find_browser()
    if program is None:
        print("没有找到 Chromium、Chrome 或 Edge，拍不了图")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "demo.duckdb"
        subprocess.run([sys.executable, "cli.py", "demo", "--db", str(database)], cwd=ROOT, check=True)
        with served(database) as app, sync_playwright() as playwright:
            options = [*OPTIONS, "--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else OPTIONS
            browser = playwright.chromium.launch(executable_path=program, args=options)
            page = browser.new_page(locale="zh-CN", reduced_motion="reduce")
            for shot in SHOTS:
                picture = take(page, app, shot)
                (PICTURES / f"{shot.name}.jpg").write_bytes(picture)
                print(f"{shot.name}.jpg：{len(picture) / 1000:.0f} KB", flush=True)
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
