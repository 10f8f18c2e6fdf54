"""Headings to meanings: by themselves, by the user's word, and with the unit they name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.imports import ColumnsMissing, MappingInvalid
from data.imports.fields import REQUIRED, Unit, fields_of, header_finder, read_unit, recognise, split_header
from data.imports.mapping import map_columns, read_mapping

REGISTRY = ("uscc", "name", "founded_on", "capital_wan", "capital_cur", "scope", "province", "city_code", "county_code")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("元", Unit(1, "CNY")), ("万元", Unit(1e4, "CNY")), ("万", Unit(1e4, None)), ("亿元", Unit(1e8, "CNY")),
        ("万美元", Unit(1e4, "USD")), ("百万港元", Unit(1e6, "HKD")), ("万元人民币", Unit(1e4, "CNY")), ("人", None), ("", None),
    ],
)  # fmt: skip
def test_a_unit_of_money_has_a_factor_and_a_currency(text: str, unit: Unit | None) -> None:
    assert read_unit(text) == unit


@pytest.mark.parametrize(
    ("header", "base", "unit"),
    [
        ("注册资本（万元）", "注册资本", Unit(1e4, "CNY")),
        ("注册资本(单位：万元)", "注册资本", Unit(1e4, "CNY")),
        ("注册资本/万美元", "注册资本", Unit(1e4, "USD")),
        ("*统一社会信用代码", "统一社会信用代码", None),
        ("参保人数（人）", "参保人数", None),
        ("capital_wan", "capital", Unit(1e4, None)),
        ("revenue_cny", "revenue", Unit(1, "CNY")),
    ],
)
def test_a_heading_is_parted_from_its_unit(header: str, base: str, unit: Unit | None) -> None:
    assert split_header(header) == (base, unit)


def test_the_headings_of_the_registry_map_themselves() -> None:
    found = map_columns("firms", REGISTRY, {})
    assert found.unmapped == ()
    assert found.columns["capital"].unit == Unit(1e4, None)
    assert found.as_dict()["capital_currency"] == "capital_cur"


def test_the_first_synonym_wins_and_the_rest_is_listed() -> None:
    found = map_columns("firms", ["统一社会信用代码", "企业名称", "地址", "注册地址", "法定代表人"], {})
    assert found.as_dict()["address"] == "注册地址"
    assert found.unmapped == ("地址", "法定代表人")


def test_the_user_has_the_first_word() -> None:
    given = {"name": "客户", "uscc": "Code", "capital_wan": "资本", "status": "=存续", "address": None, "sheet": "一"}
    found = map_columns("firms", ["客户", "code", "资本", "地址", "企业名称"], given)
    assert found.as_dict() == {"name": "客户", "uscc": "code", "capital": "资本（万）", "status": "=存续"}
    assert found.unmapped == ("地址", "企业名称")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"nmae": "企业名称"}, "“nmae”不是 firms 的列；可用的有：uscc、name"),
        ({"name": "公司"}, "name 指向的列“公司”不在文件中；文件的列有：uscc、企业名称"),
        ({"address_wan": "uscc"}, "“address_wan”不是 firms 的列"),
    ],
)
def test_a_mapping_that_names_nothing_is_refused(given: dict[str, Any], expected: str) -> None:
    with pytest.raises(MappingInvalid, match=expected):
        map_columns("firms", ["uscc", "企业名称"], given)


def test_missing_columns_are_named_beside_those_found() -> None:
    with pytest.raises(ColumnsMissing) as caught:
        map_columns("firms", ["企业名称", "电话"], {})
    message = str(caught.value)
    assert "缺少必需的列：统一社会信用代码（uscc） 或 股票代码（stock_code）" in message
    assert "已识别：企业名称←企业名称；未识别的列：电话" in message
    assert caught.value.unmapped == ("电话",)


def test_a_table_without_heading_says_so() -> None:
    with pytest.raises(ColumnsMissing, match=r"缺少必需的列.*已识别：无；未识别的列：91440300"):
        map_columns("firms", ["91440300…", "样例有限公司"], {})


def test_a_mapping_file_may_be_json_or_yaml(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text('{"name": "客户"}', encoding="utf-8")
    (tmp_path / "m.yaml").write_text("name: 客户\nas_of: {S0: 2021-12-31}\n", encoding="utf-8")
    assert read_mapping(tmp_path / "m.json") == {"name": "客户"}
    assert read_mapping(tmp_path / "m.yaml")["name"] == "客户"
    assert read_mapping(None) == {}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("m.json", "{", "不是有效的 JSON 或 YAML"),
        ("m.yaml", "- a\n- b\n", "不是列表或文字"),
        ("m.json", "[1]", "不是列表或文字"),
    ],
)
def test_a_mapping_file_that_is_none_is_refused(tmp_path: Path, name: str, text: str, expected: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(MappingInvalid, match=expected):
        read_mapping(tmp_path / name)
    with pytest.raises(MappingInvalid, match="找不到或打不开"):
        read_mapping(tmp_path / "other.json")


def test_the_heading_is_the_row_with_most_known_names() -> None:
    rows = [["重点企业名单"], ["制表：招商局", "2024"], ["序号", "企业名称", "统一社会信用代码"], ["1", "甲", "乙"]]
    assert header_finder("firms", [])(rows) == 2
    assert header_finder("firms", ["制表：招商局", "2024"])(rows) in (1, 2)


@pytest.mark.parametrize("kind", list(REQUIRED))
def test_every_synonym_leads_to_one_target(kind: str) -> None:
    for field in fields_of(kind).values():
        for synonym in field.synonyms:
            found = recognise(synonym, kind)
            assert found is not None and found[0] == field.target, synonym
    assert all(target in fields_of(kind) for group in REQUIRED[kind] for target in group)
