"""Matching from beginning to end: firms and segments in, pairs with role, verdict, score and evidence out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.matching.evidence import evidence_of, roles_of
from analysis.matching.pairs import Occurrences, find_pairs
from analysis.matching.phrases import Phrases
from analysis.matching.rules import SegmentRule
from analysis.matching.score import score, verdicts

Progress = Callable[[float, str], None]

#: Segments whose pairs one thread holds in memory together.
SEGMENTS_AT_ONCE = 50
PAIRS = {
    "firm_id": pl.String,
    "segment_id": pl.String,
    "role": pl.String,
    "verdict": pl.String,
    "score": pl.Float32,
    "evidence": pl.String,
}


@dataclass(frozen=True)
class Matched:
    """``pairs``: firm_id, segment_id, role, verdict, score, evidence. ``makes``: firm_id, makes (anything at all)."""

    pairs: pl.DataFrame
    makes: pl.DataFrame


def match(firms: pl.DataFrame, segments: Sequence[SegmentRule], progress: Progress | None = None) -> Matched:
    """Match firms (firm_id, name, scope, products?, gb4754?) to segments.

    One row of ``pairs`` is a firm and segment of which a keyword, the name or a product speaks; one of ``makes`` a firm.
    """
    tell = progress or (lambda share, text: None)
    phrases = Phrases.build(firms, lambda share, text: tell(0.6 * share, text))
    return match_phrases(phrases, segments, lambda share, text: tell(0.6 + 0.4 * share, text))


def match_phrases(phrases: Phrases, segments: Sequence[SegmentRule], progress: Progress | None = None) -> Matched:
    """Match a phrase dictionary that is already built, with the same result as :func:`match`."""
    tell = progress or (lambda share, text: None)
    tell(0.0, "查找关键词")
    everywhere = Occurrences.of(phrases, segments)
    # segments at equal distances: neighbours are often equally frequent, and batches should take equally long
    step = -(-len(segments) // SEGMENTS_AT_ONCE)
    batches = [range(start, len(segments), step) for start in range(step)]
    found = [pl.DataFrame(schema=PAIRS)]
    with ThreadPoolExecutor(2) as pool:
        for pairs in pool.map(lambda batch: _match_batch(phrases, segments, batch, everywhere), batches):
            found.append(pairs)
            tell((len(found) - 1) / len(batches), "匹配环节")
    tell(1.0, "匹配完成")
    pairs = pl.concat(found)
    return Matched(pairs, phrases.firms.select("firm_id", "makes"))


def _match_batch(phrases: Phrases, rules: Sequence[SegmentRule], batch: range, everywhere: Occurrences) -> pl.DataFrame:
    """Pairs of some segments."""
    pairs = find_pairs(phrases, rules, everywhere.among(batch))
    scores = score(pairs)
    ids = pl.Series([rule.id for rule in rules], dtype=pl.String)
    columns = {
        "firm_id": phrases.firms["firm_id"].gather(pairs["firm"]),
        "segment_id": ids.gather(pairs["segment"]),
        "role": roles_of(pairs, scores),
        "verdict": verdicts(scores),
        "score": pl.Series(np.round(scores, 4), dtype=pl.Float32),
        "evidence": evidence_of(pairs, phrases, rules),
    }
    return pl.DataFrame(columns, schema=PAIRS)
