"""A sieve for texts: which rows may hold a word, told at once; the few that pass are then read.

Every character and every pair of neighbours of a text sets one of SIEVES bits (a Bloom filter with one hash), kept as one
set of rows for each bit. A word can only be where all its characters and pairs have their bit: some tenths of a per cent of
the rows beside those that hold it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.search.bits import Bits, Matrix

SIEVES = 1024
CHUNK = 1 << 16
_SHIFT = np.uint32(22)
_FACTOR = np.uint32(2_654_435_761)
Codes = NDArray[np.uint32]


@dataclass(frozen=True)
class Sieve:
    """One set of rows for each bit. Made by :func:`read_sieve`."""

    sets: Matrix

    def passed(self, word: str) -> Bits:
        """The rows that may hold the word: all that do, and some that do not. The word is not empty.

        >>> from analysis.search.bits import positions
        >>> rows = read_sieve(pl.Series(["轴承制造", "铁粉", None])).passed("轴承")
        >>> positions(rows, 3).tolist()
        [0]
        """
        codes = np.frombuffer(word.encode("utf-32-le"), np.uint32)
        asked = np.unique(np.concatenate([_singles(codes), _pairs(codes[:-1], codes[1:])]))
        return np.bitwise_and.reduce(self.sets[asked], axis=0)


def read_sieve(*texts: pl.Series) -> Sieve:
    """The sieve of rows of which each of the series holds a text (null: none)."""
    n = len(texts[0])
    sets = np.zeros((SIEVES, -(-n // 64) * 8), np.uint8)
    for begin in range(0, n, CHUNK):
        rows = min(CHUNK, n - begin)
        marks = np.zeros((SIEVES, CHUNK), np.bool_)
        for one in texts:
            _mark(marks, one.slice(begin, rows).fill_null(""))
        packed = np.packbits(marks[:, :rows], axis=1, bitorder="little")
        sets[:, begin // 8 : begin // 8 + packed.shape[1]] = packed
    return Sieve(sets.view(np.uint64))


def _mark(marks: NDArray[np.bool_], texts: pl.Series) -> None:
    codes = np.frombuffer("".join(texts.to_list()).encode("utf-32-le"), np.uint32)
    row = np.repeat(np.arange(len(texts), dtype=np.int64), texts.str.len_chars().to_numpy())
    flat = marks.reshape(-1)
    flat[_singles(codes).astype(np.int64) * CHUNK + row] = True
    within = row[:-1] == row[1:]
    flat[_pairs(codes[:-1], codes[1:]).astype(np.int64)[within] * CHUNK + row[:-1][within]] = True


def _singles(codes: Codes) -> Codes:
    return (codes * _FACTOR) >> _SHIFT


def _pairs(left: Codes, right: Codes) -> Codes:
    return ((left * np.uint32(31) + right + np.uint32(7)) * _FACTOR) >> _SHIFT
