"""Packages of Debian that some tests want; installed where the tests run as root on Debian. Standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def is_debian_root() -> bool:
    """Whether packages can be installed without asking."""
    release = Path("/etc/os-release")
    if sys.platform == "win32" or os.geteuid() != 0 or not release.is_file() or not shutil.which("apt-get"):
        return False
    return "ID=debian" in release.read_text(encoding="utf-8").splitlines()


def install(*packages: str) -> str:
    """Install packages; a Chinese sentence on what went wrong, empty for nothing."""
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
        result = subprocess.run(
            ["apt-get", *arguments], env=variables, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
        if result.returncode:
            return f"apt-get {arguments[0]} 失败：{(result.stderr or result.stdout).strip().splitlines()[-1:]}"
    return ""
