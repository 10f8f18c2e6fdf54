"""Clauses split into tokens: the items of their lists, and what stands in brackets behind them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.matching.clauses import Hashes, contains, depth_at, distinct_of, span_keys, spans
from analysis.matching.normalise import CLOSE, JOINT, OPEN, Codes, Ints, decode, lookup, table, wordlike

Flags = npt.NDArray[np.uint8]

#: What is known of a token besides its text.
COLON, COMMA, INNER, OPENS = 1, 2, 4, 8

_SEPARATORS = "、，：；。\n"
_SOFT = " ./"
_CLASSES = "ⅠⅡⅢi123一二三"


@dataclass(frozen=True)
class Tokens:
    """Tokens of a slice of clauses, in order; a bracket's tokens follow the token they stand behind.

    ``clause`` is the row of the clause in the slice, ``which`` the place of the text in ``keys`` (sorted, distinct), ``flags`` COLON (a colon follows),
    COMMA (a comma, not 、, stands before), INNER (inside brackets), OPENS (first in its brackets).
    """

    clause: Ints
    which: Ints
    keys: Hashes
    flags: Flags
    new_keys: Hashes
    new_texts: pl.Series


def split_tokens(clauses: pl.Series, known: Hashes) -> Tokens:
    """Split every clause; texts are made only for phrases whose key is not in ``known`` (sorted)."""
    raw, starts = decode(clauses)
    codes = table(lower=True)[raw]
    _harden(codes)
    marks = np.flatnonzero(lookup(_SEPARATORS + OPEN + CLOSE)[codes])
    depth = depth_at(codes, starts, marks)
    marks_inner = depth > 0
    outer = _tokens(codes, starts, marks[~marks_inner])
    tops = marks[marks_inner & (depth == 1) & (codes[marks] == ord(OPEN))]
    ends = marks[marks_inner & (depth == 1) & (codes[marks] == ord(CLOSE))]
    inner = _inner(codes, marks[marks_inner], tops, ends)
    codes[tops] = ord(JOINT)
    return _join(codes, starts, outer, inner, tops, ends, known)


def _harden(codes: Codes) -> None:
    """A blank, dot or slash between two ideographs separates like 、; elsewhere blanks are kept."""
    soft = np.flatnonzero(lookup(_SOFT)[codes])
    soft = soft[(soft > 0) & (soft < len(codes) - 1)]
    ideographs = wordlike() | lookup(OPEN + CLOSE)
    between = ideographs[codes[soft - 1]] & ideographs[codes[soft + 1]]
    codes[soft[between]] = ord("、")
    # 生产：Ⅱ类：敷料 — the class of goods opens no list of its own
    colons = np.flatnonzero(codes == ord("："))
    colons = colons[colons > 1]
    classed = (codes[colons - 1] == ord("类")) & lookup(_CLASSES)[codes[colons - 2]]
    codes[colons[classed]] = ord("、")


def _tokens(codes: Codes, starts: Ints, cuts: Ints) -> tuple[Ints, Ints, Flags]:
    """Runs between cuts, with their flags."""
    begin = np.sort(np.concatenate((starts[:-1], cuts + 1)), kind="stable")
    end = np.sort(np.concatenate((cuts, starts[1:])), kind="stable")
    full = end > begin
    begin, end = begin[full], end[full]
    if not len(begin):
        return begin, end, np.empty(0, np.uint8)
    row = np.searchsorted(starts, begin, side="right")
    colon = (end < starts[row]) & (codes[np.minimum(end, len(codes) - 1)] == ord("："))
    comma = (begin > starts[row - 1]) & (codes[np.maximum(begin - 1, 0)] == ord("，"))
    return begin, end, colon.astype(np.uint8) * np.uint8(COLON) | comma.astype(np.uint8) * np.uint8(COMMA)


def _inner(codes: Codes, marks: Ints, tops: Ints, ends: Ints) -> tuple[Ints, Ints, Flags]:
    """Runs between marks inside brackets, with their flags."""
    if not len(tops):
        empty = np.empty(0, np.int64)
        return empty, empty, np.empty(0, np.uint8)
    begin, end = marks[:-1] + 1, marks[1:]
    inside = (end > begin) & ~np.isin(marks[:-1], ends, assume_unique=True)
    begin, end = begin[inside], end[inside]
    flags = np.full(len(begin), INNER, dtype=np.uint8)
    flags |= np.isin(begin - 1, tops, assume_unique=True).astype(np.uint8) * np.uint8(OPENS)
    flags |= (codes[end] == ord("：")).astype(np.uint8) * np.uint8(COLON)
    return begin, end, flags


def _join(
    codes: Codes,
    starts: Ints,
    outer: tuple[Ints, Ints, Flags],
    inner: tuple[Ints, Ints, Flags],
    tops: Ints,
    ends: Ints,
    known: Hashes,
) -> Tokens:
    """Outer tokens (their brackets taken out) and inner tokens as one ordered list."""
    step = np.zeros(len(codes) + 1, dtype=np.int8)
    step[tops + 1] = 1
    step[ends + 1] -= 1
    outside = np.cumsum(step[:-1], dtype=np.int8) == 0
    kept = np.concatenate((np.zeros(1, np.int64), np.cumsum(outside)))
    outer_codes = codes[outside]
    outer_begin, outer_end = kept[outer[0]], kept[outer[1]]
    keys = np.concatenate((span_keys(outer_codes, outer_begin, outer_end), span_keys(codes, inner[0], inner[1])))
    begin = np.concatenate((outer[0], inner[0]))
    flags = np.concatenate((outer[2], inner[2]))
    distinct, first, which = distinct_of(keys)
    new = ~contains(known, distinct)
    fresh, first = distinct[new], first[new]
    is_outer = first < len(outer_begin)
    one, two = first[is_outer], first[~is_outer] - len(outer_begin)
    texts = pl.concat(
        [spans(outer_codes, outer_begin[one], outer_end[one]), spans(codes, inner[0][two], inner[1][two])]
    )
    new_keys = np.concatenate((fresh[is_outer], fresh[~is_outer]))
    order = np.argsort(begin, kind="stable")
    clause = np.searchsorted(starts, begin[order], side="right") - 1
    return Tokens(clause, which[order], distinct, flags[order], new_keys, texts)
