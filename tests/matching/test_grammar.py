"""Which verbs govern which item of a clause."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from analysis.matching.grammar import NEGATED, Sequence, govern
from analysis.matching.reading import read_phrases
from analysis.matching.tokens import split_tokens
from analysis.matching.verbs import GROW, MAKE, PROCESS, RD, REPAIR, TRADE


def governed(clause: str) -> dict[str, int]:
    """Noun → verb bits (negative: excluded) of one clause."""
    tokens = split_tokens(pl.Series([clause]), np.empty(0, np.uint64))
    order = np.argsort(tokens.new_keys)
    place = order[tokens.which]
    read = read_phrases(tokens.new_texts)
    lead, trail, marks = (read[column].to_numpy()[place] for column in ("lead", "trail", "marks"))
    found = govern(Sequence(tokens.clause, tokens.flags, lead, trail, marks))
    out = {}
    for at, verbs, state in zip(place, found.verbs, found.state, strict=True):
        row = read.row(int(at), named=True)
        noun = row["text"].encode()[row["begin"] : row["end"]].decode()
        if noun:
            out[noun] = -1 if state & NEGATED else int(verbs)
    return out


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("生产、销售：甲、乙、丙", {"甲": MAKE | TRADE, "乙": MAKE | TRADE, "丙": MAKE | TRADE}),
        ("甲制造，乙销售", {"甲": MAKE, "乙": TRADE}),
        ("甲、乙、丙的研发、制造、销售", dict.fromkeys("甲乙丙", RD | MAKE | TRADE)),
        ("加工、销售甲、乙", {"甲": PROCESS | TRADE, "乙": PROCESS | TRADE}),
        ("生产甲、乙，丙、丁的销售", {"甲": MAKE, "乙": MAKE, "丙": TRADE, "丁": TRADE}),
        ("销售：甲、乙维修、丙", {"甲": TRADE, "乙": REPAIR, "丙": TRADE}),
        ("甲、乙", {"甲": 0, "乙": 0}),
        ("甲、乙加工、丙、丁", {"甲": 0, "乙": PROCESS, "丙": 0, "丁": 0}),
        ("甲（不含乙）制造", {"甲": MAKE, "不含乙": -1}),
        ("甲（乙、丙除外）制造", {"甲": MAKE, "乙": -1, "丙除外": -1}),
        ("甲（不含生产）销售", {"甲": TRADE, "不含": -1}),
        ("甲种植、养殖", {"甲": GROW}),
    ],
)
def test_verbs_reach_the_nouns_they_are_said_of(clause: str, expected: dict[str, int]) -> None:
    assert governed(clause) == expected


def test_a_verb_that_only_names_a_kind_of_thing_governs_nothing() -> None:
    assert governed("检测设备、加工中心") == {"检测设备": 0, "加工中心": 0}
    assert governed("焊接钢管") == {"焊接钢管": 0}
