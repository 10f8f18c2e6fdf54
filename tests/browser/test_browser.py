"""The harness itself: it must notice what it is there to notice."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Journal


def test_the_journal_notices_a_request_to_outside_and_an_error(page: Page, journal: Journal) -> None:
    page.set_content('<img src="http://outside.invalid/pixel.png"><script>console.error("loud")</script>')
    page.wait_for_load_state("networkidle")

    assert journal.outside == ["http://outside.invalid/pixel.png"]
    assert any("loud" in error for error in journal.errors)
    journal.outside.clear()
    journal.errors.clear()


def test_the_journal_lets_the_machines_own_addresses_pass() -> None:
    journal = Journal()
    for url in ("http://127.0.0.1:8501/x", "ws://127.0.0.1:8501/_stcore/stream", "data:text/plain,x", "blob:null/1"):
        journal.requested(url)

    assert journal.outside == []
