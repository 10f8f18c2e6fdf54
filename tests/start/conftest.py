"""Checkouts for start.py to run in: spaces and Chinese letters in the path, stand-ins for the app and the demo."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import installation
from tests.start.running import Started, free_port

ROOT = Path(__file__).resolve().parents[2]
# the stand-in for `python -m streamlit`: answers where it is told and says what it was given
SERVER = """
import http.server, json, os, sys
settings = dict(part[2:].split("=", 1) for part in sys.argv if part.startswith("--"))

class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass

with open("served.json", "w", encoding="utf-8") as file:
    json.dump({"db": os.environ["LIANTU_DB"], "pid": os.getpid(), "arguments": sys.argv[1:]}, file)
try:
    http.server.HTTPServer((settings["server.address"], int(settings["server.port"])), Answer).serve_forever()
except KeyboardInterrupt:
    pass
"""
DEMO = "import sys, pathlib\npathlib.Path(sys.argv[sys.argv.index('--db') + 1]).write_text('demo', encoding='utf-8')\n"


@pytest.fixture(scope="session")
def bare_venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished .venv with nothing but pip, made once."""
    root = tmp_path_factory.mktemp("bare")
    (root / "requirements.txt").write_text("# nothing\n", encoding="utf-8")
    installation.prepare(root, "requirements.txt")
    return root / ".venv"


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A checkout without .venv and database whose app and demo are stand-ins."""
    root = tmp_path / "招商 链图"
    root.mkdir()
    for name in ("start.py", "installation.py"):
        shutil.copy(ROOT / name, root / name)
    for name, text in {"requirements.txt": "# nothing\n", "streamlit.py": SERVER, "cli.py": DEMO, "app.py": ""}.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def checkout(fresh: Path, bare_venv: Path) -> Path:
    """A checkout that has been started before, but has no database."""
    shutil.copytree(bare_venv, fresh / ".venv", symlinks=True)
    return fresh


@pytest.fixture
def port() -> int:
    """A port on which nobody listens."""
    return free_port()


@pytest.fixture
def started() -> Iterator[list[Started]]:
    running: list[Started] = []
    yield running
    for one in running:
        one.close()
