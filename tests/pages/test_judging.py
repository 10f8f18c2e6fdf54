"""How a place judges: looked at through other glasses on the map, tried, kept and reset on 方法与可信度."""

from __future__ import annotations

import pytest

from pages import cached
from services.judging import Judging
from tests.pages.conftest import notices, text_of

CHAIN = "powder_metallurgy"


def test_another_benchmark_on_the_map_is_in_the_address_and_in_the_words(demo, visit):
    app = visit("chain_map", chain=CHAIN)

    app.selectbox(key="url_benchmark").set_value("province").run()

    assert not app.exception
    assert app.query_params["benchmark"] == "province"
    assert "按示范省比重应有" in text_of(app)
    assert cached.judging() == Judging()  # the place judges as before


def test_another_measure_on_the_map_is_in_the_address_and_in_the_words(demo, visit):
    app = visit("chain_map", chain=CHAIN)

    app.selectbox(key="url_measure").set_value("size").run()

    assert not app.exception
    assert app.query_params["measure"] == "size"
    assert "规模加权区位商" in text_of(app)


def test_a_benchmark_of_the_address_that_is_none_counts_as_the_place_s_own(demo, visit):
    app = visit("chain_map", chain=CHAIN, benchmark="moon", measure="weight")

    assert not app.exception
    assert "按全国比重应有" in text_of(app)


@pytest.mark.parametrize("view", ["methods", "judging", "firmness", "checks", "sources"])
def test_every_view_of_the_methods_page_is_drawn(demo, visit, view):
    app = visit("methods")

    app.selectbox(key="url_view").set_value(view).run()

    assert not app.exception
    assert "方法与可信度" in text_of(app)


def test_a_stricter_line_is_tried_before_it_is_kept(database, visit):
    app = visit("methods", view="judging")

    app.number_input(key="judge_strong_low").set_value(6.0).run()
    app.button(key="judge_try").click().run()

    assert not app.exception
    assert "个环节的判定会变" in notices(app, "warned")[0]
    assert cached.judging() == Judging()

    app.button(key="judge_save").click().run()

    assert "判定口径已保存" in notices(app, "done")[0]
    assert cached.judging().label.strong_low == 6.0
    assert "区间下限 &gt; 6" in text_of(visit("methods"))

    app.button(key="judge_reset").click().run()

    assert "已恢复默认口径" in notices(app, "done")[0]
    assert cached.judging() == Judging()


def test_the_same_lines_change_nothing_and_say_so(demo, visit):
    app = visit("methods", view="judging")

    app.button(key="judge_try").click().run()

    assert "所有环节的判定都不变" in notices(app, "done")[0]


def test_a_hand_picked_benchmark_that_is_no_place_is_refused_and_nothing_is_kept(database, visit):
    app = visit("methods", view="judging")

    app.selectbox(key="judge_benchmark").set_value("chosen").run()
    app.text_input(key="judge_codes").set_value("火星").run()
    app.button(key="judge_save").click().run()

    assert "不认识的基准“火星”" in notices(app, "failed")[0]
    assert cached.judging() == Judging()
