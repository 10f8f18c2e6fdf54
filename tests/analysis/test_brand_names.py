"""Firm names taken apart into place, brand, trade words and form."""

from __future__ import annotations

import polars as pl
import pytest

from analysis.brands.names import read_names
from analysis.brands.places import read_places
from data.divisions import divisions

TEXTS = {"firm_id": pl.String, "name": pl.String, "city_code": pl.String}


@pytest.fixture(scope="module")
def places():
    return read_places(divisions())


@pytest.fixture(scope="module")
def read(places):
    def one(name: str, city_code: str | None) -> dict[str, object] | None:
        firm = pl.DataFrame({"firm_id": ["a"], "name": [name], "city_code": [city_code]}, TEXTS)
        found = read_names(firm, places)
        return found.row(0, named=True) if found.height else None

    return one


@pytest.mark.parametrize(
    ("name", "city", "brand", "tail", "trade"),
    [
        ("湖州福耀汽车玻璃有限公司", "330500", "福耀", "汽车玻璃", "玻璃"),
        ("山东省济南市历城区华泰化工有限公司", "370100", "华泰", "化工", "化工"),
        ("三一重工股份有限公司", "110000", "三一", "重工", "机械"),
        ("新兴铸管股份有限公司", "130400", "新兴", "铸管", "铸造"),
        ("北京现代汽车有限公司", "110000", "现代", "汽车", "汽车"),
        ("郧县浙华汽车部件有限责任公司", "420300", "浙华", "汽车部件", "汽车零部件"),
        ("阳新远东麻业有限公司", "420200", "远东麻业", "", None),
        # a county that is the brand: only trade words would be left without it
        ("长沙芙蓉建材有限公司", "430100", "芙蓉", "建材", "建材"),
        # what comes behind 中国 belongs to the brand
        ("中国重汽集团济南动力有限公司", "370100", "中国重汽", "", "压缩机"),
        # a place and its trade are the brand of last resort
        ("武汉钢铁集团物流有限公司", "420100", "武汉钢铁", "", None),
        ("济南风机厂有限责任公司", "370100", "济南风机", "", None),
    ],
)
def test_a_name_is_place_brand_and_trade(read, name, city, brand, tail, trade):
    found = read(name, city)
    assert (found["brand"], found["tail"], found["trade"]) == (brand, tail, trade)


@pytest.mark.parametrize(
    ("name", "city", "marks"),
    [
        ("福耀玻璃（重庆）有限公司", "500000", {"bracket"}),
        ("福耀玻璃（香港）有限公司", "500000", set()),
        ("海尔重庆电器有限公司", "500000", {"inside"}),
        ("福耀集团长春有限公司", "220100", {"inside", "of_group"}),
        ("福耀玻璃工业集团股份有限公司", "350100", {"is_group"}),
        ("海尔电器有限公司", "370200", set()),
    ],
)
def test_where_the_place_stands_and_whether_a_group_is_named(read, name, city, marks):
    found = read(name, city)
    assert {mark for mark in ("bracket", "inside", "of_group", "is_group") if found[mark]} == marks
    assert found["brand"] in {"福耀", "海尔"}


def test_another_place_in_the_name_is_where_the_firm_comes_from(read):
    found = read("汉川广东温氏家禽有限公司", "420900")
    assert (found["brand"], found["origin"], found["trade"]) == ("温氏", "广东", "禽")


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("成都市公共交通集团有限公司", "510100"),
        ("长沙市城市建设投资有限公司", "430100"),
        ("钢城区供销合作社有限公司", "370100"),
        ("东风富士汤姆森调温器有限公司", "420600"),
    ],
)
def test_what_is_not_understood_has_no_brand(read, name, city):
    assert read(name, city)["brand"] is None


@pytest.mark.parametrize("name", ["济南轴承厂", "三一重工股份有限公司济南分公司", "德州陵城养殖专业合作社", ""])
def test_what_is_no_company_of_its_own_is_not_read(read, name):
    assert read(name, "370100") is None


def test_places_that_are_chosen_as_brands_are_places_at_home_alone(read):
    at_home, away = read("泰安宏达机械有限公司", "370900"), read("泰安医药有限公司", "610100")
    assert (at_home["brand"], away["brand"]) == ("宏达", "泰安")


def test_firms_whose_prefecture_is_unknown_are_read_by_the_names_of_all(read):
    assert read("青岛海尔电冰箱有限公司", None)["brand"] == "海尔"


def test_no_firms_give_no_rows_with_the_same_columns(places):
    empty = pl.DataFrame(schema=TEXTS)
    assert read_names(empty, places).columns[:3] == ["firm_id", "brand", "tail"]
    assert read_names(empty, places).is_empty()
