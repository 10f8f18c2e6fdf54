"""Which firms can be candidates at all."""

from __future__ import annotations

import pytest

from data.regions import resolve_region
from services.targets import segment_candidates


def rename(store, firm_id: str, name: str, scope: str | None = None) -> None:
    with store.write() as cursor:
        cursor.execute("UPDATE firm SET name = ?, scope = ? WHERE firm_id = ?", [name, scope, firm_id])


def candidates(store, chain):
    return segment_candidates(store, chain, "press", resolve_region(store, "370100")).set_index("firm_id")


def test_every_confirmed_firm_elsewhere_is_a_candidate(store, chain):
    assert len(candidates(store, chain)) == 10


@pytest.mark.parametrize(
    "name",
    [
        "甲压机有限公司武汉分公司",
        "甲压机有限公司铸造一厂",
        "甲压机有限公司第一工程处",
        "甲压机有限公司工会委员会",
        "武汉压机行业协会",
    ],
)
def test_branches_and_bodies_that_cannot_invest_are_no_candidates(store, chain, name):
    rename(store, "420100-1", name)
    assert "420100-1" not in candidates(store, chain).index


@pytest.mark.parametrize("name", ["甲压机总公司武汉有限公司", "武汉压机厂", "甲压机有限公司(原甲压机厂)"])
def test_legal_persons_of_their_own_stay_candidates(store, chain, name):
    rename(store, "420100-1", name)
    assert "420100-1" in candidates(store, chain).index


def test_other_things_in_the_scope_are_counted_without_brackets_and_keywords(store, chain):
    keyword = chain.segment("press").keywords[0]
    rename(store, "420100-1", "武汉第1厂", f"{keyword}制造；泵、阀（含球阀、蝶阀）销售")
    # three things are listed: the keyword's, pumps, valves
    assert candidates(store, chain).n_other["420100-1"] == 2
