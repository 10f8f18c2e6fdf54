"""首报首谈 by group: claims on mother, daughter, sister or branch are told with their link; a common brand is a hint."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.regions import resolve_region
from services.claims import claims_on, flags, hints
from services.kinship import kin_among
from services.outreach import Outreach, tell_outreach

HOME = "370100"
AT = datetime(2026, 3, 2, 9, 0)
MOTHER, DAUGHTER, SISTER, BRANCH, AUNT, STRANGER = (f"420100-{n}" for n in range(1, 7))
KINDS = {"owns": "持股 60%", "branch": "名称以总公司全称开头"}


def link(store, above: str, below: str, kind: str = "owns") -> None:
    with store.write() as cursor:
        cursor.execute(
            "INSERT INTO relation VALUES ('b', ?, ?, ?, ?, NULL, 's', '2025-04-30')", [above, below, kind, KINDS[kind]]
        )


def talks(store, firm: str, actor: str = "乙", state: str = "在谈") -> None:
    tell_outreach(store, "tiny", HOME, [("press", firm, Outreach(state))], actor=actor, at=AT)


def said(store, firm: str, actor: str = "甲") -> tuple[str, ...]:
    return flags(claims_on(store, resolve_region(store, HOME), [firm]), actor).get(firm, ())


@pytest.fixture
def group(store):
    """A mother with two daughters, of which one has a branch."""
    link(store, MOTHER, DAUGHTER)
    link(store, MOTHER, SISTER)
    link(store, DAUGHTER, BRANCH, "branch")
    return store


@pytest.mark.parametrize(
    ("firm", "place"),
    [
        (MOTHER, "所投资企业“420100第2厂”（持股 60%；来源：测试来源，截至 2025-04-30）"),
        (SISTER, "同属“420100第1厂”的“420100第2厂”（持股 60%；来源：测试来源，截至 2025-04-30）"),
        (BRANCH, "总公司“420100第2厂”（来源：测试来源，截至 2025-04-30）"),
    ],
)
def test_talks_with_one_of_a_group_are_told_of_the_others_with_link_and_source(group, firm, place):
    talks(group, DAUGHTER)

    assert said(group, firm) == (f"{place}：乙首谈（2026-03-02），现为在谈",)


def test_the_mother_is_told_of_her_daughter_and_ones_own_talks_are_no_claim(group):
    talks(group, MOTHER)

    assert said(group, DAUGHTER)[0].startswith("出资方“420100第1厂”（持股 60%；")
    assert said(group, BRANCH)[0].startswith("上级企业“420100第1厂”（持股 60%；")
    assert said(group, DAUGHTER, actor="乙") == ()


def test_a_co_owner_and_whoever_stands_three_links_away_are_no_group(group):
    link(group, STRANGER, DAUGHTER)
    talks(group, STRANGER)

    assert said(group, MOTHER) == ()
    assert said(group, SISTER) == ()
    assert said(group, BRANCH) != ()  # two links up


def test_of_many_claims_on_a_group_the_weightiest_are_told_and_the_rest_counted(group):
    for firm in (AUNT, STRANGER):
        link(group, MOTHER, firm)
    for firm in (DAUGHTER, SISTER, AUNT, STRANGER):
        talks(group, firm)

    assert len(said(group, MOTHER)) == 4
    assert said(group, MOTHER)[-1] == "关联企业另有 1 条跟进"


def test_a_common_brand_is_a_hint_and_asks_for_no_reason(store):
    with store.write() as cursor:
        cursor.execute("INSERT INTO firm_affiliate VALUES (?, ?, '甲', NULL, 0.97, 0.01, '同字号')", [MOTHER, DAUGHTER])
    talks(store, MOTHER)
    found = claims_on(store, resolve_region(store, HOME), [DAUGHTER])

    assert flags(found, "甲") == {}
    assert hints(found, "甲") == {
        DAUGHTER: ("“420100第1厂”（同字号，未核实；把握 97%）：乙首谈（2026-03-02），现为在谈",)
    }
    link(store, MOTHER, DAUGHTER)
    assert said(store, DAUGHTER)[0].startswith("出资方")  # what is recorded is no mere hint


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=12))
def test_kinship_is_mutual_and_is_two_links_up_to_a_common_firm(edges):
    """Against sets worked out directly: everyone within two links above either, with a firm in common."""
    firms = [f"f{n}" for n in range(7)]
    up = {firm: {f"f{a}" for a, b in edges if f"f{b}" == firm and a != b} for firm in firms}
    reach = {firm: {firm} | up[firm] | {two for one in up[firm] for two in up[one]} for firm in firms}

    found = kin_among(_Recorded(edges), firms, firms)

    assert {(one, kin.firm_id) for one, group in found.items() for kin in group} == {
        (one, other) for one in firms for other in firms if one != other and reach[one] & reach[other]
    }


class _Recorded:
    """Stands in for the store: links without names and brands."""

    def __init__(self, edges: set[tuple[int, int]]) -> None:
        self.edges = sorted(edges)

    def rows(self, sql: str, params: dict[str, list[str]]) -> list[tuple[object, ...]]:
        if "links_above" not in sql and "FROM relation" not in sql:
            return []
        day = date(2025, 4, 30)
        return [
            (f"f{b}", f"f{a}", "owns", "持股", "来源", day)
            for a, b in self.edges
            if a != b and f"f{b}" in params["firms"]
        ]
