"""Affiliates of one brand in a store: made by matching, kept until something changes, and as known on a day."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from services.affiliates import infer_affiliates, inferred_affiliates, kin_of
from services.matching import match_chains
from tests.services.conftest import AT

GROUP = [
    ("home", "福耀玻璃工业集团股份有限公司", "350100", date(1992, 6, 21), 2.5e9),
    ("away", "福耀玻璃（重庆）有限公司", "500000", date(2004, 3, 11), 2.4e8),
    ("late", "福耀玻璃（湖北）有限公司", "420100", date(2013, 7, 8), 3e8),
]
CHANCE = 400
"""Strangers, each of a brand of its own: what makes a shared brand rare."""
COLUMNS = ["firm_id", "name", "city_code", "founded_on", "capital_cny"]


@pytest.fixture
def brands(store):
    strangers = [(f"s{n}", f"甲{n}号机械有限公司", "370100", date(2001, 1, 1), 1e6) for n in range(CHANCE)]
    firms = pd.DataFrame([*GROUP, *strangers], columns=COLUMNS).assign(as_of=date(2019, 5, 1), n_records=1)
    with store.write() as cursor:
        store.write_frame(cursor, "firm", firms.assign(adcode=firms.city_code, registered_code=firms.city_code))
        store.write_frame(cursor, "firm_activity", firms[["firm_id"]].assign(makes=True))
    return store


def test_matching_leaves_affiliates_with_home_place_year_and_evidence(brands):
    assert infer_affiliates(brands, AT) == 2
    rows = inferred_affiliates(brands)
    assert rows[["home_id", "affiliate_id", "province", "founded_later"]].values.tolist() == [
        ["home", "away", "500000", True],
        ["home", "late", "420000", True],
    ]
    assert rows.evidence[0].startswith("字号“福耀”相同，名称同属玻璃行业，名称写明所在地；库中同字号同行业 3 家")
    assert (rows.region[1], rows.home_region[1]) == ("湖北省武汉市", "福建省福州市")


def test_nothing_is_inferred_again_until_something_changes(brands):
    infer_affiliates(brands, AT)
    infer_affiliates(brands, datetime(2026, 3, 1))
    assert brands.rows("SELECT made_at FROM affiliate_run") == [(AT,)]
    with brands.write() as cursor:
        cursor.execute("DELETE FROM firm WHERE firm_id = 'late'")
    assert infer_affiliates(brands, datetime(2026, 3, 1)) == 1
    assert brands.rows("SELECT made_at FROM affiliate_run") == [(datetime(2026, 3, 1),)]


def test_firms_founded_after_a_day_are_not_known_on_it(brands):
    rows = inferred_affiliates(brands, date(2010, 1, 1))
    assert rows.affiliate_id.tolist() == ["away"]
    assert "2 家" in rows.evidence[0]
    assert list(rows.columns) == list(inferred_affiliates(brands).columns)


def test_a_firm_s_group_is_the_same_from_wherever_one_looks(brands):
    infer_affiliates(brands, AT)
    seen = [kin_of(brands, firm).firm_id.tolist() for firm in ("home", "away", "s1")]
    assert seen == [["away", "late"], ["home", "late"], []]
    home, late = kin_of(brands, "away").itertuples()
    assert (home.is_home, late.is_home, home.region, home.capital_cny) == (True, False, "福建省福州市", 2.5e9)
    assert home.evidence == kin_of(brands, "home").evidence[0]


def test_a_firm_that_was_taken_back_is_no_affiliate(brands):
    infer_affiliates(brands, AT)
    with brands.write() as cursor:
        cursor.execute("DELETE FROM firm WHERE firm_id = 'away'")
    assert kin_of(brands, "home").firm_id.tolist() == ["late"]


def test_a_store_without_firms_has_none(store):
    with store.write() as cursor:
        cursor.execute("DELETE FROM firm")
    assert infer_affiliates(store, AT) == 0
    assert inferred_affiliates(store).empty


def test_matching_infers_affiliates_and_says_so(brands, chain):
    told = []
    match_chains(brands, [chain], AT, lambda _share, text: told.append(text))
    assert "推断同字号企业" in told
    assert brands.rows("SELECT made_at FROM affiliate_run") == [(AT,)]
