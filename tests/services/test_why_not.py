"""Why a firm is not among the targets: one sentence a firm."""

from __future__ import annotations

import pytest

from services.context import read_context
from services.loop import targets_of
from services.review import decide
from services.why_not import MOST, explain_absence
from tests.services.conftest import AT

RELATION = "INSERT INTO relation VALUES (NULL, '420100-1', ?, 'branch', '名称', NULL, 's', '2019-05-01')"
PAIR = (
    "INSERT INTO segment_firm (chain_id, segment_id, firm_id, role, verdict, score, evidence, decided_by, core, n_other, rule_role, "
    "rule_verdict) VALUES ('tiny', 'press', ?, ?, ?, 0.5, '压机销售', 'rule', true, 0, ?, ?)"
)


@pytest.fixture
def ask(store, chain):
    def why(text: str) -> dict[str, str]:
        context = read_context(store)
        ranked = targets_of(store, chain, "press", context)
        rows = explain_absence(store, chain, "press", context.home, text, ranked)
        return dict(zip(rows.firm_id, rows.why, strict=True))

    return why


def rename(store, firm_id: str, name: str) -> None:
    with store.write() as cursor:
        cursor.execute("UPDATE firm SET name = ? WHERE firm_id = ?", [name, firm_id])


def test_a_firm_on_the_list_is_told_its_rank_and_what_is_low_or_unknown(ask):
    [told] = ask("420100第10厂").values()
    # the largest of ten; no expansion, no path home; Wuhan is some 720 km from Jinan: exp(−1.2) = 0.30
    assert told.startswith("在名单上，10 家中排第 1，得分 ")
    assert told.endswith("；偏低：可达性；无数据、按中性值计：扩张动向、本地关联")


def test_a_local_firm_is_here_already(ask):
    assert ask("370100第1厂")["370100-1"].startswith("已在本地（山东省济南市）")


def test_a_firm_that_says_nothing_of_the_segment_is_told_so(ask):
    assert ask("420300第7厂")["420300-7"] == "经营范围、名称和产品里没有这个环节的关键词"


@pytest.mark.parametrize(
    ("role", "verdict", "told"),
    [
        ("trader", "rejected", "只是贸易商：经营范围只写销售，未写生产（依据：压机销售）"),
        ("none", "rejected", "经营范围提到关键词，但不表示做这件事（依据：压机销售）"),
        ("maker", "uncertain", "待核：依据是“压机销售”，尚不能确认做这个环节，可到人工复核页确认"),
    ],
)
def test_a_pair_that_does_not_count_says_why(store, ask, role, verdict, told):
    with store.write() as cursor:
        cursor.execute(PAIR, ["420300-7", role, verdict, role, verdict])
    assert ask("420300第7厂")["420300-7"] == told


def test_a_person_s_rejection_says_whose_it_is(store, chain, ask):
    decide(store, chain, ("press", "420100-3"), "rejected", actor="甲", at=AT)
    assert ask("420100第3厂")["420100-3"] == "甲复核后否定"


def test_branches_and_bodies_that_cannot_invest_are_told_apart(store, ask):
    with store.write() as cursor:
        cursor.execute(RELATION, ["420100-2"])
    rename(store, "420100-4", "某某轴承有限公司武汉分公司")
    rename(store, "420100-5", "某某轴承协会")
    assert ask("420100第2厂")["420100-2"] == "是“420100第1厂”的分支机构，不能独立投资；请看其总公司"
    assert ask("某某轴承") == {
        "420100-5": "是工会、协会、合作社等，不作为投资主体",
        "420100-4": "名称显示是分支机构或内设单位，不能独立投资",
    }


def test_a_state_that_is_not_running_comes_first(store, ask):
    with store.write() as cursor:
        cursor.execute("UPDATE firm SET status = '注销' WHERE firm_id = '420100-1'")
    assert ask("420100第1厂")["420100-1"].startswith("登记状态为注销；在名单上，10 家中排第 10")


def test_firms_of_the_segment_come_first_and_the_list_is_short(ask):
    told = ask("第")
    assert len(told) == MOST
    assert set(list(told)[:10]) == {f"420100-{n}" for n in range(1, 11)}


def test_no_name_asks_for_nothing_and_an_unknown_one_finds_nothing(ask):
    assert (ask("  "), ask("没有这样的企业")) == ({}, {})
