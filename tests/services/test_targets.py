"""Candidates of a segment: what is known of them that speaks for or against a visit."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

from analysis.target_reasons import explain
from data.settings import set_home
from services.context import read_context
from services.known_firms import read_known
from services.loop import chain_state, targets_of
from services.presence import load_cube
from services.review import decide
from services.targets import segment_candidates
from tests.services.conftest import AT

TAG = "INSERT INTO firm_tag VALUES ('b', '420100-1', ?, NULL, ?, ?, 's', '2010-01-01')"
PROJECT = "INSERT INTO project (project_id, name, adcode, firm_id, source_id, as_of) VALUES (?, ?, ?, '420100-1', 's', '2019-05-01')"


def target(store, chain, segment_id: str = "press") -> pd.Series:
    context = read_context(store)
    found = targets_of(store, chain, segment_id, context)
    return explain(found[found.firm_id == "420100-1"], context.as_of).iloc[0]


def test_only_the_firm_s_projects_in_the_home_region_speak_against_it(store, chain):
    with store.write() as cursor:
        cursor.execute(PROJECT, ["p8", "十堰项目", "420300"])
    assert target(store, chain).conflicts == []
    with store.write() as cursor:
        cursor.execute(PROJECT, ["p9", "钢城项目", "370117"])
    assert target(store, chain).conflicts == ["本地已有该企业的项目 1 个"]


@pytest.mark.parametrize(
    ("status", "conflicts"),
    [
        ("存续（在营、开业、在册）", []),
        ("在业", []),
        ("正常", []),
        ("注销", ["登记状态：注销"]),
        ("非正常户", ["登记状态：非正常户"]),
    ],
)
def test_a_state_that_is_not_running_speaks_against_a_firm(store, chain, status, conflicts):
    with store.write() as cursor:
        cursor.execute("UPDATE firm SET status = ? WHERE firm_id = '420100-1'", [status])
    assert target(store, chain).conflicts == conflicts


def test_a_list_that_has_expired_is_no_tag_and_the_others_are_in_order(store, chain):
    with store.write() as cursor:
        cursor.execute(TAG, ["高新技术企业", 2010, "2013-01-01"])
        cursor.execute(TAG, ["专精特新", 2018, "2021-01-01"])
        cursor.execute(TAG, ["专精特新", 2018, None])
        cursor.execute(TAG, ["独角兽", None, None])
    # the data are of May 2019
    assert target(store, chain).tags == "专精特新（2018）、独角兽"


def test_a_firm_of_which_only_the_prefecture_is_known_may_already_be_in_the_home_county(store, chain):
    set_home(store, "420106")
    context = read_context(store)
    state = chain_state(store, chain, context, load_cube(store, [chain]))
    told = state.explain(targets_of(store, chain, "press", context), context)
    # the firms of the store are known to their prefectures alone; home is a county of Wuhan
    assert told.conflicts.tolist() == [["所在区县未知，可能已在本地"]] * 10


def test_what_a_person_confirmed_is_sure(store, chain):
    before = targets_of(store, chain, "press", read_context(store)).set_index("firm_id").match_score
    decide(store, chain, ("press", "420100-1"), "confirmed", actor="甲", at=AT)
    after = targets_of(store, chain, "press", read_context(store)).set_index("firm_id").match_score
    assert (before["420100-1"], after["420100-1"], after["420100-2"]) == (0.9, 1.0, 0.9)


def test_candidates_are_the_same_read_from_the_store_and_from_what_is_known_of_all_firms(store, chain):
    with store.write() as cursor:
        cursor.execute(TAG, ["专精特新", 2018, None])
    context = read_context(store)
    home, known = context.home, read_known(store, context)

    for segment in chain.segments:
        read = segment_candidates(store, chain, segment.id, home)
        kept = segment_candidates(store, chain, segment.id, home, known=known)
        pd.testing.assert_frame_equal(*(rows.sort_values("firm_id", ignore_index=True) for rows in (read, kept)))
    assert segment_candidates(store, chain, "press", home, known=known).tags.notna().any()


def test_of_a_firm_that_is_not_there_nothing_is_known(store):
    known = read_known(store, read_context(store))

    facts, _ = known.of(pl.Series(["000000-0", "420100-1", "zzzzzz-9"]))
    assert facts["firm_id"].to_list() == ["420100-1"]
