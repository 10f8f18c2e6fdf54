"""docs/importing.md says what the importer does."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.imports import KINDS, limits
from data.imports.capital import CAPITAL_LIMIT_CNY, CAPITAL_ROUND_DOUBT_CNY
from data.imports.fields import REQUIRED, fields_of
from data.imports.mapping import OPTIONS

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", list(REQUIRED))
def test_the_columns_of_every_kind_are_listed_as_they_are(kind: str) -> None:
    assert f"| {kind} | {'、'.join(fields_of(kind))} |" in TEXT


def test_kinds_options_and_thresholds_are_those_of_the_code() -> None:
    assert all(f"| `{kind}` |" in TEXT for kind in KINDS)
    assert all(f"\n{option}: " in TEXT for option in OPTIONS)
    assert CAPITAL_ROUND_DOUBT_CNY == 30e8 and "≥ 30 亿元" in TEXT
    assert CAPITAL_LIMIT_CNY == 1000e8 and "≥ 1000 亿元" in TEXT
    assert f"超过 {limits.MAX_TEXT_CHARACTERS:,} 字" in TEXT and f"超过 {limits.MAX_NAME_CHARACTERS} 字" in TEXT
    assert f"超过 {limits.MAX_COLUMNS} 列" in TEXT and f"前 {limits.MAX_TITLE_ROWS} 行" in TEXT
    assert f"超过 {limits.MAX_XLSX_BYTES >> 20} MB、展开超过 {limits.MAX_XLSX_UNPACKED_BYTES >> 20} MB" in TEXT
