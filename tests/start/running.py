"""Run start.py as a user does, to its end or until its server answers."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

POSIX = os.name == "posix"


def run(root: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """start.py to its end, which must come by itself."""
    return subprocess.run(
        [sys.executable, "start.py", *arguments],
        cwd=root,
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def one_sentence(result: subprocess.CompletedProcess[str], *words: str, code: int = 1) -> None:
    """The run failed with one line on the error output, in Chinese, that has these words."""
    assert result.returncode == code, result.stdout + result.stderr
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert re.search(r"[一-鿿].*[。：]", lines[0])
    assert [word for word in words if word not in lines[0]] == [], lines[0]


class Started:
    """start.py while its server runs; killed with all its children at the end."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.root = root
        self.process = subprocess.Popen(
            [sys.executable, "start.py", *arguments],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=POSIX,
        )
        self.said = self._until_address()

    def _until_address(self) -> str:
        said = ""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            said += line
            if "链图已启动" in line:
                return said
        assert self.process.stderr is not None
        raise AssertionError(said + self.process.stderr.read())

    @property
    def served(self) -> dict[str, object]:
        return dict(json.loads((self.root / "served.json").read_text(encoding="utf-8")))

    def interrupt(self, *, group: bool) -> tuple[int, str]:
        """Exit code and error output after Ctrl+C, which a terminal sends to the whole group."""
        if group:
            os.killpg(self.process.pid, signal.SIGINT)
        else:
            self.process.send_signal(signal.SIGINT)
        _, errors = self.process.communicate(timeout=30)
        return self.process.returncode, errors

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=30)


def unreachable() -> dict[str, str]:
    """Settings under which pip finds nobody: no configuration file, and an index where no one listens."""
    known = {name: "" for name in os.environ if name.startswith("PIP_")}
    return known | {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
