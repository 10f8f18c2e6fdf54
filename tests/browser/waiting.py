"""Waiting for the app in the browser to have done what was asked of it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
DONE = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def settled(page: Page) -> None:
    """Wait until the page is drawn and no script runs."""
    expect(page.locator('[data-testid="stMainBlockContainer"] h1')).to_be_visible(timeout=30_000)
    expect(page.locator(DONE)).to_be_attached(timeout=30_000)


def visit(page: Page, address: str) -> None:
    """Open an address and wait for it."""
    page.goto(address)
    settled(page)
