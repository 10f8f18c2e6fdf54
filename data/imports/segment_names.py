"""Segments of the chains in force, found by what a cell says: an id, a name, a name within a chain."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

import polars as pl


class SegmentName(NamedTuple):
    """One segment and its chain, with ids and Chinese names."""

    chain_id: str
    chain_name: str
    segment_id: str
    name: str


class FoundSegments(NamedTuple):
    """Ids by row, and for rows without one the reason (null where the cell is empty)."""

    chain_ids: pl.Series
    segment_ids: pl.Series
    faults: pl.Series


def find_segments(segments: Sequence[SegmentName], texts: pl.Series, chains: pl.Series) -> FoundSegments:
    """The segment that each text names, in the chain of the same row where that is given."""
    known = {key: _find(segments, *key) for key in set(zip(texts, chains, strict=True))}
    rows = [known[key] for key in zip(texts, chains, strict=True)]
    columns = [pl.Series([row[at] for row in rows], dtype=pl.String) for at in range(3)]
    return FoundSegments(*columns)


def _find(
    segments: Sequence[SegmentName], text: str | None, chain: str | None
) -> tuple[str | None, str | None, str | None]:
    """chain_id, segment_id and fault of one cell."""
    if text is None:
        return None, None, None
    inside = [one for one in segments if chain is None or chain in (one.chain_id, one.chain_name)]
    if not inside:
        names = list(dict.fromkeys(one.chain_name for one in segments))
        return None, None, f"没有产业链“{chain}”{_near(str(chain), names)}"
    hits = [one for one in inside if text in (one.segment_id, one.name)]
    if len(hits) == 1:
        return hits[0].chain_id, hits[0].segment_id, None
    if hits:
        where = "、".join(f"“{one.chain_name}”" for one in hits)
        return None, None, f"环节“{text}”在产业链{where}中都有，请填产业链一列，或改用环节编号"
    known = [name for one in inside for name in (one.name, one.segment_id)]
    within = f"产业链“{inside[0].chain_name}”" if chain is not None else "各产业链"
    return None, None, f"{within}没有环节“{text}”{_near(text, known)}"


def _near(text: str, known: Sequence[str]) -> str:
    near = get_close_matches(text, known, 1, 0.4)
    return f"，是否为“{near[0]}”？" if near else ""
