"""What holds of every scope: sales clauses make no makers, order does not matter, exclusions add nothing, garbage is harmless."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.matching import match
from tests.matching.made_up import BEARING, FREIGHT, PIG, firm

_THINGS = ["轴承", "齿轮", "五金", "轴承及配件", "轴承设备", "货物运输", "生猪", "机械零件", "轴承钢", "饲料"]
_VERBS = ["制造", "销售", "加工、销售", "的研发、制造", "批发、零售", "维修", "的安装", "养殖", "服务", ""]
_LEADS = ["", "", "生产", "销售", "生产、销售：", "批发：", "从事", "研发、", "以下限分支机构经营："]
_TAILS = ["", "", "（不含危险化学品）", "（不含轴承）", "（含轴承）", "（依法须经批准的项目）", "（轴承除外）"]
_NAMES = ["新城轴承有限公司", "新城商贸有限公司", "新城机械厂", "新城养猪专业合作社", "某某有限公司"]

things = st.lists(st.sampled_from(_THINGS), min_size=1, max_size=4).map("、".join)
clauses = st.builds(
    lambda lead, items, tail, verb: f"{lead}{items}{tail}{verb}",
    st.sampled_from(_LEADS),
    things,
    st.sampled_from(_TAILS),
    st.sampled_from(_VERBS),
)
scopes = st.lists(clauses, min_size=1, max_size=5)
names = st.sampled_from(_NAMES)
RULES = [BEARING, PIG, FREIGHT]


def confirmed(scope: str, name: str) -> set[str]:
    """Segments in which the firm is confirmed."""
    pairs = match(firm(scope, name), RULES).pairs
    return set(pairs.filter(pl.col("verdict") == "confirmed")["segment_id"])


@settings(max_examples=25)
@given(scopes, names, st.sampled_from(["轴承销售", "批发、零售：轴承、生猪", "轴承的批发", "轴承零售"]))
def test_adding_a_sales_clause_never_turns_a_firm_into_a_maker(scope: list[str], name: str, sale: str) -> None:
    before = confirmed("；".join(scope), name)
    assert confirmed("；".join([*scope, sale]), name) - {"freight"} <= before


@settings(max_examples=25)
@given(scopes, names, st.randoms())
def test_reordering_clauses_changes_nothing(scope: list[str], name: str, random: object) -> None:
    other = list(scope)
    random.shuffle(other)  # type: ignore[attr-defined]
    one = match(firm("；".join(scope), name), RULES)
    two = match(firm("；".join(other), name), RULES)
    assert one.pairs.equals(two.pairs)
    assert one.makes.equals(two.makes)


@settings(max_examples=25)
@given(
    scopes, names, st.sampled_from(["（不含轴承）", "；不含轴承", "（轴承除外）", "；除轴承外", "（不含轴承、生猪）"])
)
def test_adding_an_exclusion_never_adds_the_thing(scope: list[str], name: str, exclusion: str) -> None:
    text = "；".join(scope)
    assert confirmed(text + exclusion, name) <= confirmed(text, name)


@settings(max_examples=25)
@given(st.text(max_size=200), st.text(max_size=30) | st.none())
def test_any_text_at_all_is_taken(scope: str, name: str | None) -> None:
    found = match(firm(scope, name), RULES)
    assert len(found.makes) == 1


@settings(max_examples=25)
@given(st.text(alphabet="（）()【】；。、，：:.  \x00\x07\u200b😀★", max_size=60))
def test_text_without_words_matches_nothing(scope: str) -> None:
    found = match(firm(scope, None), RULES)
    assert len(found.pairs) == 0
    assert found.makes["makes"].to_list() == [False]
