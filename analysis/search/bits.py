"""Sets of rows as packed bits: a million rows are 136 kB, and counting two of them together takes microseconds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
"""Bit i of the little-endian words: whether row i is in the set; the bits beyond the last row are 0."""
Matrix = NDArray[np.uint64]
"""One set a line."""


def pack(rows: NDArray[np.bool_]) -> Bits:
    """The set of the rows that are true.

    >>> count(pack(np.array([True, False, True])))
    2
    """
    packed = np.zeros(-(-len(rows) // 64) * 8, np.uint8)
    packed[: -(-len(rows) // 8)] = np.packbits(rows, bitorder="little")
    return packed.view(np.uint64)


def unpack(bits: Bits, n: int) -> NDArray[np.bool_]:
    """Whether each of the ``n`` rows is in the set."""
    return np.unpackbits(bits.view(np.uint8), count=n, bitorder="little").view(np.bool_)


def positions(bits: Bits, n: int) -> NDArray[np.intp]:
    """The rows of the set, ascending.

    >>> positions(pack(np.array([True, False, True])), 3).tolist()
    [0, 2]
    """
    return np.flatnonzero(unpack(bits, n))


def of_positions(rows: NDArray[np.integer], n: int) -> Bits:
    """The set of the rows named."""
    mask = np.zeros(n, np.bool_)
    mask[rows] = True
    return pack(mask)


def count(bits: Bits) -> int:
    """How many rows are in the set."""
    return int(np.bitwise_count(bits).sum())


def counts(sets: Matrix, within: Bits) -> NDArray[np.int64]:
    """How many rows of each set are also in ``within``."""
    return np.bitwise_count(sets & within).sum(axis=1, dtype=np.int64)


def every(n: int) -> Bits:
    """The set of all rows."""
    return pack(np.ones(n, np.bool_))


def union(sets: Sequence[Bits] | Matrix) -> Bits:
    """The rows that are in any of the sets, of which there is at least one."""
    return np.bitwise_or.reduce(np.asarray(sets), axis=0)
