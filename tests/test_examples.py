"""The examples in docstrings run and give what they say."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

from tests.house import CODE, under


def modules_with_examples() -> list[str]:
    """Dotted names of the modules with a line that begins with >>>."""
    found = [path for path in CODE if any(line.lstrip().startswith(">>> ") for line in lines(path))]
    return [under(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in found]


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_run(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)

    assert outcome.attempted > 0
    assert outcome.failed == 0
