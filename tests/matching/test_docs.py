"""The ten sentences of docs/matching.md are what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.matching import match
from tests.matching.made_up import BEARING, COLD_CHAIN, GEAR, PIG, STEEL_PIPE, firm

DOC = Path(__file__).resolve().parents[2] / "docs" / "matching.md"
RULES = {rule.name: rule for rule in (BEARING, GEAR, STEEL_PIPE, PIG, COLD_CHAIN)}


def sentences() -> list[list[str]]:
    """Rows of the table of sentences."""
    lines = DOC.read_text(encoding="utf-8").split("## 二、")[1].split("## 三、")[0].splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return rows[2:]


def test_there_are_ten_sentences() -> None:
    assert len(sentences()) == 10


@pytest.mark.parametrize("row", sentences(), ids=lambda row: row[0])
def test_each_sentence_is_judged_as_written(row: list[str]) -> None:
    scope, name, segment, role, verdict, _ = row
    pairs = match(firm(scope, name), [RULES[segment]]).pairs
    assert (pairs["role"][0], pairs["verdict"][0]) == (role, verdict)
