"""Search among firms in memory: the filter and its address, sets of rows, segments and roles, texts and pinyin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.search.bands import CAPITAL, EMPLOYEES, codes
from analysis.search.bits import count, counts, every, of_positions, pack, positions, union, unpack
from analysis.search.facets import CodeFacet, code_facet
from analysis.search.filter import FACETS, Filter, UnknownFacet
from analysis.search.membership import ROLES, read_pairs
from analysis.search.spelled import spell
from analysis.search.texts import Texts, read_texts

WORD = st.text(st.characters(exclude_characters=",", exclude_categories=["C", "Z"]), min_size=1, max_size=8)
CHOICES = st.lists(WORD, min_size=1, max_size=3, unique=True).map(tuple)
FILTERS = st.builds(
    Filter,
    everywhere=st.booleans(),
    text=st.lists(WORD, max_size=2).map(" ".join),
    chain=st.none() | WORD.filter(lambda word: word != "all"),
    segments=st.just(()) | CHOICES,
    chosen=st.dictionaries(st.sampled_from(list(FACETS)), CHOICES).map(
        lambda held: tuple((name, held[name]) for name in FACETS if name in held)
    ),
    sort=st.none() | WORD,
)
NAMES = ["济南轴承厂", "山东重型汽车有限公司", "重庆长安汽车", "LED（显示）科技", "银行设备行", "轴承"]


@given(FILTERS)
def test_a_filter_is_what_its_address_says(wanted: Filter) -> None:
    assert Filter.from_query(wanted.query()) == wanted
    assert Filter.from_words([f"{key}={value}" for key, value in wanted.query().items()]) == wanted


def test_a_choice_is_added_and_taken_away() -> None:
    once = Filter(text="轴承").toggled("capital", "c5").toggled("listed", "1").toggled("capital", "c6")
    assert once.query() == {"q": "轴承", "capital": "c5,c6", "listed": "1"}
    assert once.toggled("capital", "c5").toggled("capital", "c6").query() == {"q": "轴承", "listed": "1"}


def test_facets_are_named_in_chinese_too_and_an_unknown_one_is_refused_by_name() -> None:
    assert Filter.from_words(["登记状态=running", "全文=轴承"]).query() == {"q": "轴承", "status": "running"}
    with pytest.raises(UnknownFacet, match="没有筛选项“颜色”"):
        Filter.from_words(["颜色=红"])


@given(st.lists(st.booleans(), max_size=300), st.lists(st.booleans(), max_size=300))
def test_packed_rows_are_the_rows(left: list[bool], right: list[bool]) -> None:
    n = min(len(left), len(right))
    one, other = np.array(left[:n], bool), np.array(right[:n], bool)
    assert unpack(pack(one), n).tolist() == one.tolist()
    assert positions(pack(one) & pack(other), n).tolist() == np.flatnonzero(one & other).tolist()
    assert count(union([pack(one), pack(other)])) == int((one | other).sum())
    assert count(every(n)) == n
    assert counts(np.array([pack(one), pack(other)]), pack(other)).tolist() == [(one & other).sum(), other.sum()]


def test_an_amount_lies_in_the_band_whose_lower_bound_it_reaches() -> None:
    assert codes(CAPITAL, np.array([1.0, 1e6, 999_999.0, 1e9, np.nan])).tolist() == [0, 1, 0, 5, 6]
    assert codes(EMPLOYEES, np.array([299.0, 300.0])).tolist() == [1, 2]


def test_facets_of_few_and_of_many_choices_count_alike() -> None:
    drawn = np.random.default_rng(1).integers(0, 70, 1000)
    words = {str(number): "" for number in range(70)}
    many, few = code_facet(words, drawn), code_facet(dict.fromkeys(list(words)[:60], ""), drawn % 60)
    within = of_positions(np.arange(0, 1000, 3), 1000)
    assert isinstance(many, CodeFacet)
    assert many.counted(within).tolist() == np.bincount(drawn[::3], minlength=70).tolist()
    assert few.counted(within).tolist() == np.bincount(drawn[::3] % 60, minlength=60).tolist()
    rows = many.rows(["3", "5", "没有"])
    assert rows is not None
    assert positions(rows, 1000).tolist() == np.flatnonzero(np.isin(drawn, [3, 5])).tolist()
    assert many.rows(["没有"]) is None


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, 2**32 - 1), st.sets(st.sampled_from(ROLES), max_size=2), st.sampled_from([None, "a", "b", "none"])
)
def test_pairs_are_counted_as_a_join_counts_them(seed: int, roles: set[str], chain: str | None) -> None:
    chance = np.random.default_rng(seed)
    drawn = pd.DataFrame({"chain_id": chance.choice(["a", "b"], 60), "segment_id": chance.choice(["x", "y"], 60)})
    drawn = drawn.assign(at=chance.integers(0, 20, 60), role=chance.choice(ROLES[:3], 60), score=chance.random(60))
    pairs = drawn.drop_duplicates(["chain_id", "segment_id", "at"])
    members = read_pairs(pl.from_pandas(pairs), 20)
    wanted = Filter(chain=chain, segments=("x",) if chain == "a" else ()).with_choices("role", sorted(roles))
    within = of_positions(np.arange(0, 20, 2), 20)
    even = pairs[(pairs["at"] % 2 == 0) & (pairs.role.isin(roles) if roles else True)]
    told = members.chain_counts(within, wanted)
    assert {key: told.get(key, 0) for key in "ab"} == {key: even[even.chain_id == key]["at"].nunique() for key in "ab"}
    of_chain = even[even.chain_id == chain]
    assert {k: n for k, n in members.segment_counts(within, wanted).items() if n} == dict(
        of_chain.segment_id.value_counts()
    )
    if chain == "a" or (chain is None and roles):
        kept = even if chain is None else of_chain[of_chain.segment_id == "x"]
        rows = members.rows(wanted)
        assert rows is not None
        assert set(positions(rows & within, 20)) == set(kept["at"])
    nowhere = members.rows(replace(wanted, chain="none"))
    assert nowhere is not None
    assert set(positions(nowhere, 20)) == set(range(20)) - set(pairs["at"])
    best = pairs[pairs["at"] == 3].sort_values("score", ascending=False)
    told = members.pairs_of(np.array([3])).get(3, [])
    assert told == list(best[["chain_id", "segment_id", "role"]].itertuples(index=False, name=None))


def _texts() -> Texts:
    rests = ["制造:轴承", "汽车零部件制造", "轴承套圈", "LED", "", "销售:铁粉"]
    rows = pl.DataFrame(
        {"names": [n.lower().replace("（", "(").replace("）", ")") for n in NAMES], "rest": [r.lower() for r in rests]}
    )
    codes, cased = ["91370000A", "600001", "", "", "", "9137"], [None, None, None, "LED", None, None]
    rows = rows.with_columns(pl.Series("codes", codes), pl.Series("cased", cased))
    return read_texts(rows, ["济南", "山东", "山东省", "重庆"])


def _found(texts: Texts, text: str) -> list[list[int]]:
    return [rows for one in texts.find(text).classes if (rows := positions(one, len(NAMES)).tolist())]


def test_products_and_scope_are_told_with_their_capital_letters_and_wide_brackets() -> None:
    rows = pl.DataFrame({"names": ["甲", "乙", "丙"], "rest": ["led(灯)", "轴承(滚动)", ""], "codes": [""] * 3})
    texts = read_texts(rows.with_columns(pl.Series("cased", ["LED(灯)", None, None])), [])
    assert texts.written(np.array([2, 0, 1])) == ["", "LED（灯）", "轴承（滚动）"]


def test_what_a_text_finds_comes_in_classes_the_own_name_first() -> None:
    texts = _texts()
    assert _found(texts, "轴承") == [[5], [0], [2]]  # it is the name; 字号 after the place 济南; in the scope
    assert _found(texts, "汽车") == [[1, 2]]  # in the name, though 1 has it in the scope too
    assert _found(texts, "LED") == [[3]]
    assert _found(texts, "led（") == [[3]]
    assert _found(texts, "600001") == [[1]]
    assert _found(texts, "汽车 零部件") == [[1]]
    assert _found(texts, "没有") == []


def test_names_are_found_by_initials_and_whole_pinyin_read_in_words() -> None:
    texts = _texts()
    assert _found(texts, "cqca") == [[2]]
    assert _found(texts, "zhongxingqi") == [[1]]  # 重型汽: the last syllable is not finished
    assert _found(texts, "yhsb") == [[4]]  # 银行: háng
    assert _found(texts, "zc") == [[0, 5]]


def test_a_word_typed_on_finds_what_it_finds_when_typed_at_once() -> None:
    slowly = _texts()
    for word in ("轴承套", "zhongxing", "600001", "汽车零部件", "led显"):
        for size in range(1, len(word) + 1):
            slowly.find(word[:size])
        assert _found(slowly, word) == _found(_texts(), word)


def test_pinyin_holds_a_sign_for_every_character() -> None:
    known = spell(NAMES)
    assert known.initials.str.len_chars().to_list() == [len(name) for name in NAMES]
    assert known.syllables.str.len_chars().to_list() == [len(name) for name in NAMES]
