"""企业档案: notes, lists and claims, moved on the page."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from pages import cached
from pages.components.actions import PERSON
from services.lists import add_firms, items_of, lists_of, new_list
from tests.pages.conftest import notices, text_of

CHAIN = "powder_metallurgy"
AT = datetime(2026, 10, 8, 9, 0)


@pytest.fixture
def target(database):
    """The best target of the most urgent gap that has no project here: segment and firm."""
    segment = str(cached.state(CHAIN).gaps.segment_id.iloc[0])
    ranked = cached.targets(CHAIN, segment)
    return segment, str(ranked.firm_id[ranked.n_projects == 0].iloc[0])


def opened(visit, firm: str, segment: str, who: str):
    app = visit("firm", firm=firm, chain=CHAIN, segment=segment)
    app.session_state[PERSON] = who
    return app.run()


def test_a_page_says_gap_sources_and_events_and_takes_a_note(target, visit):
    segment, firm = target
    app = opened(visit, firm, segment, "甲")
    shown = text_of(app)
    assert "没有登记：本地没有它或其关联企业的项目" in shown
    assert "名</a>" in shown and cached.chain(CHAIN).segment(segment).name in shown
    assert "可用载体" in shown and "不限行业" in shown
    assert "每条事实的来源" in shown and "演示数据（虚构）" in shown
    assert [one.label for one in app.get("download_button")] == ["打印一页（PDF）"]

    app.text_input(key="firm_note").set_value("换了<b>负责人").run()
    app.button(key="firm_note_add").click().run()
    assert "换了&lt;b&gt;负责人" in text_of(app)
    assert notices(app, "done")
    app.button(key="firm_note_add").click().run()
    assert "备注要有" in notices(app, "failed")[0]


def test_a_firm_that_another_follows_is_flagged_and_added_only_with_a_reason(target, visit):
    segment, firm = target
    theirs = new_list(cached.store(), cached.context().home.adcode, "他们的", actor="乙", at=AT, unit="商务局")
    add_firms(cached.store(), theirs.list_id, [firm], segment, CHAIN, "乙", AT)
    app = opened(visit, firm, segment, "甲")
    told = "联系之前请先与对方商量：乙（商务局）首报（2026-10-08），在名单“他们的”"
    assert any(told in one for one in notices(app, "warned"))

    app.selectbox(key="firm_list_list").set_value("*new").run()
    app.text_input(key="firm_list_name").set_value("我们的").run()
    app.button(key="firm_list_add").click().run()
    [own] = [one for one in lists_of(cached.store(), cached.context().home.adcode, "甲") if one.owner == "甲"]
    assert items_of(cached.store(), own).empty
    assert "未加入" in notices(app, "done")[0]

    app.selectbox(key="firm_list_list").set_value(own.list_id).run()
    app.checkbox(key="firm_list_still").set_value(True).run()
    app.text_input(key="firm_list_reason").set_value("与商务局同去").run()
    app.button(key="firm_list_add").click().run()
    assert items_of(cached.store(), own).reason.to_list() == ["与商务局同去"]
    assert "与商务局同去" in text_of(app)


def test_the_row_of_a_target_says_who_follows_it_before_it_is_ticked(target, visit):
    segment, firm = target
    one = new_list(cached.store(), cached.context().home.adcode, "他们的", actor="乙", at=AT, shared=False)
    assert "乙首报" not in picked_html(visit("targets", chain=CHAIN, segment=segment))
    add_firms(cached.store(), one.list_id, [firm], segment, CHAIN, "乙", AT)
    assert "乙首报（2026-10-08），在名单（未共享）" in picked_html(visit("targets", chain=CHAIN, segment=segment))


def picked_html(app) -> str:
    """The table with boxes, which is a component's: its data travel as JSON."""
    [table] = app.get("bidi_component")
    return str(json.loads(table.proto.json)["html"])
