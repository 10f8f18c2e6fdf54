"""Strength by prefecture: the same figures that the home region is judged by."""

from __future__ import annotations

import pandas as pd
import pytest

from chains.model import Chain
from services.presence import Cube
from services.strength import national_strength

NONE = pd.Series(dtype=int)


def cube(counts: dict[str, int], firms: dict[str, int]) -> Cube:
    """Counts of segment ``s`` and all firms by prefecture, every firm a producer."""
    total, base = sum(counts.values()), sum(firms.values())
    rows = pd.DataFrame({"region": list(counts), "segment_id": "s", "n": list(counts.values())})
    other = pd.DataFrame({"region": list(firms), "segment_id": "t", "n": 1})
    marks = pd.DataFrame(
        {"base": "producers", "total": [total, len(firms)], "base_total": base, "shape": 1.0}, index=["s", "t"]
    )
    totals = pd.DataFrame({"n_firms": firms, "n_producers": firms})
    chains: tuple[Chain, ...] = ()
    return Cube(pd.concat([rows, other]), totals, marks, chains, pd.DataFrame())


def test_a_prefecture_is_judged_by_its_share_of_the_nation():
    """30 of 40 makers in a fifth of the firms: E = 40 · 100 / 500 = 8, LQ = 31 / 9; the rest has 10 where E = 32."""
    rows = national_strength(cube({"a": 30, "b": 10}, {"a": 100, "b": 400}), "s", NONE).set_index("region")

    assert rows.expected.to_dict() == {"a": 8.0, "b": 32.0}
    assert rows.lq.to_dict() == pytest.approx({"a": 31 / 9, "b": 11 / 33})
    assert rows.label.to_dict() == {"a": "strong", "b": "weak"}
    assert list(rows.index) == ["a", "b"]


def test_a_prefecture_with_firms_but_none_of_the_segment_is_no_zero_but_judged():
    """E = 40 · 100 / 1000 = 4 ≥ 1.6 and none seen: missing. One with two firms of 1000: E = 0.08, unknown."""
    rows = national_strength(cube({"a": 40}, {"a": 898, "b": 100, "c": 2}), "s", NONE).set_index("region")

    assert rows.label.to_dict() == {"a": "fair", "b": "missing", "c": "unknown"}


def test_firms_of_unknown_place_are_no_prefecture():
    rows = national_strength(cube({"a": 4, "000000": 4}, {"a": 100, "000000": 100}), "s", NONE)

    assert rows.region.tolist() == ["a"]
    assert rows.expected.tolist() == [4.0]


def test_a_listed_firm_stands_for_three_makers():
    """2 of 2 makers in 10 of 1,000 firms: E = 0.02, too little to judge; with a listed firm among them it is judged."""
    counted = cube({"a": 2}, {"a": 10, "b": 990})

    assert national_strength(counted, "s", NONE).set_index("region").label["a"] == "unknown"
    assert national_strength(counted, "s", pd.Series({"a": 1})).set_index("region").label["a"] != "unknown"
