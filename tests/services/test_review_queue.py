"""The pairs that wait, in their order; what is promised of one is what is seen after it is decided."""

from __future__ import annotations

import pytest

from data.cube import rebuild_cube
from data.settings import set_home
from services.context import read_context
from services.loop import chain_state
from services.presence import load_cube
from services.review import decide, undo_pair
from services.review_queue import (
    load_ground,
    local_queue,
    pairs_version,
    prospect,
    review_pair,
    say_target,
    target_queue,
    waiting_counts,
)
from tests.services.conftest import AT

ADD = (
    "INSERT INTO segment_firm BY NAME SELECT 'tiny' AS chain_id, $segment AS segment_id, $firm AS firm_id, $role AS role, "
    "$verdict AS verdict, $score AS score, '制造' AS evidence, 'rule' AS decided_by, true AS core, "
    "$verdict AS rule_verdict, $role AS rule_role"
)


def add(store, segment, firm, *, verdict="uncertain", score=0.5, role="maker"):
    with store.write() as cursor:
        key = {"segment": segment, "firm": firm, "role": role, "verdict": verdict, "score": score}
        cursor.execute(
            "DELETE FROM segment_firm WHERE segment_id = $segment AND firm_id = $firm",
            {"segment": segment, "firm": firm},
        )
        cursor.execute(ADD, key)
        rebuild_cube(cursor)


def state(store, chain):
    context = read_context(store)
    return chain_state(store, chain, context, load_cube(store, [chain]))


def label(store, chain, segment):
    return state(store, chain).labels.set_index("segment_id").label[segment]


def queue(store, chain):
    now = state(store, chain)
    return local_queue(store, chain, read_context(store).home, now.labels, now.gaps)


def promised(store, chain, segment, firm):
    home = read_context(store).home
    return prospect(store, chain, (segment, firm), home, load_ground(store, home))


@pytest.fixture
def waiting(store):
    """In Jinan four firms wait to be parts makers (nobody is one) and one researcher; far away one does."""
    for n in (1, 2, 3, 4):
        add(store, "part", f"370100-{n}")
    add(store, "part", "370100-5", role="rd")
    add(store, "part", "420300-20")
    add(store, "powder", "420300-7")
    return store


def test_the_pairs_of_the_home_region_wait_and_those_elsewhere_do_not(waiting, chain):
    assert waiting_counts(waiting, chain, read_context(waiting).home) == {"part": 5}
    assert set(queue(waiting, chain).firm_id) == {f"370100-{n}" for n in (1, 2, 3, 4, 5)}


@pytest.mark.parametrize("segment", ["press", "part"])
@pytest.mark.parametrize("n_before", [0, 2])
@pytest.mark.parametrize("home", ["370100", "420300", "100000"])
def test_a_promised_label_is_the_label_seen(store, chain, segment, n_before, home):
    set_home(store, home)
    city = "370100" if home == "100000" else home
    for n in range(1, 9):
        add(
            store,
            segment,
            f"{city}-{n}",
            verdict="confirmed" if n <= n_before else "uncertain",
            score=0.9 if n <= n_before else 0.5,
        )
    before = label(store, chain, segment)
    first, *others = [f"{city}-{n}" for n in (n_before + 1, 8, 7, 6, 5, 4, 3, 2) if n > n_before]
    promise = promised(store, chain, segment, first)
    assert promise.label == before
    n = promise.change.n if promise.change else 8 - n_before
    for firm in [first, *[one for one in others if one != first]][: n - 1]:
        decide(store, chain, (segment, firm), "confirmed", actor="王芳", at=AT)
    assert label(store, chain, segment) == before
    last = next(f for f in [first, *others] if not store.rows("SELECT 1 FROM segment_decision WHERE firm_id = ?", [f]))
    decide(store, chain, (segment, last), "confirmed", actor="王芳", at=AT)
    assert label(store, chain, segment) == (promise.change.after if promise.change else before)


def test_a_weakly_confirmed_firm_waits_where_rejecting_it_changes_the_label(store, chain):
    add(store, "part", "370100-1", verdict="confirmed", score=0.62)
    before = label(store, chain, "part")
    rows = queue(store, chain)
    promise = promised(store, chain, "part", "370100-1")
    assert rows[["firm_id", "sign"]].values.tolist() == [["370100-1", -1]]
    decide(store, chain, ("part", "370100-1"), "rejected", actor="王芳", at=AT)
    assert before == promise.change.before
    assert label(store, chain, "part") == promise.change.after == "missing"


def test_a_firm_confirmed_beyond_doubt_does_not_wait(store, chain):
    add(store, "part", "370100-1", verdict="confirmed", score=0.95)
    assert queue(store, chain).empty


def test_a_decided_pair_waits_no_more_and_waits_again_when_it_is_undone(waiting, chain):
    decide(waiting, chain, ("part", "370100-2"), "rejected", actor="王芳", at=AT)
    assert "370100-2" not in set(queue(waiting, chain).firm_id)
    assert "不在待核之列" in promised(waiting, chain, "part", "370100-2").sentence
    undo_pair(waiting, chain, ("part", "370100-2"), actor="王芳", at=AT)
    assert "370100-2" in set(queue(waiting, chain).firm_id)


def test_a_researcher_of_a_product_changes_no_label_and_the_sentence_says_so(waiting, chain):
    promise = promised(waiting, chain, "part", "370100-5")
    assert promise.change is None
    assert "研发类企业不计入" in promise.sentence
    assert queue(waiting, chain).firm_id.iloc[-1] == "370100-5"


def test_firms_elsewhere_wait_for_the_urgent_gaps_alone(waiting, chain):
    home = read_context(waiting).home
    gaps = state(waiting, chain).gaps
    assert gaps.segment_id.tolist() == ["part"]
    rows = target_queue(waiting, chain, home, gaps)
    assert rows[["segment_id", "firm_id"]].values.tolist() == [["part", "420300-20"]]
    assert target_queue(waiting, chain, home, gaps.head(0)).empty
    sentences = [say_target(waiting, chain, segment, gaps) for segment in ("part", "press")]
    assert sentences == [
        "“part”是第 1 位的缺口（缺失）；确认后即列入目标企业，全库已确认 20 家",
        "“press”已不是缺口；确认后仍会列入目标企业，全库已确认 10 家",
    ]


def test_a_list_of_pairs_may_be_kept_over_decisions_but_not_over_another_home(waiting, chain):
    before = pairs_version(waiting)
    decide(waiting, chain, ("part", "370100-2"), "rejected", actor="王芳", at=AT)
    assert pairs_version(waiting) == before
    set_home(waiting, "420300")
    assert pairs_version(waiting) != before


def test_a_pair_of_which_nothing_is_said_is_shown_with_its_firm(store, chain):
    home = read_context(store).home
    row = review_pair(store, chain, ("press", "370100-3"), home)
    assert (row["name"], row.is_local) == ("370100第3厂", True)
    assert row[["verdict", "decided_by", "decided_at"]].isna().all()
    assert review_pair(store, chain, ("press", "nobody"), home) is None
