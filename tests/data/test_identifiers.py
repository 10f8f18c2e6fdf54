"""USCC check digits, against the codes of GB 32100-2015's field and a vectorised twin."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.identifiers import (
    ALPHABET,
    check_character,
    is_adcode,
    organisation_fault,
    uscc_fault,
    valid_organisations,
    valid_usccs,
)
from tests.shared import shared_path

VALID = ["914403001922038216", "9144030071526726XG", "91330100799655058B", "91110108717743469K", "91350100M000100Y43"]


@pytest.mark.parametrize("code", VALID)
def test_known_codes_are_valid(code):
    assert uscc_fault(code) is None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("91350100M000100Y4Z", "不允许的字符：Z"),
        ("91310115MA1H8R7C6D", "校验位不符"),
        ("91320211MA1GXXXXX", "给的是 17 位"),
        ("9.14403E+17", "科学计数"),
        ("370100200001234", "15 位注册号"),
        ("", "给的是 0 位"),
    ],
)
def test_wrong_codes_are_refused_with_the_reason(code, words):
    assert words in uscc_fault(code)


def test_check_character_of_the_printed_prefix_is_zero():
    assert check_character("91371203MA3C4T00X") == "0"


def test_inner_organisation_code_failure_is_only_a_hint():
    assert organisation_fault("914403001922038216") is None
    assert "仅提示" in organisation_fault("914403001922038226")


@given(
    st.lists(
        st.one_of(st.sampled_from(VALID), st.text(ALPHABET, min_size=17, max_size=19), st.text(max_size=20), st.none())
    )
)
def test_whole_columns_are_judged_as_single_codes(codes):
    expected = [code is not None and uscc_fault(code) is None for code in codes]
    assert valid_usccs(pl.Series("uscc", codes, dtype=pl.String)).to_list() == expected


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(body, at, other):
    code = body + check_character(body)
    changed = code[:at] + other + code[at + 1 :]
    assert (uscc_fault(changed) is None) == (changed == code)


@given(st.lists(st.text(ALPHABET, min_size=17, max_size=17)))
def test_inner_codes_of_whole_columns_are_judged_as_single_ones(bodies):
    codes = [body + check_character(body) for body in bodies]
    expected = [organisation_fault(code) is None for code in codes]
    assert valid_organisations(pl.Series("uscc", codes, dtype=pl.String)).to_list() == expected


def test_an_inner_check_of_ten_is_x_and_of_eleven_is_zero():
    # 71526726 → Σ = 199, 11 − 199 mod 11 = 10 → X; 00000000 → Σ = 0, 11 − 0 = 11 → 0
    assert organisation_fault("9144030071526726XG") is None
    body = "91370100" + "00000000" + "0"
    assert organisation_fault(body + check_character(body)) is None


def test_nothing_is_valid_in_an_empty_or_missing_column():
    assert valid_usccs(pl.Series([], dtype=pl.String)).to_list() == []
    assert valid_usccs(pl.Series([None, ""], dtype=pl.String)).to_list() == [False, False]


@pytest.mark.parametrize("text", ["370117", "100000"])
def test_six_digits_have_the_form_of_a_division_code(text):
    assert is_adcode(text)


@pytest.mark.parametrize("text", ["37011", "3701170", "037011", "37011A", "３７０１１７", "370117\n", ""])
def test_other_texts_have_not(text):
    assert not is_adcode(text)


def test_every_code_of_the_registry_is_valid_and_few_inner_codes_fail():
    codes = pl.read_parquet(shared_path("registry_1m.parquet"), columns=["uscc"])["uscc"]
    assert valid_usccs(codes).all()
    assert (~valid_organisations(codes)).sum() == 107
