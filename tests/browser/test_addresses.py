"""Addresses drawn at random, some of them nonsense, in a browser: each opens, and says the same afterwards.

Every fourth is opened as one that was pasted; the others follow each other in the session, as links and the back button do.
"""

from __future__ import annotations

from random import Random
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.waiting import follow, visit
from tests.pages.test_addresses import drawn_address

N, SEED, PASTED = 200, 66, 4


def test_an_address_opens_and_says_the_same_afterwards(page: Page, demo_app: str) -> None:
    chance = Random(SEED)
    for at in range(N):
        name, said, _ = drawn_address(chance)
        go = follow if at % PASTED else visit
        go(page, f"{demo_app}/{'' if name == 'overview' else name}?{urlencode(said)}")

        expect(page.locator(".lt-head")).to_be_visible()
        expect(page.get_by_text("这个页面出错了")).to_have_count(0)
        assert dict(parse_qsl(urlsplit(page.url).query)) == said
