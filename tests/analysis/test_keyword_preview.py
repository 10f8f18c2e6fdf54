"""What keywords bring in, on firms few enough to count by hand."""

from __future__ import annotations

import polars as pl
import pytest

from analysis.keyword_preview import preview_rule
from analysis.matching import Phrases, SegmentRule

FIRMS = pl.DataFrame(
    {
        "firm_id": ["a", "b", "c", "d", "e"],
        "name": ["甲厂", "乙厂", "丙厂", "丁商贸行", "戊还原铁粉制造有限公司"],
        "scope": ["还原铁粉生产", "雾化铁粉制造；还原铁粉生产", "钢粉生产", "还原铁粉销售", "货物运输"],
    }
)


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return Phrases.build(FIRMS)


def rule(*keywords: str) -> SegmentRule:
    return SegmentRule("iron", "铁粉", "制造铁粉；只销售的不算", keywords, kind="production")


def test_each_keyword_is_counted_with_who_names_it_and_who_is_confirmed_by_it_alone(phrases):
    found = preview_rule(phrases, rule("还原铁粉", "雾化铁粉", "羰基铁粉"))

    assert found.n_firms == 5
    rows = {row["keyword"]: row for row in found.keywords.to_dicts()}
    assert (rows["还原铁粉"]["named"], rows["还原铁粉"]["confirmed"], rows["还原铁粉"]["alone"]) == (3, 2, 1)
    assert (rows["雾化铁粉"]["named"], rows["雾化铁粉"]["confirmed"], rows["雾化铁粉"]["alone"]) == (1, 1, 0)
    assert (rows["羰基铁粉"]["named"], rows["羰基铁粉"]["confirmed"]) == (0, 0)
    assert {row["firm_id"] for row in found.samples.to_dicts() if row["verdict"] == "confirmed"} >= {"a", "b"}
    assert (found.gained, found.lost) == (None, None)


def test_against_the_former_rule_what_is_gained_and_lost_is_counted_and_shown(phrases):
    found = preview_rule(phrases, rule("钢粉", "雾化铁粉"), rule("还原铁粉"))

    assert found.gained == 1
    assert [row["firm_id"] for row in found.samples.to_dicts() if row["new"]] == ["c"]
    assert "a" in found.dropped["firm_id"].to_list()
    assert found.lost == found.dropped.height
    assert all(found.dropped["evidence"].str.contains("还原铁粉"))


def test_a_rule_that_is_not_changed_gains_and_loses_nothing(phrases):
    found = preview_rule(phrases, rule("还原铁粉"), rule("还原铁粉"))

    assert (found.gained, found.lost, found.dropped.height) == (0, 0, 0)


def test_no_more_than_ten_samples_are_shown_most_of_them_new():
    many = pl.DataFrame(
        {
            "firm_id": [f"{at:03}" for at in range(100)],
            "name": [f"{at}厂" for at in range(100)],
            "scope": ["还原铁粉生产" if at % 2 else "钢粉生产" for at in range(100)],
        }
    )
    found = preview_rule(Phrases.build(many), rule("还原铁粉", "钢粉"), rule("还原铁粉"))

    assert found.samples.height == 10
    assert found.samples["new"].sum() == 7
    assert found.gained == 50
