"""Lists of firms, and the firms that someone else follows already."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from data.regions import resolve_region
from services.claims import claims_on
from services.lists import (
    NotOwner,
    UnknownList,
    UnusableText,
    add_firms,
    change_list,
    comment,
    comments_of,
    delete_list,
    find_list,
    items_of,
    lists_of,
    new_list,
    remove_firms,
)
from services.outreach import Outreach, tell_outreach

HOME = "370100"
AT, LATER, LAST = datetime(2026, 3, 2, 9, 0), datetime(2026, 3, 5, 9, 0), datetime(2026, 3, 9, 9, 0)
PROJECT = (
    "INSERT INTO project (project_id, name, adcode, firm_id, unit, source_id, as_of) "
    "VALUES ('p9', '钢城项目', '370117', '420100-4', '工信局', 's', '2019-05-01')"
)


def made(store, owner="甲", **rest):
    return new_list(store, HOME, "三月华东", actor=owner, at=AT, **rest)


def add(store, one, firms, actor="甲", at=LATER, reason=""):
    return add_firms(store, one.list_id, firms, "press", "tiny", actor, at, reason=reason)


def test_firms_are_added_once_in_their_order_with_the_state_that_holds_everywhere(store):
    one = made(store)
    assert add(store, one, ["420100-2", "420100-1", "420100-2"]).told == "已加入 2 家。"
    assert add(store, one, ["420100-1", "420100-3"]).told == "已加入 1 家，1 家原已在名单中。"
    tell_outreach(store, "tiny", HOME, [("part", "420100-1", Outreach("已联系"))], actor="甲", at=LATER)

    rows = items_of(store, one)
    assert rows.firm_id.to_list() == ["420100-2", "420100-1", "420100-3"]
    assert rows.contact_state.to_list() == ["待联系", "已联系", "待联系"]
    assert set(zip(rows.chain_id, rows.segment_id, strict=True)) == {("tiny", "press")}
    remove_firms(store, one.list_id, ["420100-1"], actor="甲", at=LAST)
    assert find_list(store, HOME, "三月华东", "甲").n_firms == 2


def test_a_list_is_its_owners_and_a_private_one_is_seen_by_no_other(store):
    shared, private = made(store), new_list(store, HOME, "底牌", actor="甲", at=LATER, shared=False)
    assert [one.name for one in lists_of(store, HOME, "甲")] == ["底牌", "三月华东"]
    assert [one.name for one in lists_of(store, HOME, "乙")] == ["三月华东"]
    with pytest.raises(UnknownList, match="没有名单“底牌”"):
        find_list(store, HOME, "底牌", "乙")
    with pytest.raises(UnknownList):
        add(store, private, ["420100-1"], actor="乙")
    with pytest.raises(NotOwner, match="由甲所有"):
        change_list(store, shared, actor="乙", at=LAST, name="夺来", unit="", shared=False)
    change_list(store, shared, actor="甲", at=LAST, name="四月华东", unit="招商局", shared=False)
    assert lists_of(store, HOME, "乙") == ()
    delete_list(store, shared, actor="甲", at=LAST)
    assert [one.name for one in lists_of(store, HOME, "甲")] == ["底牌"]


def test_what_others_follow_is_said_before_and_only_a_reason_brings_it_in(store):
    with store.write() as cursor:
        cursor.execute(PROJECT)
        cursor.execute(
            "INSERT INTO project_event VALUES ('p9', 'signed', '签约', '2019-02-01', ?, 't', NULL, 's')", [AT]
        )
    theirs = new_list(store, HOME, "底牌", actor="乙", at=AT, unit="商务局", shared=False)
    add(store, theirs, ["420100-2"], actor="乙", at=AT)
    tell_outreach(store, "tiny", HOME, [("press", "420100-3", Outreach("在谈"))], actor="丙", at=AT)
    one = made(store)
    wanted = ["420100-1", "420100-2", "420100-3", "420100-4"]

    added = add(store, one, wanted)
    assert (added.new, added.already) == (1, 0)
    assert {firm: said for firm, _, said in added.flagged} == {
        "420100-2": ("乙（商务局）首报（2026-03-02），在名单（未共享）",),
        "420100-3": ("丙首谈（2026-03-02），现为在谈",),
        "420100-4": ("工信局：本地已有项目“钢城项目”，签约（首见 2019-02-01）",),
    }
    assert "仍要加入的须写明理由" in added.told

    assert add(store, one, wanted, reason="与商务局说好一起去").new == 3
    assert items_of(store, one).reason.isna().to_list() == [True, False, False, False]
    [detail] = store.rows("SELECT detail FROM audit_event WHERE action = 'list_add' AND contains(detail, '420100-3')")[
        0
    ]
    assert detail == f"{one.list_id} 420100-3：丙首谈（2026-03-02），现为在谈；仍要加入：与商务局说好一起去"


def test_ones_own_unit_is_no_other_and_a_firm_given_up_is_free(store):
    theirs = made(store, "乙", unit="商务局")
    add(store, theirs, ["420100-1", "420100-2"], actor="乙", at=AT)
    colleagues = new_list(store, HOME, "同事的", actor="丙", at=AT, unit="商务局")
    assert add(store, colleagues, ["420100-1"], actor="丙").flagged == ()

    given_up = Outreach("放弃", None, "已在外地落地")
    tell_outreach(store, "tiny", HOME, [("press", "420100-2", given_up)], actor="乙", at=LATER)
    assert claims_on(store, resolve_region(store, HOME), ["420100-2"]) == {}
    assert add(store, made(store), ["420100-2"], at=LAST).flagged == ()


def test_the_first_to_speak_keeps_the_claim_when_others_tell_more(store):
    for actor, at, state in (("甲", AT, "已联系"), ("乙", LATER, "在谈")):
        tell_outreach(store, "tiny", HOME, [("press", "420100-1", Outreach(state))], actor=actor, at=at)
    [claim] = claims_on(store, resolve_region(store, HOME), ["420100-1"])["420100-1"]
    assert (claim.who, claim.since, claim.state) == ("甲", date(2026, 3, 2), "在谈")


def test_comments_stand_in_their_order_and_say_something(store):
    one = made(store)
    comment(store, one, "先去武汉", actor="甲", at=AT)
    comment(store, one, "带上\n用地清单", actor="乙", at=AT)
    assert comments_of(store, one)[["comment", "written_by"]].values.tolist() == [
        ["先去武汉", "甲"],
        ["带上\n用地清单", "乙"],
    ]
    with pytest.raises(UnusableText, match="评论要有 1 到 2000 个字"):
        comment(store, one, " ", actor="甲", at=AT)
    with pytest.raises(UnusableText, match="看不见的字符"):
        new_list(store, HOME, "换\n行", actor="甲", at=AT)
