"""A phrase dictionary is extended instead of rebuilt, kept in files, and always matches as if built afresh."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.matching import Phrases, match, match_phrases
from tests.matching.made_up import BEARING, FREIGHT, PIG

RULES = [BEARING, PIG, FREIGHT]
_CLAUSES = ["轴承制造", "轴承销售", "生猪养殖、销售", "普通货运", "五金、轴承", "货运代理", "机械零件（轴承除外）制造"]
scopes = st.lists(st.sampled_from(_CLAUSES), max_size=4).map("；".join)
universes = st.dictionaries(st.sampled_from("abcdefgh"), scopes, max_size=6)


def firms(universe: dict[str, str]) -> pl.DataFrame:
    """A firm for each id and scope."""
    rows = [(firm, f"{firm}有限公司", scope) for firm, scope in universe.items()]
    return pl.DataFrame(rows, schema={"firm_id": pl.String, "name": pl.String, "scope": pl.String}, orient="row")


@settings(max_examples=12)
@given(universes, universes)
def test_an_extended_dictionary_matches_as_if_built_afresh(before: dict[str, str], after: dict[str, str]) -> None:
    extended = match_phrases(Phrases.build(firms(before)).updated(firms(after)), RULES)
    afresh = match(firms(before | after), RULES)
    keys = ["firm_id", "segment_id"]
    assert extended.pairs.sort(keys).equals(afresh.pairs.sort(keys))
    assert extended.makes.sort("firm_id").equals(afresh.makes.sort("firm_id"))


def test_clauses_that_are_known_are_not_read_again() -> None:
    one = Phrases.build(firms({"a": "轴承制造；五金销售"}))
    two = one.updated(firms({"b": "五金销售；轴承制造"}))
    assert len(two.clauses) == len(one.clauses) == 2
    assert len(two.tokens) == len(one.tokens)
    assert two.places.shape == (4, 3)


def test_a_dictionary_comes_back_from_its_files(tmp_path: Path) -> None:
    phrases = Phrases.build(firms({"a": "轴承制造", "b": "普通货运"}))
    phrases.write(tmp_path / "phrases")
    again = Phrases.read(tmp_path / "phrases")
    assert match_phrases(again, RULES).pairs.equals(match_phrases(phrases, RULES).pairs)
