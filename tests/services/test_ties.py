"""Ties to the home region through the store's relations, projects and brands."""

from __future__ import annotations

import pytest

from data.regions import resolve_region
from data.settings import set_home
from services.context import read_context
from services.loop import targets_of
from services.ties import read_ties, tied

RELATION = "INSERT INTO relation VALUES (NULL, ?, ?, ?, '合同', ?, 's', '2019-05-01')"
AFFILIATE = "INSERT INTO firm_affiliate VALUES (?, ?, '甲', '机械', ?, 0.01, '字号相同')"
PROJECT = "INSERT INTO project (project_id, name, adcode, firm_id, source_id, as_of) VALUES ('p9', '钢城项目', '370117', ?, 's', '2019-05-01')"


@pytest.fixture
def related(store):
    with store.write() as cursor:
        cursor.execute(RELATION, ["420100-1", "370100-1", "supplies", "2018-02-01"])
        cursor.execute(RELATION, ["420100-2", "420100-1", "owns", None])
        cursor.execute(RELATION, ["420100-5", "420300-1", "branch", "2017-06-01"])
        cursor.execute(AFFILIATE, ["420100-3", "370100-2", 0.9])
        cursor.execute(PROJECT, ["420100-4"])
    return store


def texts(store, region: str = "370100") -> dict[str, tuple[float, str]]:
    firms = store.query("SELECT firm_id FROM firm ORDER BY firm_id").firm_id
    rows = tied(store, read_ties(store, resolve_region(store, region)), firms)
    return {row.firm_id: (row.tie_value, row.tie_text) for row in rows.itertuples()}


def test_every_kind_of_tie_is_found_and_said_with_its_source(related):
    assert texts(related) == {
        "420100-1": (1.0, "供货给“370100第1厂”（来源：测试来源，2018 年），在本地"),
        "420100-2": (0.5, "投资“420100第1厂”（来源：测试来源），“420100第1厂”供货给“370100第1厂”（来源：测试来源，2018 年），在本地"),
        "420100-3": (0.5, "与“370100第2厂”同字号（推断，把握 90%），在本地"),
        "420100-4": (1.0, "在本地有项目“钢城项目”（来源：测试来源）"),
    }  # fmt: skip


def test_a_region_without_firms_or_projects_ties_none(related):
    assert texts(related, "540100") == {}


def test_targets_have_the_value_of_their_path_and_nothing_where_none_is_known(related, chain):
    found = targets_of(related, chain, "press", read_context(related)).set_index("firm_id")
    assert found.connection.dropna().to_dict() == {"420100-1": 1.0, "420100-2": 0.5, "420100-3": 0.5, "420100-4": 1.0}
    assert found.tie_text.isna().sum() == 6


def test_branches_and_owned_firms_elsewhere_are_foundings_and_suppliers_are_not(related, chain):
    found = targets_of(related, chain, "press", read_context(related)).set_index("firm_id")
    # 420100-2 owns a firm of its own prefecture
    assert found.n_branches_away[found.n_branches_away > 0].to_dict() == {"420100-5": 1}


def test_inferred_firms_of_the_brand_count_beside_recorded_ones_once(related, chain):
    with related.write() as cursor:
        cursor.execute(AFFILIATE, ["420100-5", "420300-1", 0.9])  # recorded as a branch already
        cursor.execute(AFFILIATE, ["420100-5", "420300-2", 0.8])
        cursor.execute("UPDATE firm SET founded_on = '2012-01-01' WHERE firm_id = '420300-2'")
    row = targets_of(related, chain, "press", read_context(related)).set_index("firm_id").loc["420100-5"]
    assert (row.n_branches_away, row.n_affiliates_away, row.affiliates_expected) == (1, 1, 0.8)
    assert (row.last_affiliate_name, row.last_affiliate_place) == ("420300第2厂", "十堰市")


def test_a_firm_as_old_as_its_home_is_no_founding_from_there(related, chain):
    with related.write() as cursor:
        cursor.execute(AFFILIATE, ["420100-6", "420300-2", 0.9])
    row = targets_of(related, chain, "press", read_context(related)).set_index("firm_id").loc["420100-6"]
    assert row.n_affiliates_away == 0


def test_a_candidate_that_carries_a_larger_firm_s_brand_says_whose(related, chain):
    with related.write() as cursor:
        cursor.execute(AFFILIATE, ["420300-3", "420100-7", 0.85])
    row = targets_of(related, chain, "press", read_context(related)).set_index("firm_id").loc["420100-7"]
    assert (row.kin_name, row.kin_confidence) == ("420300第3厂", 0.85)


def test_ties_follow_the_home_region(related):
    set_home(related, "420300")
    assert set(texts(related, "420300")) == {"420100-5"}
