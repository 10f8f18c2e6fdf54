"""Onto the draft of a catalogue, as onto lists and trips: whom others follow comes in only with a reason, which is kept."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from services.catalogue import catalogue_content
from services.catalogue_draft import add_items, best_keys, draft_keys
from services.catalogue_versions import freeze
from services.context import read_context
from services.firm_history import firm_history
from services.loop import chain_state, targets_of
from services.outreach import Outreach, tell_outreach
from services.presence import load_cube

HOME = "370100"
AT, LATER = datetime(2026, 3, 2, 9, 0), datetime(2026, 3, 5, 9, 0)
THEIRS, FREE = "420300-1", "420300-2"
SAID = "乙首谈（2026-03-02），现为在谈"
WHY = "已与乙商定同去"


def put(store, chain, *firms: str, reason: str = ""):
    keys = [("part", firm) for firm in firms]
    return add_items(store, chain, HOME, keys, actor="甲", at=LATER, reason=reason)


def talked(store) -> None:
    tell_outreach(store, "tiny", HOME, [("part", THEIRS, Outreach("在谈"))], actor="乙", at=AT)


def test_a_firm_that_has_ended_is_not_proposed(store, chain):
    context = read_context(store)
    state = chain_state(store, chain, context, load_cube(store, (chain,)))
    ranked = targets_of(store, chain, "part", context)
    ended = ranked.assign(status=["注销", "存续", *[None] * (len(ranked) - 2)])

    keys = best_keys(lambda _: ended, state, n_gaps=1, per_gap=2)

    assert keys.firm_id.to_list() == ranked.firm_id.to_list()[1:3]


def test_a_firm_that_another_speaks_with_stays_out_until_a_reason_is_given_which_the_log_keeps(store, chain):
    talked(store)

    first = put(store, chain, THEIRS, FREE)
    assert (first.new, first.flagged) == (1, ((THEIRS, "420300第1厂", (SAID,)),))
    assert first.told == f"已加入 1 家。另有 1 家已有人跟进，未加入（420300第1厂：{SAID}）；仍要加入的须写明理由。"

    assert put(store, chain, THEIRS, FREE, reason=WHY).told == "已加入 1 家，1 家原已在目录中。"
    keys = draft_keys(store, chain, HOME)
    assert keys.firm_id.to_list() == [FREE, THEIRS]
    assert keys.claim_reason.isna().to_list() == [True, False]
    [(detail,)] = store.rows(
        "SELECT detail FROM audit_event WHERE action = 'catalogue_add' AND contains(detail, '首谈')"
    )
    assert detail == f"tiny-370100-draft part {THEIRS}：{SAID}；仍要加入：{WHY}"


def test_the_reason_stands_in_the_catalogue_for_those_inside_and_on_the_firms_time_line(store, chain):
    talked(store)
    put(store, chain, THEIRS, FREE, reason=WHY)
    context = read_context(store)
    state = chain_state(store, chain, context, load_cube(store, [chain]))
    ranked = partial(targets_of, store, chain, context=context)

    content = catalogue_content(store, chain, context, state, ranked, draft_keys(store, chain, HOME), LATER)
    minded = dict(zip(content.items.firm_id, content.items.conflicts, strict=True))
    assert minded[THEIRS][0] == f"他人已跟进，仍列入：{WHY}（甲）"
    assert not any("列入" in one for one in minded[FREE])

    freeze(store, chain, context, content, actor="甲", at=LATER)
    [(kept,)] = store.rows(
        "SELECT item ->> 'conflicts' FROM catalogue_item WHERE catalogue_id = 'tiny-370100-v1' AND firm_id = ?",
        [THEIRS],
    )
    assert SAID in kept
    assert WHY in kept
    told = firm_history(store, THEIRS, HOME, "甲", {}, {"part": "部件"})
    assert f"列入目录草稿，环节“部件”；他人已跟进，仍加入：{WHY}" in told.text.to_list()
