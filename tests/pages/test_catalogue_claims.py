"""加入招商目录 from every page that can: who follows a firm is said before, and it comes in only with a reason."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from pages import cached
from services.outreach import Outreach, tell_outreach
from tests.pages.conftest import notices, text_of
from tests.pages.test_actions import CHAIN, button

AT = datetime(2026, 10, 2, 9, 0)
WHY = "已与商务局乙商定同去"


@pytest.fixture
def best(database: Path) -> pd.DataFrame:
    """The targets of a gap, of which another is in talks with the first."""
    gaps = cached.state(CHAIN).gaps
    found = next(rows for segment in gaps.segment_id if len(rows := cached.targets(CHAIN, segment)) >= 10)
    first = found.iloc[0]
    home = cached.context().home.adcode
    told = [(first.segment_id, first.firm_id, Outreach("在谈"))]
    tell_outreach(cached.store(), CHAIN, home, told, actor="商务局乙", at=AT)
    return found


def drafted() -> list[str]:
    content = cached.draft(CHAIN)
    return [] if content is None else content.items.firm_id.to_list()


def test_of_the_ten_best_those_that_others_follow_are_held_back_and_named(best, visit):
    app = visit("targets", chain=CHAIN, segment=best.segment_id[0])
    button(app, "加入得分最高的 10 家").click().run()

    [said] = notices(app, "done")
    assert f"{best.name.iloc[0]}：商务局乙首谈（2026-10-02），现为在谈" in said
    assert "仍要加入的须写明理由" in said
    assert best.firm_id[0] not in drafted()
    assert best.firm_id[1] in drafted()


def test_from_the_firms_page_it_wants_a_tick_and_a_reason_and_the_catalogue_shows_it(best, visit):
    firm = best.iloc[0]
    app = visit("firm", firm=firm.firm_id, chain=CHAIN, segment=firm.segment_id)
    assert any("已有人跟进（首报首谈）" in one for one in notices(app, "warned"))

    app.button(key="add_firm").click().run()
    assert drafted() == []
    assert "已加入 0 家。另有 1 家已有人跟进，未加入" in notices(app, "done")[0]

    app.checkbox(key="add_firm_still").check().run()
    app.button(key="add_firm").click().run()
    assert "请先写明理由" in notices(app, "failed")[0]

    app.text_input(key="add_firm_reason").set_value(WHY).run()
    app.button(key="add_firm").click().run()
    assert drafted() == [firm.firm_id]
    assert cached.draft(CHAIN).items.conflicts[0][0] == f"他人已跟进，仍列入：{WHY}（本机用户）"


def test_a_firm_that_nobody_follows_goes_on_the_catalogue_at_one_press(best, visit):
    firm = best.iloc[1]
    app = visit("firm", firm=firm.firm_id, chain=CHAIN, segment=firm.segment_id)

    app.button(key="add_firm").click().run()

    assert drafted() == [firm.firm_id]
    assert not [one for one in app.checkbox if one.key == "add_firm_still"]


def test_a_firm_whose_mother_another_speaks_with_says_by_which_link_and_leads_there(best, visit):
    mother, daughter = best.iloc[0], best.iloc[2]
    row = [None, mother.firm_id, daughter.firm_id, "owns", "持股 60%", None, "demo", AT.date()]
    with cached.store().write() as cursor:
        cursor.execute("INSERT INTO relation VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    app = visit("firm", firm=daughter.firm_id, chain=CHAIN, segment=daughter.segment_id)

    shown = text_of(app)
    assert f"出资方“{mother['name']}”（持股 60%；来源：演示数据（虚构），截至 2026-10-02）：商务局乙首谈" in shown
    assert f"firm={mother.firm_id}" in shown
    assert "首谈 · 关联企业" in shown
    assert [one.label for one in app.checkbox if one.key == "add_firm_still"] == ["仍要加入这 1 家"]
