"""Weights saved by name on a page: chosen, replaced, deleted, by anyone who opens the page."""

from __future__ import annotations

from datetime import datetime

import pytest

from analysis.targets import TargetParams
from pages import cached
from services.saved_weights import find_weights, save_weights, saved_weights
from tests.pages.conftest import notices, text_of
from tests.pages.test_hostile_names import HOSTILE, SAFE, markdown_of

CHAIN = "powder_metallurgy"
DEFAULT = TargetParams().weights
NEAR = {**DEFAULT, "access": 0.8}
NAME, SET, SAVE, DELETE = (f"weights_targets_{what}" for what in ("name", "set", "save", "delete"))


@pytest.fixture
def page(database, visit):
    gaps = cached.state(CHAIN).gaps
    segment = next(key for key in gaps.segment_id if len(cached.targets(CHAIN, key)) >= 10)
    return lambda **params: visit("targets", chain=CHAIN, segment=segment, **params)


def kept(name: str = "重远近", weights=NEAR) -> None:
    save_weights(cached.store(), "targets", name, weights, actor="甲", at=datetime(2026, 1, 2, 8, 0))


def test_the_present_sliders_are_saved_under_a_name_and_shown_as_that_set(page):
    app = page(w_access="80")
    assert app.selectbox(key=SET).value == "*own"

    app.text_input(key=NAME).set_value("重远近").run()
    app.button(key=SAVE).click().run()

    assert not app.exception
    assert "已保存权重方案“重远近”" in notices(app, "done")[0]
    assert find_weights(cached.store(), "targets", "重远近").weights == NEAR
    assert app.selectbox(key=SET).value == "重远近"
    assert app.text_input(key=NAME).value == ""


def test_choosing_a_set_moves_the_sliders_and_the_address(page):
    kept()
    app = page()
    assert app.selectbox(key=SET).value == "*default"

    app.selectbox(key=SET).set_value("重远近").run()

    assert not app.exception
    assert app.slider(key="url_w_access").value == 80
    assert app.query_params["w_access"] == "80"
    assert "w_fit" not in app.query_params
    assert "甲 存于" in text_of(app)

    app.selectbox(key=SET).set_value("*default").run()
    assert "w_access" not in app.query_params


def test_a_name_in_use_is_said_first_and_replaced_on_the_second_press(page):
    kept()
    app = page(w_access="50")
    app.text_input(key=NAME).set_value("重远近").run()

    app.button(key=SAVE).click().run()
    assert "已有权重方案“重远近”（甲 存于 2026-01-02 08:00）" in notices(app, "failed")[0]
    assert find_weights(cached.store(), "targets", "重远近").weights == NEAR
    assert app.button(key=SAVE).label == "替换“重远近”"

    app.button(key=SAVE).click().run()
    assert "已替换" in notices(app, "done")[0]
    assert find_weights(cached.store(), "targets", "重远近").weights["access"] == 0.5


def test_another_name_after_the_warning_replaces_nothing(page):
    kept()
    app = page(w_access="50")
    app.text_input(key=NAME).set_value("重远近").run()
    app.button(key=SAVE).click().run()

    app.text_input(key=NAME).set_value("另一个").run()
    assert app.button(key=SAVE).label == "保存当前权重"
    app.button(key=SAVE).click().run()

    assert {one.name: one.weights["access"] for one in saved_weights(cached.store(), "targets")} == {
        "另一个": 0.5,
        "重远近": 0.8,
    }


def test_the_chosen_set_can_be_deleted_and_the_sliders_stay(page):
    kept()
    app = page(w_access="80")

    app.button(key=DELETE).click().run()

    assert "已删除权重方案“重远近”" in notices(app, "done")[0]
    assert saved_weights(cached.store(), "targets") == ()
    assert app.slider(key="url_w_access").value == 80
    assert app.button(key=DELETE).disabled


def test_a_set_without_a_name_is_not_saved_and_a_hostile_name_stays_text(page):
    app = page(w_access="80")
    app.button(key=SAVE).click().run()
    assert "1 到 30 个字" in notices(app, "failed")[0]

    kept(HOSTILE[:30])
    app = page(w_access="80")
    app.text_input(key=NAME).set_value(HOSTILE[:30]).run()
    app.button(key=SAVE).click().run()
    assert not app.exception
    assert SAFE[:20] in text_of(app)
    assert HOSTILE[:30] not in text_of(app)
    assert markdown_of(app) == []
