"""Run every check and test: ``python -m tests.run [pytest arguments]``; start.py prepares the environment for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.browser.chromium import ensure_browser
from tests.office import ensure_office

ROOT = Path(__file__).resolve().parents[1]
CHECKS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "import-linter": ["-c", "from importlinter.cli import lint_imports_command as lint; lint(['--no-logo'])"],
}


def run_check(name: str, arguments: Sequence[str]) -> tuple[str, bool]:
    """One line on the outcome of a check, and whether it passed."""
    print(f"\n── {name} ──", flush=True)
    began = time.monotonic()
    code = subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode
    return _outcome(name, code, began), code == 0


def run_pytest(arguments: Sequence[str]) -> tuple[str, bool, str]:
    """One line on the outcome of the tests, whether they passed, and pytest's closing line."""
    print("\n── pytest ──", flush=True)
    began = time.monotonic()
    # the gate holds only where all tests run
    whole = [] if arguments else ["--cov", "--cov-report=term:skip-covered", "--durations=8", *_processes()]
    command = [sys.executable, "-m", "pytest", *whole, *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        closing = _echo(process)
        code = process.wait()
    return _outcome("pytest", code, began), code == 0, closing


def _processes() -> list[str]:
    """One process for each core, at most four: each may hold a million firms or a browser; see tests/workers.py."""
    n = min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    return ["-n", str(n), "--dist", "loadscope", "--no-loadscope-reorder"] if n > 1 else []


def _echo(process: subprocess.Popen[bytes]) -> str:
    """Pass the output on as it comes; its last line that is not empty."""
    tail = b""
    output = process.stdout
    if output is None:
        raise ValueError("the process has no pipe")
    while chunk := os.read(output.fileno(), 65536):
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        tail = (tail + chunk)[-65536:]
    lines = [line for line in tail.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1] if lines else "0 passed, 1 failed"


def _outcome(name: str, code: int, began: float) -> str:
    return f"{'通过  ' if code == 0 else '未通过'}  {name}（{time.monotonic() - began:.0f} 秒）"


def main(arguments: Sequence[str]) -> int:
    """0 where every check and test passed, else 1; the last line printed is pytest's own."""
    browser, office = ensure_browser(), ensure_office()
    checks = [run_check(name, command) for name, command in CHECKS.items()]
    summary, passed, closing = run_pytest(arguments)
    print("\n".join(["", *(line for line, _ in checks), summary, browser, office, closing]), flush=True)
    return 0 if passed and all(fine for _, fine in checks) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
