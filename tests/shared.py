"""Where tests find the shared data folder, which is never part of the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_path(name: str) -> Path:
    """Path of a file of ../shared/data; skips the test where it is absent, fails it under CI=true."""
    path = SHARED_DATA / name
    if not path.exists():
        reason = f"../shared/data/{name} is absent: real data is not shipped with the project"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path
