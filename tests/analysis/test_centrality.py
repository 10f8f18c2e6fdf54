"""How central a product is to a firm, worked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.centrality import centrality, other_trade, pattern, says


def firms(*facts: dict[str, object]) -> pd.DataFrame:
    base: dict[str, object] = {
        "name": "甲机械有限公司", "industry_text": None, "main_business": False, "kind": "production", "position": 0.0,
        "n_other": 0, "n_segments": 1,
    }  # fmt: skip
    return pd.DataFrame([base | fact for fact in facts])


def test_the_first_and_only_product_is_central_and_the_last_less():
    assert firms({}, {"position": 1.0}, {"position": None}).pipe(centrality).tolist() == pytest.approx([1.0, 0.6, 0.9])


def test_a_long_list_of_things_makes_each_less_central():
    # 1 − 0.15·log10(1 + n): 9 → 0.85, 99 and more → 0.7; an unknown number counts as 9
    found = firms({"n_other": 9}, {"n_other": 99}, {"n_other": 5000}, {"n_other": None}).pipe(centrality)
    assert found.tolist() == pytest.approx([0.85, 0.7, 0.7, 0.85])


def test_a_firm_in_four_segments_is_less_central_to_each():
    assert firms({"n_segments": 4}).pipe(centrality).tolist() == pytest.approx([0.75])


def test_what_the_name_or_industry_says_is_the_main_business_whatever_the_scope_lists():
    assert firms({"main_business": True, "n_other": 100, "position": 1.0}).pipe(centrality).tolist() == [1.0]


@pytest.mark.parametrize(
    ("name", "trade"),
    [
        ("甲市高速公路有限公司", "工程施工"),
        ("甲水利工程有限公司", "工程施工"),
        ("甲县城市建设投资有限责任公司", "投资与地产"),
        ("甲煤业(集团)有限责任公司", "采掘与能源"),
        ("甲商贸有限公司", "贸易"),
    ],
)
def test_a_name_that_says_another_trade_halves_centrality(name, trade):
    rows = firms({"name": name})
    assert other_trade(rows).tolist() == [trade]
    assert centrality(rows).tolist() == [0.5]


@pytest.mark.parametrize(
    "fact",
    [
        {"name": "甲工程塑料有限公司"},
        {"name": "甲路桥机械制造厂", "main_business": True},
        {"name": "甲建设集团有限公司", "kind": "service"},
    ],
)
def test_no_other_trade_in_product_names_main_business_or_service_segments(fact):
    assert other_trade(firms(fact)).isna().all()


def test_the_stated_industry_can_say_another_trade_too():
    assert other_trade(firms({"industry_text": "住宅开发"})).tolist() == ["投资与地产"]


def test_a_keyword_inside_an_exclusion_says_nothing():
    texts = pd.Series(["甲内燃机有限公司", "甲内燃机配件厂", "内燃机及内燃机配件", None])
    assert says(texts, ["内燃机"], ["内燃机配件"]).tolist() == [True, False, True, False]


def test_a_pattern_prefers_the_longest_word_and_takes_signs_as_they_are():
    assert pattern(["PP", "改性PP(粒)"]) == r"改性PP\(粒\)|PP"
