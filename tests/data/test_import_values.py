"""Cells to values, and the reason where a cell is doubtful."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest

from data.imports.fields import Unit
from data.imports.identity import read_uscc
from data.imports.places import find_place
from data.imports.values import MASK_REASON, codes, counts, dates, money, names, numbers, texts
from tests.data.import_files import VALID

WAN = Unit(1e4, None)


def one(parsed: object) -> tuple[object, str | None]:
    return parsed.value[0], parsed.fault[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize("blank", ["", "  ", "-", "NULL", "nan", "N/A", "—", None])
def test_blanks_are_missing_without_a_word(blank: str | None) -> None:
    cells = pl.Series([blank], dtype=pl.String)
    assert one(texts(cells)) == (None, None)
    assert one(numbers(cells)) == (None, None)
    assert one(dates(cells, pl.Series([None], dtype=pl.Date))) == (None, None)
    assert money(cells, WAN).fault[0] is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-05-01", date(2019, 5, 1)), ("2019/5/1", date(2019, 5, 1)), ("2019.5.1", date(2019, 5, 1)),
        ("20190501", date(2019, 5, 1)), ("2019年5月1日", date(2019, 5, 1)), ("2019-05-01 18:30:00", date(2019, 5, 1)),
        ("2019.5.1 18:30", date(2019, 5, 1)), ("2019-05-01T00:00:00", date(2019, 5, 1)), ("２０１９－５－１", date(2019, 5, 1)),
        ("43586", date(2019, 5, 1)),
    ],
)  # fmt: skip
def test_days_are_read_in_the_forms_met(text: str, day: date) -> None:
    assert one(dates(pl.Series([text]), pl.Series([date(2024, 1, 1)]))) == (day, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2019-05", "只写到年或月"), ("2019年", "只写到年或月"), ("2019-13-01", "不是可识别的日期"), ("上周", "不是可识别的日期"),
        ("1066-10-14", "早于 1850 年"), ("2024-01-02", "晚于数据截止日期"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_missing_with_a_reason(text: str, reason: str) -> None:
    value, fault = one(dates(pl.Series([text]), pl.Series([date(2024, 1, 1)])))
    assert value is None and fault is not None and reason in fault and "记为无数据" in fault


def test_typed_dates_of_parquet_are_days() -> None:
    limit = pl.Series([date(2024, 1, 1)])
    assert one(dates(pl.Series([datetime(2019, 5, 1, 12)]), limit)) == (date(2019, 5, 1), None)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1000", 1e7, None), ("1,000.5", 10_005_000.0, None), ("1000万元人民币", 1e7, "CNY"), ("500万美元", 5e6, "USD"),
        ("人民币3亿元", 3e8, "CNY"), ("120元", 120.0, "CNY"), ("1000.000000万人民币", 1e7, "CNY"), ("0", 0.0, None),
        ("１００万港元", 1e6, "HKD"),
    ],
)  # fmt: skip
def test_the_unit_in_the_cell_comes_before_that_of_the_heading(text: str, amount: float, currency: str | None) -> None:
    parsed = money(pl.Series([text]), WAN)
    assert (parsed.amount[0], parsed.currency[0], parsed.fault[0]) == (amount, currency, None)


def test_a_unit_beside_the_amount_counts_for_its_row() -> None:
    parsed = money(pl.Series(["7", "120", "5"]), None, pl.Series(["亿元", "万美元", None]))
    assert parsed.amount.to_list() == [7e8, 1.2e6, None]
    assert parsed.currency.to_list() == ["CNY", "USD", None]
    assert parsed.fault.to_list() == [None, None, "没有写明单位（元、万元或亿元），记为无数据"]


@pytest.mark.parametrize(
    ("text", "reason"), [("*", MASK_REASON), ("**", MASK_REASON), ("-5", "金额为负"), ("面议", "不是可识别的金额")]
)
def test_money_that_is_none_is_missing_with_a_reason(text: str, reason: str) -> None:
    parsed = money(pl.Series([text]), WAN)
    assert parsed.amount[0] is None and reason in parsed.fault[0]


def test_a_masked_number_is_missing_and_never_zero() -> None:
    assert one(numbers(pl.Series(["*"]))) == (None, MASK_REASON)
    assert one(texts(pl.Series(["***"]))) == (None, MASK_REASON)


def test_counts_are_whole_and_not_negative() -> None:
    parsed = counts(pl.Series(["100人", "1,000", "-1", "3.5", "50-99人"]))
    assert parsed.value.to_list() == [100, 1000, None, None, None]
    assert [fault is None for fault in parsed.fault] == [True, True, False, False, False]


def test_control_characters_and_blanks_inside_names_go() -> None:
    parsed = names(pl.Series(["山东 样例\t钢构", "Alpha Beta Ltd", "样\x00例", "样\u200b例"]), 200)
    assert parsed.value.to_list() == ["山东样例钢构", "Alpha Beta Ltd", "样例", "样例"]
    assert parsed.fault.to_list() == [None, None, "含有控制字符，已去除", None]


@pytest.mark.parametrize("name", ['=HYPERLINK("x")', "+1", "@SUM(A1)", "＝1", "-样例"])
def test_a_name_that_looks_like_a_formula_stays_text_and_is_flagged(name: str) -> None:
    assert one(names(pl.Series([name]), 200)) == (name, "以公式符号开头，按文字保存，不会执行")


def test_text_of_a_megabyte_is_cut_and_flagged() -> None:
    value, fault = one(texts(pl.Series(["经" * 1_000_000])))
    assert isinstance(value, str) and len(value) == 20_000
    assert fault == "文字超过 20000 字，只保留前 20000 字"


def test_a_broken_formula_is_missing() -> None:
    assert one(texts(pl.Series(["#REF!"]))) == (None, "Excel 公式出错，记为无数据")


def test_codes_keep_their_zeros_and_lose_a_decimal_tail() -> None:
    assert codes(pl.Series(["010117", "370117.0", "３７０１１７", " 37 "])).value.to_list() == [
        "010117",
        "370117",
        "370117",
        "37",
    ]
    assert codes(pl.Series([370117.0, None])).value.to_list() == ["370117", None]


def test_a_list_of_products_is_one_text() -> None:
    assert texts(pl.Series([["轴承", "齿轮"], None])).value.to_list() == ["轴承、齿轮", None]


def test_uscc_in_other_dress_are_valid_and_spoilt_ones_say_how() -> None:
    given = [
        VALID[1].lower(),
        f" {VALID[0]} ",
        "９１４４０３００１９２２０３８２１６",
        "9.14E+17",
        "91350100M000100Y44",
        None,
    ]
    parsed = read_uscc(pl.Series(given))
    assert parsed.value.to_list() == [VALID[1], VALID[0], VALID[0], None, None, None]
    assert "科学计数" in parsed.fault[3] and "校验位" in parsed.fault[4] and parsed.fault[5] is None


def test_uscc_that_became_numbers_are_spoilt() -> None:
    assert "科学计数" in read_uscc(pl.Series([9.14403001922038e17])).fault[0]


@pytest.mark.parametrize(
    ("parts", "adcode"),
    [
        (("钢城区",), "370117"), (("黔江区",), "500114"), (("济南市", "钢城区"), "370117"), (("山东省济南市钢城区",), "370117"),
        (("北京市", "朝阳区"), "110105"), (("济南",), "370100"), (("北京市",), "110000"), (("仙桃市",), "429004"),
        (("朝阳区",), None), (("S3 某区",), None), (("区",), None), ((), None),
    ],
)  # fmt: skip
def test_a_place_name_is_a_code_only_where_one_place_has_it(parts: tuple[str, ...], adcode: str | None) -> None:
    assert find_place(*parts) == adcode


def test_a_region_decides_between_places_of_one_name() -> None:
    assert find_place("鼓楼区") is None
    assert find_place("鼓楼区", within="320100") == "320106"
    assert find_place("鼓楼区", within="370100") is None


def test_an_infinite_amount_is_no_amount():
    parsed = money(pl.Series([float("inf"), 5.0]), WAN)
    assert parsed.amount.to_list() == [None, 50_000.0]
    assert parsed.fault[0] == "不是可识别的金额，记为无数据"
