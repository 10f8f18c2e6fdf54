"""Bad input never raises and never matches."""

from __future__ import annotations

import time

import polars as pl
import pytest

from analysis.matching import Phrases, SegmentRule, match, match_phrases, preview
from tests.matching.made_up import BEARING, firm, verdict


@pytest.mark.parametrize(
    "scope",
    [
        None,
        "",
        " ",
        "\x00\x01\x02",
        "（（（（",
        "））））",
        "😀😀😀",
        "、、、，，，；；；",
        "（）【】[]",
        "1.2.3.4",
        "轴" * 1_000_000,
    ],
)
def test_garbage_matches_nothing(scope: str | None) -> None:
    assert verdict(BEARING, scope, None) == "none"


def test_a_scope_of_a_million_characters_is_read_from_its_beginning() -> None:
    assert verdict(BEARING, "轴承制造；" + "投资（" * 400_000) == "confirmed"


def test_no_firms_and_no_segments_give_empty_frames_of_the_same_shape() -> None:
    columns = ["firm_id", "segment_id", "role", "verdict", "score", "evidence"]
    nobody = match(firm("轴承制造").clear(), [BEARING])
    assert nobody.pairs.columns == columns
    assert len(nobody.pairs) == len(nobody.makes) == 0
    nothing = match(firm("轴承制造"), [])
    assert nothing.pairs.columns == columns
    assert len(nothing.pairs) == 0
    assert nothing.makes["makes"].to_list() == [True]


def test_a_bracket_that_is_never_closed_does_not_swallow_the_rest() -> None:
    assert verdict(BEARING, "五金（不含危险品；轴承制造") == "confirmed"


def test_a_keyword_of_blanks_finds_nothing() -> None:
    rule = SegmentRule("x", "空", "制造某物", (" ", "\x00"))
    assert len(match(firm("轴承制造"), [rule]).pairs) == 0


def test_keywords_are_found_whatever_their_width_or_case() -> None:
    rule = SegmentRule("led", "LED", "制造LED产品；只销售的不算", ("ＬＥＤ",))
    assert verdict(rule, "led灯珠、ＬＥＤ模组制造") == "confirmed"


def test_text_cut_in_the_middle_of_a_word_is_read_as_far_as_it_goes() -> None:
    assert verdict(BEARING, "轴承制造；五金批发、零") == "confirmed"


def test_a_dictionary_is_built_once_and_matched_to_any_segments() -> None:
    firms = pl.DataFrame({"firm_id": ["a", "b"], "name": ["甲", "乙"], "scope": ["轴承制造", "齿轮销售；轴承"]})
    phrases = Phrases.build(firms)
    gear = SegmentRule("gear", "齿轮", "制造齿轮", ("齿轮",))
    assert match_phrases(phrases, [BEARING, gear]).pairs.equals(match(firms, [BEARING, gear]).pairs)
    assert match_phrases(phrases, [gear]).pairs["firm_id"].to_list() == ["b"]


def test_a_preview_counts_firms_and_shows_some() -> None:
    firms = pl.DataFrame(
        {"firm_id": ["a", "b", "c"], "name": ["甲", "乙", "丙"], "scope": ["轴承制造；轴承", "齿轮", "五金轴承销售"]}
    )
    found = preview(Phrases.build(firms), "轴承")
    assert found.firms == 2
    assert found.samples["firm_id"].to_list() == ["a", "c"]
    assert preview(Phrases.build(firms), "").firms == 0


def test_a_number_and_a_closing_bracket_begin_a_clause() -> None:
    assert verdict(BEARING, "1）轴承制造2）五金销售") == "confirmed"
    assert verdict(BEARING, "1）五金制造2）轴承销售") == "rejected"


@pytest.mark.parametrize("piece", ["轴承及", "轴承（", "不含轴承、", "制造", "轴承：", "（）", "生产轴承，"])
def test_a_megabyte_of_one_piece_is_read_in_moments(piece: str) -> None:
    start = time.process_time()
    assert verdict(BEARING, piece * (1_000_000 // len(piece.encode())), None) in {"none", "rejected", "confirmed"}
    assert time.process_time() - start < 5
