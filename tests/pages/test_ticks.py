"""Ticks are kept by id across the pages and filters of a list, until they are cleared or have done their work."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages import cached
from pages.components.ticks import Ticks, clear, hear, ticked, ticks
from tests.pages.conftest import notices, text_of

CHAIN, LIST = "auto_parts", "targets/c/s"


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})


def tell(shown: str, picked: str, *, stamp: int = 0, scope: str = LIST) -> None:
    """What the browser tells of a page of the list: a letter is a row."""
    hear({"scope": scope, "stamp": stamp, "told": 1, "shown": list(shown), "picked": list(picked)})


def test_ticks_of_two_pages_add_up_in_the_order_of_choosing(session):
    tell("abc", "b")
    tell("def", "df")

    assert ticks(LIST).ids == ["b", "d", "f"]


def test_a_tick_taken_away_goes_and_those_of_other_pages_stay(session):
    tell("abc", "ab")
    tell("def", "e")

    tell("abc", "b")

    assert ticks(LIST).ids == ["b", "e"]


def test_telling_the_same_twice_changes_nothing(session):
    tell("abc", "ca")
    before = list(ticks(LIST).ids)

    tell("abc", "ac")

    assert ticks(LIST).ids == before == ["c", "a"]


def test_what_was_told_before_a_clearing_is_not_heard_after_it(session):
    tell("abc", "a")
    clear(LIST)

    tell("abc", "ab", stamp=0)
    assert ticks(LIST).ids == []

    tell("abc", "c", stamp=1)
    assert ticks(LIST).ids == ["c"]


def test_lists_do_not_know_of_each_other_and_rows_that_are_gone_are_not_chosen(session):
    tell("abc", "ab")
    tell("abc", "c", scope="targets/c/other")

    assert ticked(LIST, ["b", "c"]) == ["b"]
    assert ticked("targets/c/other", ["b", "c"]) == ["c"]


@pytest.fixture
def segment(database) -> str:
    gaps = cached.state(CHAIN).gaps
    return next(key for key in gaps.segment_id if len(cached.targets(CHAIN, key)) >= 30)


def chosen(app: AppTest, segment: str, firms: list[str]) -> AppTest:
    app.session_state["ticks"] = {f"targets/{CHAIN}/{segment}": Ticks(list(firms))}
    return app.run()


def test_firms_of_several_pages_go_on_the_catalogue_together_and_are_no_longer_ticked(segment, visit):
    found = cached.targets(CHAIN, segment)
    firms = [found.firm_id.iloc[0], found.firm_id.iloc[29]]
    app = chosen(visit("targets", chain=CHAIN, segment=segment, p="2"), segment, firms)
    assert "已选 2 家" in text_of(app)

    app.button(key="add_picked").click().run()

    assert "已把 2 家企业加入" in notices(app, "done")[0]
    assert cached.draft(CHAIN).items.firm_id.tolist() == firms
    assert app.button(key="add_picked").disabled
    assert "已选" not in text_of(app)


def test_ticks_that_a_filter_hides_are_counted_and_can_be_added_or_cleared(segment, visit):
    found = cached.targets(CHAIN, segment)
    word = found.name.iloc[0]
    firms = found.firm_id.head(3).tolist()

    app = chosen(visit("targets", chain=CHAIN, segment=segment, q=word), segment, firms)
    assert "已选 3 家，其中 2 家不在当前筛选内" in text_of(app)
    nothing = chosen(visit("targets", chain=CHAIN, segment=segment, q="没有这样的企业名"), segment, firms)
    assert "已选 3 家，其中 3 家不在当前筛选内" in text_of(nothing)
    assert "把勾选的 3 家加入招商目录" in nothing.button(key="add_picked").label

    app.button(key=f"clear_targets/{CHAIN}/{segment}").click().run()

    assert "已选" not in text_of(app)
    assert app.button(key="add_picked").disabled
