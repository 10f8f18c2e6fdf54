"""Keywords of segments, and where they occur in many texts at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from analysis.matching.rules import SegmentRule
from analysis.matching.verbs import BUILD, GROW, MAKE, SERVE, VERBS

#: One-character verbs of two-character keywords: 养猪, 制氢, 造纸.
_SHORT = {"养": GROW, "制": MAKE, "造": MAKE, "炼": MAKE, "酿": MAKE, "织": MAKE}
#: Endings that name an activity though they are no verbs.
_ACTIVITIES = {"工程": BUILD, "绿化": BUILD, "服务": SERVE, "作业": SERVE | BUILD}
_NO_VERB = frozenset("养老 养护 养生 养分 制服 制冷 织物 制品 造价 造型 酿造".split())


def patterns_of(rules: Sequence[SegmentRule]) -> pl.DataFrame:
    """One row a keyword of a segment: ``segment`` (place in rules), ``word``, ``own`` (verb bits of the word itself)."""
    rows = [(number, word) for number, rule in enumerate(rules) for word in rule.patterns]
    frame = pl.DataFrame(rows, schema={"segment": pl.UInt32, "word": pl.String}, orient="row")
    own = pl.Series("own", [_own(word) for word in frame["word"].to_list()], dtype=pl.UInt32)
    return frame.with_columns(own).with_row_index("keyword")


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
    """Every occurrence of a pattern: ``row`` in texts, ``start`` (bytes), ``word``."""
    words = patterns["word"].unique(maintain_order=True).implode()
    empty = pl.DataFrame(schema={"row": pl.UInt32, "start": pl.Int64, "word": pl.String})
    if not len(patterns) or not len(texts):
        return empty
    holding = np.flatnonzero(texts.str.contains_any(words).fill_null(False).to_numpy())
    if not len(holding):
        return empty
    held = texts.gather(holding)
    frame = pl.DataFrame({"row": pl.Series(holding, dtype=pl.UInt32)}).with_columns(
        start=held.str.find_many(words, overlapping=True).cast(pl.List(pl.Int64)),
        word=held.str.extract_many(words, overlapping=True),
    )
    return frame.explode("start", "word")
