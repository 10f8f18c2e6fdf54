"""Waiting for the app in the browser: never for a time, always for what the app says or shows.

- :func:`visit` opens an address, :func:`follow` goes to one within the session; :func:`settled` waits until what was asked for before is drawn to its end.
- ``with redrawn(page): …`` around what makes the server draw anew, where no visible outcome can be waited for.
- An outcome that can be seen is waited for with ``expect``, which looks again and again.
- That nothing happens is seen by doing something that surely has an outcome after it: the app answers in order.
- :func:`until` does something again and again until it shows, for canvases, which do not say when they are ready.
- :func:`slowed` makes the browser slow, for what must hold while a page is being drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
LONG = 60_000
DONE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
DRAWING = "[data-drawing]"
STILL = "document.getAnimations().every((one) => !(one instanceof CSSTransition))"
LOADING = '[data-testid="stSkeleton"]'
FOLLOW = """(address) => {
  const link = document.createElement('a');
  link.href = address;
  link.dataset.nav = '';
  document.body.append(link);
  link.click();
  link.remove();
}"""
TITLE = '[data-testid="stMainBlockContainer"] h1'


def settled(page: Page) -> None:
    """Wait until the page is drawn to its end, every part of it is loaded and no script runs."""
    expect(page.locator(TITLE)).to_be_visible(timeout=LONG)
    expect(page.locator(DRAWING)).to_be_attached(timeout=LONG)
    expect(page.locator(DONE)).to_be_attached(timeout=LONG)
    expect(page.locator(LOADING)).to_have_count(0, timeout=LONG)


def still(page: Page) -> None:
    """Wait until nothing fades in any more: while it does, colours are not those it will have."""
    page.wait_for_function(STILL)


def visit(page: Page, address: str) -> None:
    """Open an address and wait for it."""
    page.goto(address)
    settled(page)


def follow(page: Page, address: str) -> None:
    """Go to another address as the links of a page do: in the session, without reading the app's script anew; wait for it."""
    with redrawn(page):
        page.evaluate(FOLLOW, address)


@contextmanager
def redrawn(page: Page) -> Iterator[None]:
    """Wait until the page was drawn anew after what is done inside."""
    before = page.locator(DRAWING).get_attribute("data-drawing", timeout=LONG)
    yield
    expect(page.locator(f'{DRAWING}:not([data-drawing="{before}"])')).to_be_attached(timeout=LONG)
    settled(page)


def until(act: Callable[[], None], seen: Locator) -> None:
    """Do something again and again until it shows."""
    for _ in range(20):
        act()
        try:
            expect(seen).to_be_visible(timeout=3_000)
        except AssertionError:
            continue
        return
    expect(seen).to_be_visible()


@contextmanager
def slowed(page: Page, times: float) -> Iterator[None]:
    """Everything in the browser takes so many times as long inside."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})
    try:
        yield
    finally:
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        session.detach()
