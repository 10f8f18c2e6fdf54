"""Where no register of projects was imported, no page says that there is no project: it says that nothing is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.imports import undo
from pages import cached
from pages.registry import PAGES
from tests.pages.conftest import text_of

CHAIN = "auto_parts"


@pytest.fixture
def unregistered(database: Path) -> Path:
    """The demo district without its projects, as on the day before the register is imported."""
    undo(cached.store(), "demo-projects")
    return database


@pytest.mark.parametrize("name", [entry.path for entry in PAGES])
def test_every_page_opens(name, unregistered, visit):
    assert not visit(name).exception


@pytest.mark.parametrize("name", ["overview", "chain_map", "gaps"])
def test_pages_say_that_nothing_is_known_instead_of_none(name, unregistered, visit):
    shown = text_of(visit(name, chain=CHAIN))

    assert "未导入项目台账" in shown
    assert "尚无签约项目" not in shown


def test_the_panel_of_a_segment_says_it_too(unregistered, visit):
    segment = cached.state(CHAIN).gaps.segment_id[0]
    shown = text_of(visit("chain_map", chain=CHAIN, segment=segment))

    assert "未导入项目台账，无数据。" in shown
    assert "还没有挂接的项目" not in shown


@pytest.mark.parametrize("covered", ["no", "yes", "effective"])
def test_gaps_of_unknown_coverage_are_neither_covered_nor_uncovered(covered, unregistered, visit):
    app = visit("gaps", chain=CHAIN, covered=covered)

    assert not app.exception
    assert "没有符合条件的缺口" in text_of(app)


def test_counts_of_covered_gaps_read_no_data(unregistered, visit):
    shown = text_of(visit("gaps", chain=CHAIN))

    assert "无数据 / 无数据" in shown
