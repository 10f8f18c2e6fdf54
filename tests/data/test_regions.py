"""Home regions of every level, and firms found under codes that have changed."""

from __future__ import annotations

import polars as pl
import pytest

from data.divisions import divisions, locate
from data.regions import UnknownRegion, region_names, resolve_region, search_regions
from data.settings import home_adcode, set_home
from data.store import open_store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("regions") / "r.duckdb") as opened:
        firms = pl.DataFrame(
            {"batch_id": "b", "firm_id": ["old", "now", "lai", "jinan", "wuhan"], "name": "企业", "n_records": 1},
        ).with_columns(
            pl.Series("registered_code", ["371203", "370117", "371202", "370102", "420100"]),
            pl.Series("city_code", ["370100", "370100", "370100", "370100", "420100"]),
            pl.lit("2019-05-01").str.to_date().alias("as_of"),
        )
        with opened.write() as cursor:
            opened.write_frame(cursor, "firm", locate(firms).drop("code_known", "batch_id"))
        yield opened


@pytest.mark.parametrize(
    ("adcode", "found"),
    [
        ("370117", {"old", "now"}),
        ("371203", {"old"}),
        ("371200", {"old", "lai"}),
        ("370116", {"lai"}),
        ("370100", {"old", "now", "lai", "jinan"}),
        ("370000", {"old", "now", "lai", "jinan"}),
        ("100000", {"old", "now", "lai", "jinan", "wuhan"}),
    ],
)
def test_a_region_finds_its_firms_under_old_and_new_codes(store, adcode, found):
    region = resolve_region(store, adcode)
    rows = store.rows(f"SELECT f.firm_id FROM firm f WHERE {region.where_sql}", region.params)
    assert {row[0] for row in rows} == found


def test_an_unknown_code_is_refused_with_examples(store):
    with pytest.raises(UnknownRegion, match="没有代码为“999999”"):
        resolve_region(store, "999999")


def test_full_names_do_not_repeat_a_municipality(store):
    assert resolve_region(store, "110101").full_name == "北京市东城区"
    assert resolve_region(store, "370117").full_name == "山东省济南市钢城区"


def test_search_puts_divisions_in_force_first(store):
    assert search_regions(store, "钢城").adcode.tolist() == ["370117", "371203"]


def test_names_of_unknown_codes_are_left_out(store):
    assert region_names(store, ["420300", "000000"]) == {"420300": "湖北省十堰市"}


def test_home_is_kept(store):
    assert home_adcode(store) is None
    set_home(store, "370117")
    assert home_adcode(store) == "370117"


def test_a_code_that_is_no_division_leaves_the_firm_with_its_city():
    row = locate(pl.DataFrame({"registered_code": ["340191"], "city_code": ["340100"]})).row(0, named=True)
    assert (row["adcode"], row["code_known"]) == ("340100", False)


def test_a_county_of_another_city_does_not_overrule_the_city():
    row = locate(pl.DataFrame({"registered_code": ["370102"], "city_code": ["420100"]})).row(0, named=True)
    assert row["adcode"] == "420100"


def test_a_missing_city_is_read_from_a_known_county_and_stays_missing_otherwise():
    rows = locate(pl.DataFrame({"registered_code": ["371203", "999999"], "city_code": pl.Series([None, None], dtype=pl.String)}))
    assert rows["adcode"].to_list() == ["370117", None]


def test_every_change_leads_to_a_division_in_force():
    known = divisions()
    current = set(known.filter(pl.col("valid_to").is_null())["adcode"])
    followed = known.filter(pl.col("successor").is_not_null())
    assert set(followed["successor"]) <= current
    assert followed["full_name"].str.contains("已撤并").all()
