"""Scopes split into distinct clauses (；。 outside brackets), without a loop over firms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.matching.normalise import (
    CLAUSE_BREAKS,
    CLOSE,
    OPEN,
    Bools,
    Codes,
    Ints,
    decode,
    encode,
    lookup,
    table,
    wordlike,
)

Hashes = npt.NDArray[np.uint64]

#: Longer scopes are cut here; registers themselves cut at 1,024 or 4,000 characters.
LONGEST_SCOPE = 8_000
_OPEN, _CLOSE = ord(OPEN), ord(CLOSE)
_BASE = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Clauses:
    """Clauses of a slice of firms.

    ``rows``: the firm of each clause; ``which``: its place in ``keys``, the sorted distinct keys of the slice;
    ``new_keys``, ``new_texts``: those not known before.
    """

    rows: Ints
    which: Ints
    keys: Hashes
    new_keys: Hashes
    new_texts: pl.Series


@lru_cache(maxsize=1)
def _mixed() -> Hashes:
    """A well-spread 64-bit number for each code point (splitmix64)."""
    x = (np.arange(0x110000, dtype=np.uint64) + np.uint64(1)) * _BASE
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@lru_cache(maxsize=8)
def _powers(exponent: int) -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse modulo 2^64, up to 2^exponent of them."""
    inverse = pow(int(_BASE), -1, 1 << 64)
    up = np.full(1 << exponent, _BASE, dtype=np.uint64)
    down = np.full(1 << exponent, np.uint64(inverse), dtype=np.uint64)
    up[0] = down[0] = np.uint64(1)
    return np.cumprod(up, dtype=np.uint64), np.cumprod(down, dtype=np.uint64)


def span_keys(codes: Codes, starts: Ints, ends: Ints) -> Hashes:
    """A stable 64-bit key for the text of each span: Σ mix(code)·B^i, shifted to begin at i = 0."""
    up, down = _powers(max(20, len(codes).bit_length()))
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(_mixed()[codes] * up[: len(codes)], out=sums[1:])
    keys = (sums[ends] - sums[starts]) * down[starts]
    length = (ends - starts).astype(np.uint64) * np.uint64(0xD6E8FEB86659FD93)
    return keys ^ (length >> np.uint64(7))


def split_clauses(scopes: pl.Series, known: Hashes, breaks: str = CLAUSE_BREAKS) -> Clauses:
    """Split every scope; texts are made only for clauses whose key is not in ``known`` (sorted).

    ``breaks``: what stands between clauses.
    """
    raw, starts = decode(scopes.str.slice(0, LONGEST_SCOPE))
    codes, starts = drop_vanished(table()[raw], starts)
    _part_labels(codes, starts)
    begin, end, rows = outer_runs(codes, starts, breaks)
    keys = span_keys(codes, begin, end)
    distinct, first, which = distinct_of(keys)
    new = ~contains(known, distinct)
    first = first[new]
    return Clauses(rows, which, distinct, distinct[new], spans(codes, begin[first], end[first]))


def _part_labels(codes: Codes, starts: Ints) -> None:
    """Begin a clause at a label that sticks to the text before it: 家禽养殖一般经营项目：树木种植."""
    colons = np.flatnonzero(codes == ord("："))
    for label in ("一般经营项目", "许可经营项目"):
        at = colons[colons > len(label)]
        for back, char in enumerate(reversed(label), start=1):
            at = at[codes[at - back] == ord(char)]
        before = at - len(label)
        before = before[~np.isin(before, starts)]
        glued = wordlike()[codes[before - 1]] & ~lookup("无前后置")[codes[before - 1]]
        codes[before[glued]] = ord("；")


def distinct_of(keys: Hashes) -> tuple[Hashes, Ints, Ints]:
    """Sorted distinct keys, a place where each stands, and for each place the number of its key.

    As numpy's ``unique``, but not bound to the first place, which allows a faster sort.
    """
    order = np.argsort(keys)
    ordered = keys[order]
    fresh = np.concatenate((np.ones(min(1, len(keys)), np.bool_), ordered[1:] != ordered[:-1]))
    which = np.empty(len(keys), dtype=np.int64)
    which[order] = np.cumsum(fresh, dtype=np.int64) - 1
    return ordered[fresh], order[fresh], which


def contains(known: Hashes, keys: Hashes) -> Bools:
    """Which keys are among the known (sorted) ones."""
    if not len(known):
        return np.zeros(len(keys), dtype=np.bool_)
    return known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys


def drop_vanished(codes: Codes, starts: Ints) -> tuple[Codes, Ints]:
    """Take out the characters that normalisation mapped to nothing."""
    gone = np.flatnonzero(codes == 0)
    if not len(gone):
        return codes, starts
    return np.delete(codes, gone), starts - np.searchsorted(gone, starts)


def outer_runs(codes: Codes, starts: Ints, breaks: str) -> tuple[Ints, Ints, Ints]:
    """Begin, end and row of the runs between ``breaks`` outside brackets; empty runs are left out.

    Brackets without a partner are overwritten in ``codes`` by a comma.
    """
    marks = np.flatnonzero(lookup(breaks + OPEN + CLOSE)[codes])
    depth = depth_at(codes, starts, marks)
    cuts = marks[(depth == 0) & lookup(breaks)[codes[marks]]]
    begin = np.sort(np.concatenate((starts[:-1], cuts + 1)), kind="stable")
    end = np.sort(np.concatenate((cuts, starts[1:])), kind="stable")
    full = end > begin
    begin, end = begin[full], end[full]
    return begin, end, np.searchsorted(starts, begin, side="right") - 1


def depth_at(codes: Codes, starts: Ints, marks: Ints) -> npt.NDArray[np.int32]:
    """Bracket depth at each mark (brackets themselves count as inside), after mending."""
    change = _change(codes, marks)
    level = np.concatenate((np.zeros(1, np.int32), np.cumsum(change, dtype=np.int32)))
    bounds = np.searchsorted(marks, starts)
    full = np.flatnonzero(np.diff(bounds) > 0)
    if not len(full):
        return np.zeros(0, np.int32)
    base = level[bounds[full]]
    bad = full[(np.minimum.reduceat(level[1:], bounds[full]) < base) | (level[bounds[full + 1]] != base)]
    for row in bad:
        _mend(codes, marks[bounds[row] : bounds[row + 1]])
    if len(bad):
        change = _change(codes, marks)
        level = np.concatenate((np.zeros(1, np.int32), np.cumsum(change, dtype=np.int32)))
    # every row is balanced now, so the running level begins at nought in each
    return level[1:] + (change < 0)


def _change(codes: Codes, marks: Ints) -> npt.NDArray[np.int32]:
    at = codes[marks]
    return (at == ord(OPEN)).astype(np.int32) - (at == ord(CLOSE)).astype(np.int32)


def _mend(codes: Codes, marks: Ints) -> None:
    """Overwrite, in place, the brackets of one row that have no partner by a comma."""
    opened: list[int] = []
    for place, code in zip(marks.tolist(), codes[marks].tolist(), strict=True):
        if code == _OPEN:
            opened.append(place)
        elif code == _CLOSE and opened:
            opened.pop()
        elif code == _CLOSE:
            _close_alone(codes, place)
    codes[opened] = ord("，")


def _close_alone(codes: Codes, place: int) -> None:
    """A closing bracket without a partner is a comma, or, behind digits, numbers a clause: 1）轴承制造2）五金."""
    start = place
    while start > 0 and start > place - 3 and lookup("0123456789")[codes[start - 1]]:
        start -= 1
    codes[start : place + 1] = ord("；" if start < place else "，")


def spans(codes: Codes, begin: Ints, end: Ints) -> pl.Series:
    """The texts between the given places."""
    lengths = end - begin
    offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    places = np.arange(offsets[-1]) + np.repeat(begin - offsets[:-1], lengths)
    return encode(codes[places], offsets)
