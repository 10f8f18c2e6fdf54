"""Expansion read from the firms of a store."""

from __future__ import annotations

import pytest

from services.context import NoData
from services.expansion_check import WrongPeriod, expansion_check


@pytest.fixture
def dated(store):
    """Firms of every year 1998–2012, in equal numbers."""
    with store.write() as cursor:
        cursor.execute("UPDATE firm SET founded_on = make_date(1998 + (rowid % 15)::INTEGER, 6, 1)")
    return store


def test_a_store_with_hardly_a_brand_elsewhere_says_so(dated):
    found = expansion_check(dated)
    assert "有外地企业的品牌（至少 30 个），不足以检验" in found.reason
    assert found.n_provinces == 2
    assert set(found.provinces) <= {"370000", "420000"}


def test_years_that_the_store_does_not_cover_are_named(dated):
    with pytest.raises(WrongPeriod, match="检验要用 2006 到 2015 年的企业设立记录，库里只有 1998 到 2012 年"):
        expansion_check(dated, first=2010)
    with pytest.raises(WrongPeriod):
        expansion_check(dated, first=2010, last=2009)


def test_a_store_without_dated_firms_has_nothing_to_cut(store):
    with store.write() as cursor:
        cursor.execute("UPDATE firm SET founded_on = NULL")
    with pytest.raises(NoData):
        expansion_check(store)
