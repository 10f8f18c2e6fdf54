"""The app in a real browser: a server on a free port with a given database, a page, and a journal of what it did."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

import start
from installation import child
from tests.browser.chromium import find_browser
from tests.start.running import free_port

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = [
    "--disable-background-networking",
    "--disable-component-update",
    # what the browser draws ahead for its own window, which nobody sees: more work than a page of the app
    "--disable-features=PreloadTopChromeWebUI,WebUIOmniboxAimPopup,WebUIOmniboxPopup",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
FAILED = pytest.StashKey[bool]()
DESK: ViewportSize = {"width": 1440, "height": 900}
FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { /* a page without an address keeps nothing */ } }"


@dataclass
class Journal:
    """What the pages of one test asked for outside 127.0.0.1, and what their console complained of."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def requested(self, url: str) -> None:
        """Note an address that is not this machine's own."""
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about"} and parts.hostname != "127.0.0.1":
            self.outside.append(url)

    def said(self, message: ConsoleMessage) -> None:
        """Note an error of the console."""
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def forget(self) -> None:
        """Begin anew, for another test."""
        self.outside.clear()
        self.errors.clear()

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of the context."""
        context.on("request", lambda request: self.requested(request.url))
        context.on("console", self.said)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("page", lambda page: page.on("websocket", lambda socket: self.requested(socket.url)))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser of this machine, for the tests of one folder.

    Playwright keeps an event loop running in its thread. A test of another folder, next in the same process, must not find it.
    """
    program = find_browser()
    if program is None:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        options = [*OPTIONS, "--no-sandbox"] if root else OPTIONS
        browser = playwright.chromium.launch(executable_path=program, args=options)
        yield browser
        browser.close()


@contextmanager
def served(database: Path) -> Iterator[str]:
    """The app on a database while the block lasts; its address."""
    port = free_port()
    command = start.server_command(Path(sys.executable), "127.0.0.1", port)
    with child(command, ROOT, LIANTU_DB=str(database)) as server:
        start.wait_for(server, "127.0.0.1", port)
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional demo district in a file, built once."""
    database = tmp_path_factory.mktemp("demo") / "liantu.duckdb"
    command = [sys.executable, "cli.py", "demo", "--db", str(database)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return database


@pytest.fixture(scope="session")
def demo_app(demo_database: Path) -> Iterator[str]:
    """Address of the app on the demo district, for tests that only look."""
    with served(demo_database) as address:
        yield address


@pytest.fixture(scope="module")
def own_app(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app on a copy of the demo district, for the tests of one module: what one changes the next finds."""
    copy = tmp_path_factory.mktemp("own") / "liantu.duckdb"
    shutil.copy(demo_database, copy)
    shutil.copytree(f"{demo_database}.phrases", f"{copy}.phrases")
    with served(copy) as address:
        yield address


Window = tuple[Page, Journal]
"""A window, and what it asked for; kept from test to test: a new one reads the app's script anew, two seconds of work."""


@contextmanager
def lent(window: Window, node: pytest.Item) -> Iterator[Page]:
    """The window for one test, which leaves nothing behind in it; a request to outside or an error of the console fails it."""
    page, journal = window
    journal.forget()
    yield page
    if node.stash.get(FAILED, False):
        name = re.sub(r"\W+", "-", node.nodeid)
        page.screenshot(path=ROOT / "test-results" / f"{name}.png", full_page=True)
    page.evaluate(FORGET)
    page.goto("about:blank")
    page.context.clear_cookies()
    assert journal.outside == []
    assert journal.errors == []


@pytest.fixture(scope="package")
def desk(chromium: Browser) -> Iterator[Window]:
    """A desktop window in Chinese."""
    journal = Journal()
    context = chromium.new_context(locale="zh-CN", viewport=DESK, accept_downloads=True)
    journal.watch(context)
    yield context.new_page(), journal
    context.close()


@pytest.fixture
def journal(desk: Window) -> Journal:
    """What the desktop window did in this test; a test that provokes an error takes it out before the end."""
    return desk[1]


@pytest.fixture
def page(desk: Window, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The desktop window, as large as a new one and with the pointer out of the way."""
    with lent(desk, request.node) as held:
        held.set_viewport_size(DESK)
        held.mouse.move(0, 0)
        yield held


@pytest.fixture(scope="package")
def window(chromium: Browser) -> Iterator[Window]:
    """A tablet held upright, touched with fingers."""
    journal = Journal()
    context = chromium.new_context(
        locale="zh-CN", viewport={"width": 820, "height": 1180}, has_touch=True, reduced_motion="reduce"
    )
    journal.watch(context)
    yield context.new_page(), journal
    context.close()


@pytest.fixture
def tablet(window: Window, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The tablet."""
    with lent(window, request.node) as held:
        yield held


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure, so that the page can leave a picture of it."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report
