"""One truth on how far a firm has been brought, whoever tells it and wherever it is shown."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from services.outreach import Outreach, WrongOutreach, give_up, outreach_of, tell_outreach, with_outreach

HOME = "370100"
MORNING, EVENING = datetime(2026, 3, 2, 9, 0), datetime(2026, 3, 2, 18, 0)


def test_the_newest_word_on_a_firm_holds_for_every_segment_and_the_older_ones_are_kept(store):
    tell_outreach(store, "tiny", HOME, [("press", "420100-1", Outreach("已联系"))], actor="甲", at=MORNING)
    visited = Outreach("已拜访", date(2026, 3, 2), "愿意来看", "寄资料")
    tell_outreach(store, "tiny", HOME, [("part", "420100-1", visited)], actor="乙", at=EVENING)

    assert outreach_of(store, HOME) == {"420100-1": visited}
    shown = with_outreach(pd.DataFrame({"firm_id": ["420100-1", "420100-2"]}), outreach_of(store, HOME))
    assert shown.contact_state.to_list() == ["已拜访", "待联系"]
    told = store.rows("SELECT state, changed_by FROM outreach_event ORDER BY changed_at")
    assert told == [("已联系", "甲"), ("已拜访", "乙")]


def test_of_two_words_in_the_same_second_the_later_told_holds(store):
    for state in ("已联系", "有意向"):
        tell_outreach(store, None, HOME, [(None, "420100-1", Outreach(state))], actor="甲", at=MORNING)
    assert outreach_of(store, HOME)["420100-1"].state == "有意向"
    assert outreach_of(store, "420300") == {}


def test_what_cannot_be_is_refused_and_nothing_is_kept(store):
    told = [("press", "420100-1", Outreach("已联系")), ("press", "420100-2", Outreach("谈崩了"))]
    with pytest.raises(WrongOutreach, match="谈崩了"):
        tell_outreach(store, "tiny", HOME, told, actor="甲", at=MORNING)
    with pytest.raises(WrongOutreach, match="晚于今天"):
        late = Outreach("已拜访", date(2026, 3, 3))
        tell_outreach(store, "tiny", HOME, [("press", "420100-1", late)], actor="甲", at=MORNING)
    assert outreach_of(store, HOME) == {}


def test_giving_up_needs_a_reason():
    with pytest.raises(WrongOutreach, match="写明原因"):
        give_up("放弃", " ")
    give_up("放弃", "已在外地落地")
    give_up("已联系", "")
