"""Home regions of every level, and firms found under codes that have changed."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest

from data.divisions import divisions, follow, locate
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
    rows = store.rows(f"SELECT f.firm_id FROM firm f WHERE {region.where_sql}", region.params)  # noqa: S608
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
    set_home(store, "370117", "甲")
    assert home_adcode(store) == "370117"


def test_the_home_and_the_record_of_who_set_it_are_written_together_or_not_at_all(store):
    set_home(store, "370117", "甲")
    with store.write() as cursor:
        cursor.execute("ALTER TABLE audit_event RENAME TO audit_away")
    with pytest.raises(duckdb.Error):
        set_home(store, "370100", "乙")
    with store.write() as cursor:
        cursor.execute("ALTER TABLE audit_away RENAME TO audit_event")
    assert home_adcode(store) == "370117"
    assert set(store.rows("SELECT actor, detail FROM audit_event WHERE action = 'home'")) == {("甲", "370117")}


def test_a_code_that_is_no_division_leaves_the_firm_with_its_city():
    row = locate(pl.DataFrame({"registered_code": ["340191"], "city_code": ["340100"]})).row(0, named=True)
    assert (row["adcode"], row["code_known"]) == ("340100", False)


def test_a_county_of_another_city_does_not_overrule_the_city():
    row = locate(pl.DataFrame({"registered_code": ["370102"], "city_code": ["420100"]})).row(0, named=True)
    assert row["adcode"] == "420100"


def test_a_missing_city_is_read_from_a_known_county_and_stays_missing_otherwise():
    rows = locate(
        pl.DataFrame({"registered_code": ["371203", "999999"], "city_code": pl.Series([None, None], dtype=pl.String)})
    )
    assert rows["adcode"].to_list() == ["370117", None]


def located(registered_code, city_code):
    frame = pl.DataFrame({"registered_code": [registered_code], "city_code": pl.Series([city_code], dtype=pl.String)})
    return locate(frame).select("adcode", "city_code", "code_known").row(0)


@pytest.mark.parametrize(
    ("registered_code", "city_code", "place"),
    [
        ("220381", "220300", ("220184", "220100", True)),  # 公主岭 left 四平 for 长春 in 2020
        ("220381", "220800", ("220800", "220800", True)),
        ("371202", "371200", ("370116", "370100", True)),  # the given city was abolished with the county
        ("330104", "330100", ("330100", "330100", True)),  # 江干区 was split: the city is all that is sure
        ("330104", None, ("330100", "330100", True)),
        ("440101", None, ("440100", "440100", True)),  # 市辖区
        ("340191", None, ("340100", "340100", False)),  # a development zone
        ("110302", None, ("110000", "110000", False)),
        ("429004", None, ("429004", "429004", True)),  # directly under the province
        ("370000", None, ("370000", None, True)),
        ("370000", "370100", ("370100", "370100", True)),
        ("370102", "999900", ("370102", "370100", False)),
        ("469025", None, ("469021", "469021", True)),  # registrars write 定安 so; today the code is 白沙's
        ("469003", "460400", ("460400", "460400", True)),
        (None, None, (None, None, False)),
    ],
)
def test_a_firm_is_located_today(registered_code, city_code, place):
    assert located(registered_code, city_code) == place


def test_a_code_that_is_not_a_registrars_is_read_as_todays():
    rows = locate(
        pl.DataFrame({"registered_code": ["469025"] * 2, "city_code": [None, None], "by_registrar": [True, False]})
    )
    assert rows["adcode"].to_list() == ["469021", "469025"]  # 定安县, 白沙黎族自治县


def test_codes_are_followed_to_today():
    codes = pl.Series(["371203", "370117", "330104", "340191", None])
    assert follow(codes).to_list() == ["370117", "370117", None, None, None]


def test_a_code_given_to_another_county_is_read_as_todays_when_one_asks_for_a_region(store):
    assert resolve_region(store, "469025").full_name == "海南省白沙黎族自治县"


def test_a_split_division_is_a_region_of_the_past(store):
    region = resolve_region(store, "330104")
    assert (region.full_name, region.former, region.city_code) == ("浙江省杭州市江干区（已撤并）", True, "330100")


def test_a_province_holds_firms_known_by_province_alone(store):
    region = resolve_region(store, "370000")
    sql = f"SELECT f.x FROM (SELECT 'a' AS x, NULL AS city_code, '370000' AS adcode) f WHERE {region.where_sql}"  # noqa: S608
    assert store.rows(sql, region.params) == [("a",)]


def test_a_store_of_an_older_program_gets_todays_divisions(tmp_path):
    with open_store(tmp_path / "f.duckdb") as opened, opened.write() as cursor:
        cursor.execute("DELETE FROM division WHERE adcode = '370117'")
        cursor.execute("UPDATE division SET name = '旧名' WHERE adcode = '370116'")
    with open_store(tmp_path / "f.duckdb") as opened:
        assert resolve_region(opened, "370117").name == "钢城区"
        assert resolve_region(opened, "370116").name == "莱芜区"
        assert opened.rows("SELECT count(*) FROM division") == [(len(divisions()),)]


def test_every_change_leads_to_a_division_in_force():
    known = divisions()
    current = set(known.filter(pl.col("valid_to").is_null())["adcode"])
    followed = known.filter(pl.col("successor").is_not_null())
    assert set(followed["successor"]) <= current
    assert followed["full_name"].str.contains("已撤并|旧代码").all()
    assert known.filter(pl.col("valid_to").is_null()).get_column("adcode").is_unique().all()
    assert known.filter(pl.col("valid_to").is_not_null()).get_column("adcode").is_unique().all()


@pytest.mark.parametrize(
    ("adcode", "wider"),
    [
        ("370117", {"370000": "地市", "370100": "区县"}),
        ("371203", {"370000": "地市", "370100": "区县"}),
        ("371200", {"370000": "地市", "370100": "区县"}),  # a former city is a part of the city it went into
        ("370100", {"370000": "地市"}),
        ("429004", {"420000": "地市"}),
        ("110101", {"110000": "区县"}),
        ("110000", {}),
        ("370000", {}),
        ("100000", {}),
    ],
)
def test_a_region_knows_the_wider_ones_in_which_a_firm_may_be_local(store, adcode, wider):
    assert resolve_region(store, adcode).wider == wider
