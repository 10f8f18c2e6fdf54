"""Firms that came back with an intention become projects only where it is wanted, and never twice."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from data.regions import resolve_region
from data.store import open_store
from services.homecoming import Change, Homecoming, keep_homecoming
from services.leads import add_leads, possible_leads
from services.outreach import Outreach
from services.outreach_plan import Plan, plans_of
from services.projects import has_register, projects_of
from tests.chains.tiny import tiny_chain
from tests.services.conftest import fill

TODAY, AT = date(2026, 11, 23), datetime(2026, 11, 23, 9, 0)
HOME = "370100"


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "leads.duckdb") as opened:
        fill(opened, tiny_chain())
        yield opened


def change(firm: str, before: str, after: str, **facts: object) -> Change:
    kept = Outreach(after, facts.get("on"), "", "")  # type: ignore[arg-type]
    return Change(
        3,
        tiny_chain().segments[0].id,
        firm,
        f"{firm}有限公司",
        Outreach(before),
        kept,
        plan_after=Plan(responsible="投促局"),
    )


def test_only_firms_that_newly_came_to_an_intention_can_become_leads(store):
    found = Homecoming(
        (change("a", "待联系", "有意向"), change("b", "有意向", "在谈"), change("c", "待联系", "已拜访"), change("d", "已联系", "在谈")), (), 0
    )  # fmt: skip

    assert [one.firm_id for one in possible_leads(store, tiny_chain(), HOME, found, TODAY)] == ["a", "d"]


def test_a_lead_is_a_project_in_negotiation_of_its_segment_and_is_no_register(store):
    chain = tiny_chain()
    found = Homecoming((change("a", "待联系", "在谈", on=date(2026, 11, 20)),), (), 0)
    before = projects_of(store, resolve_region(store, HOME))
    registered = has_register(store)

    assert add_leads(store, chain, HOME, possible_leads(store, chain, HOME, found, TODAY), actor="甲", at=AT) == 1

    after = projects_of(store, resolve_region(store, HOME))
    [row] = after[~after.project_id.isin(before.project_id)].to_dict("records")
    assert (row["firm_id"], row["stage"], str(row["stage_on"])[:10], row["unit"]) == (
        "a",
        "negotiating",
        "2026-11-20",
        "投促局",
    )
    assert (row["source_title"], row["n_segments"]) == ("招商目录带回登记", 1)
    assert has_register(store) == registered
    [again] = possible_leads(store, chain, HOME, found, TODAY)
    assert again.known == row["name"]
    assert add_leads(store, chain, HOME, [again], actor="甲", at=AT) == 0


def test_a_store_without_register_has_none_after_a_lead_either(tmp_path):
    with open_store(tmp_path / "empty.duckdb") as store:
        fill(store, tiny_chain())
        with store.write() as cursor:
            cursor.execute("DELETE FROM project")
            cursor.execute("DELETE FROM import_batch WHERE kind = 'projects'")
        found = Homecoming((change("a", "待联系", "在谈"),), (), 0)
        add_leads(store, tiny_chain(), HOME, possible_leads(store, tiny_chain(), HOME, found, TODAY), actor="甲", at=AT)

        assert not has_register(store)


def test_what_is_planned_comes_home_too(store):
    found = Homecoming((change("a", "待联系", "待联系"),), (), 0)
    keep_homecoming(store, tiny_chain(), HOME, found, actor="甲", at=AT)

    assert plans_of(store, HOME) == {"a": Plan("", "", "投促局")}
    assert store.rows("SELECT count(*) FROM outreach_event") == [(0,)]
