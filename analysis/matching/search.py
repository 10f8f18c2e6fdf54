"""Keywords of segments, and where they occur in many texts at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl

from analysis.matching.rules import SegmentRule
from analysis.matching.verbs import BUILD, GROW, MAKE, RUN, SERVE, VERBS

#: One-character verbs of two-character keywords: 养猪, 制氢, 造纸.
_SHORT = {"养": GROW, "制": MAKE, "造": MAKE, "炼": MAKE, "酿": MAKE, "织": MAKE}
#: Endings that name an activity though they are no verbs.
_ACTIVITIES = {
    "工程": BUILD,
    "建筑": BUILD,
    "建筑业": BUILD,
    "加固": BUILD,
    "绿化": BUILD,
    "服务": SERVE,
    "作业": SERVE | BUILD,
    "发电": RUN,
    "供热": RUN,
    "供暖": RUN,
    "供水": RUN,
    "供气": RUN,
}
_NO_VERB = frozenset(
    "养老 养护 养生 养分 养料 制服 制冷 制剂 制件 制式 制动 制图 制度 制版 织物 织带 织机 织锦 制品 造价 造型 造影 炼乳 酿造".split()
)


#: Fewer texts than these are not searched in two threads.
_FEWEST = 20_000
_FEW_WORDS = 8
_NOTHING = pl.DataFrame(schema={"row": pl.UInt32, "start": pl.Int64, "word": pl.String})


def patterns_of(rules: Sequence[SegmentRule]) -> pl.DataFrame:
    """One row a keyword of a segment: ``segment`` (place in rules), ``word``, ``own`` (verb bits of the word itself)."""
    rows = [(number, word) for number, rule in enumerate(rules) for word in rule.patterns]
    frame = pl.DataFrame(rows, schema={"segment": pl.UInt32, "word": pl.String}, orient="row")
    words = zip(frame["word"].to_list(), frame["segment"].to_list(), strict=True)
    own = [_own(word) | rules[number].acts(word) for word, number in words]
    frame = frame.with_columns(own=pl.Series(own, dtype=pl.UInt32))
    return frame.with_row_index("keyword")


def _own(word: str) -> int:
    """Verb bits of the verbs with which a keyword ends (货物运输, 锻造) or, if short, begins (养猪)."""
    for size in range(len(word), 1, -1):
        if word[-size:] in VERBS:
            return VERBS[word[-size:]]
    for ending, bits in _ACTIVITIES.items():
        if word.endswith(ending):
            return bits
    return _SHORT.get(word[0], 0) if len(word) == 2 and word not in _NO_VERB else 0


def find(texts: pl.Series, patterns: pl.DataFrame) -> pl.DataFrame:
    """Every occurrence of a pattern: ``row`` in texts, ``start`` (bytes), ``word``, in order of rows."""
    words = patterns["word"].unique(maintain_order=True)
    half = max((len(texts) + 1) // 2, _FEWEST)
    parts = [texts[start : start + half] for start in range(0, len(texts), half)] if len(words) else []
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda part: _find_in(part, words), parts))
    return pl.concat([_NOTHING, *(part.with_columns(pl.col("row") + at * half) for at, part in enumerate(found))])


def _find_in(texts: pl.Series, words: pl.Series) -> pl.DataFrame:
    """Occurrences in one part of the texts."""
    every = words.implode()
    holding = np.flatnonzero(_holds_any(texts, words).fill_null(False).to_numpy())
    if not len(holding):
        return _NOTHING
    held = texts.gather(holding)
    frame = pl.DataFrame({"row": pl.Series(holding, dtype=pl.UInt32)}).with_columns(
        start=held.str.find_many(every, overlapping=True).cast(pl.List(pl.Int64)),
        word=held.str.extract_many(every, overlapping=True),
    )
    return frame.explode("start", "word")


def _holds_any(texts: pl.Series, words: pl.Series) -> pl.Series:
    """Which texts hold a word; a few words are sought one by one, which is faster than an automaton."""
    if len(words) > _FEW_WORDS:
        return texts.str.contains_any(words.implode())
    return texts.str.contains("|".join(re.escape(word) for word in words.to_list()))
