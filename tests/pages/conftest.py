"""The demo district for the tests of pages: built once, copied for tests that change facts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from data.demo import build_demo
from data.store import open_store
from pages import cached
from services.matching import match_chains
from services.packages import demo_chains
from tests.untraced import untraced

ENTRY = Path(__file__).resolve().parents[2] / "pages" / "entry.py"
SCRIPT = "from pages.components.errors import guarded\nfrom pages.{name} import page\nguarded(page)\n"

Visit = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def packages_searched_once() -> Iterator[None]:
    """Every new AppTest searches all installed packages for components, of which there are none: once is enough."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo district in a closed file."""
    path = tmp_path_factory.mktemp("pages") / "demo.duckdb"
    with open_store(path) as store, untraced():
        build_demo(store, demo_chains(), lambda _share, _told: None)
        match_chains(store, demo_chains(), datetime(2026, 10, 1, 9, 0))
    return path


@pytest.fixture
def demo(demo_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo district that the pages use; for tests that only look: what one computed, the next finds in the cache."""
    monkeypatch.setenv(cached.DATABASE, str(demo_file))
    return demo_file


@pytest.fixture
def database(demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the demo district that the pages use."""
    path = tmp_path / "copy.duckdb"
    shutil.copy(demo_file, path)
    yield from _used(path, monkeypatch)


@pytest.fixture
def empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store without any firm, as on the first day."""
    yield from _used(tmp_path / "empty.duckdb", monkeypatch)


def _used(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(cached.DATABASE, str(path))
    yield path
    cached.store().close()


@pytest.fixture
def visit() -> Visit:
    """Run one page with parameters in its address."""

    def run(name: str, **params: str) -> AppTest:
        app = AppTest.from_string(SCRIPT.format(name=name), default_timeout=60)
        app.query_params.update(params)
        return app.run()

    return run


def text_of(app: AppTest) -> str:
    """All HTML and text that a page shows."""
    shown = [element.proto.body for element in app.get("html")]
    return "\n".join([*shown, *(block.value for block in app.markdown)])


def notices(app: AppTest, kind: str) -> list[str]:
    """The sentences that a page says of a kind (done, warned, failed), as HTML."""
    shown = [element.proto.body for element in app.get("html")]
    return [one for one in shown if one.startswith(f'<p class="lt-notice lt-notice-{kind}"')]
