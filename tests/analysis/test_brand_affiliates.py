"""Firms of one brand: affiliates, and strangers who chose the same two characters."""

from __future__ import annotations

from datetime import date
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.brands.affiliates import BrandParams, find_affiliates, pair_confidence
from analysis.brands.chance import brand_sizes, chance_of_brand

TRADES = ("玻璃", "化工", "机械", "电子", "食品")
COMMON, RARE = "中兴", "福耀"
CITIES = ("370100", "420100", "440300", "500000")
YES = pl.Boolean
FACTS = {
    "firm_id": pl.String, "city_code": pl.String, "founded_on": pl.Date, "capital_cny": pl.Float64, "listed": YES, "makes": YES,
}  # fmt: skip
NAMES = {
    "firm_id": pl.String, "brand": pl.String, "tail": pl.String, "trade": pl.String, "bracket": YES, "inside": YES,
    "is_group": YES, "place_brand": YES, "origin_province": pl.String,
}  # fmt: skip
NO_SEGMENTS = pl.DataFrame(schema={"firm_id": pl.String, "segment_id": pl.String})


def firm(firm_id: str, brand: str, trade: str | None, city: str, **facts: object) -> dict[str, object]:
    base = {
        "firm_id": firm_id, "brand": brand, "tail": trade or "", "trade": trade, "city_code": city, "bracket": False,
        "inside": False, "is_group": False, "place_brand": False, "origin_province": None,
        "founded_on": date(2005, 1, 1), "capital_cny": 1e6, "listed": False, "makes": True,
    }  # fmt: skip
    return base | facts


def others() -> list[dict[str, object]]:
    """A thousand strangers: every brand of its own, and 50 times the common one, in all trades and places."""
    alone = [firm(f"x{n}", f"甲{n}", TRADES[n % 5], CITIES[n % 4]) for n in range(950)]
    return alone + [firm(f"c{n}", COMMON, TRADES[n % 5], CITIES[n % 4]) for n in range(50)]


def found(firms: list[dict[str, object]], params: BrandParams = BrandParams()) -> pl.DataFrame:
    rows = pl.DataFrame(firms, infer_schema_length=None)
    return find_affiliates(
        rows.select(pl.col(name).cast(kind) for name, kind in FACTS.items()),
        rows.select(pl.col(name).cast(kind) for name, kind in NAMES.items()),
        NO_SEGMENTS,
        params,
    )


HOME = firm("home", RARE, "玻璃", "350100", founded_on=date(1992, 6, 1), capital_cny=2.5e9)
AWAY = firm("away", RARE, "玻璃", "500000", founded_on=date(2004, 3, 1), capital_cny=2.4e8, bracket=True)


def test_a_firm_with_its_place_in_brackets_and_a_rare_brand_is_an_affiliate():
    rows = found([*others(), HOME, AWAY]).rows(named=True)
    assert [(row["home_id"], row["affiliate_id"], row["shared"], row["n_both"]) for row in rows] == [
        ("home", "away", "玻璃", 2)
    ]
    # 202 of the 1,002 firms are of glass; among the 800 others the brand is not seen, which counts as half a firm
    assert rows[0]["n_expected"] == pytest.approx(202 * 0.5 / 800)
    assert rows[0]["named_place"]


def test_strangers_of_a_common_brand_are_no_affiliates_however_many_and_large():
    rows = [dict(row, capital_cny=5e8) if row["brand"] == COMMON else row for row in others()]
    assert found(rows).is_empty()


def test_a_bracket_alone_makes_no_affiliate_of_a_common_brand():
    one = firm("one", COMMON, "玻璃", "330100", bracket=True, capital_cny=1e6)
    assert found([*others(), one]).is_empty()


def test_dealers_and_firms_that_make_nothing_are_no_affiliates():
    seller = {**AWAY, "firm_id": "seller", "tail": "汽车玻璃销售"}
    idle = {**AWAY, "firm_id": "idle", "makes": False}
    assert found([*others(), HOME, seller, idle]).is_empty()


def test_firms_of_one_brand_in_other_trades_or_the_same_prefecture_are_no_affiliates():
    shoes = {**AWAY, "firm_id": "shoes", "trade": "食品", "tail": "食品"}
    near = {**AWAY, "firm_id": "near", "city_code": "350100"}
    assert found([*others(), HOME, shoes, near]).is_empty()


def test_the_home_is_the_listed_firm_then_the_largest():
    listed = firm("listed", RARE, "玻璃", "310000", listed=True, capital_cny=None, founded_on=None)
    rows = found([*others(), HOME, AWAY, listed])
    assert rows.select("home_id", "affiliate_id").rows() == [("listed", "away"), ("listed", "home")]


def test_a_listed_group_without_a_trade_in_its_name_stands_over_its_brand():
    roof = firm("roof", RARE, None, "350100", listed=True, capital_cny=None, founded_on=None, is_group=True)
    small = [{**AWAY, "firm_id": f"f{n}", "city_code": CITIES[n], "bracket": True} for n in range(3)]
    assert set(found([*others(), roof, *small], BrandParams(least=0.4))["home_id"]) == {"roof"}


def test_the_chance_is_that_of_the_brand_elsewhere():
    names = pl.DataFrame(others()).select("firm_id", "brand", "city_code", "trade")
    trades = names.select("firm_id", "trade")
    chance = chance_of_brand(names, trades, brand_sizes(names))
    glass = chance.filter((pl.col("brand") == COMMON) & (pl.col("trade") == "玻璃")).row(0, named=True)
    # 10 of the 50 are among the 200 of glass; 40 and the half unseen among the 800 others: 200·40.5/800
    assert (glass["n_both"], glass["n_expected"]) == (10, pytest.approx(10.125))
    assert glass["ratio"] == pytest.approx(9 / 10.125)


def test_confidence_is_the_logistic_of_the_points():
    pair = pl.DataFrame([{
        "ratio": 100.0, "said": "玻璃", "home_said": "玻璃", "roof": False, "bracket": True, "inside": False, "tail": "玻璃",
        "place_brand": False, "origin_province": None, "home_origin_province": None,
        "home_tail": "玻璃", "city_code": "500000", "home_city_code": "350100", "weight": 1e7, "home_weight": 1e8,
    }])  # fmt: skip
    # −9 + 2·2.2 + 2.5 + 1.65 + 2·1.1 = 1.75; two characters alike are no wording
    assert pair_confidence(pair)["confidence"].item() == pytest.approx(1 / (1 + 2.718281828**-1.75))


def test_another_place_in_the_name_speaks_against_a_home_that_is_not_there():
    there = {**AWAY, "firm_id": "there", "origin_province": "35"}
    elsewhere = {**AWAY, "firm_id": "elsewhere", "origin_province": "32", "capital_cny": 1e7}
    assert found([*others(), HOME, there, elsewhere])["affiliate_id"].to_list() == ["there"]


@settings(max_examples=25, deadline=None)
@given(
    trade=st.sampled_from(TRADES),
    city=st.sampled_from(CITIES),
    capital=st.floats(1e5, 1e7),
    year=st.integers(1980, 2018),
    group=st.booleans(),
)
def test_another_firm_of_a_common_brand_never_makes_an_expansion(trade, city, capital, year, group):
    one = firm("new", COMMON, trade, city, capital_cny=capital, founded_on=date(year, 5, 1), is_group=group)
    before, after = found([*others(), HOME, AWAY]), found([*others(), HOME, AWAY, one])
    assert after.select("home_id", "affiliate_id").rows() == before.select("home_id", "affiliate_id").rows()


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(12)))
def test_the_order_of_firms_changes_nothing(order):
    group = [{**AWAY, "firm_id": f"g{n}", "city_code": city} for n, city in enumerate(CITIES)]
    rows = [HOME, *group, *others()[:7]]
    plain = found([*rows, *others()[12:]])
    assert found([rows[n] for n in order] + others()[12:]).equals(plain)


def test_nothing_in_gives_nothing_out():
    assert found([firm("a", RARE, "玻璃", "350100")]).is_empty()
    assert found([{**firm("a", RARE, "玻璃", "350100"), "brand": None}]).is_empty()


def test_every_pair_of_one_group_is_linked_once():
    group = [{**AWAY, "firm_id": f"g{n}", "city_code": city} for n, city in enumerate(CITIES)]
    rows = found([*others(), HOME, *group])
    assert rows["affiliate_id"].to_list() == sorted(rows["affiliate_id"].unique())
    assert set(product(["home"], ["g0", "g1", "g2", "g3"])) == set(rows.select("home_id", "affiliate_id").rows())
