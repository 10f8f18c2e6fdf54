"""Distinct texts under their keys, and rows found by number in ordered columns."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.matching.clauses import Hashes, contains
from analysis.matching.normalise import Ints

Numbers = npt.NDArray[np.uint32]
NO_NUMBERS: Numbers = np.empty(0, dtype=np.uint32)


class Book:
    """Distinct texts, numbered in order of first appearance; it may begin with texts already numbered."""

    def __init__(self, keys: pl.Series, texts: pl.Series) -> None:
        """Begin with texts (and their keys) that have the numbers 0, 1, 2 …"""
        begun = keys.to_numpy()
        self.known: Hashes = np.sort(begun)
        self._keys: list[Hashes] = [begun]
        self._texts: list[pl.Series] = [texts.rename("text")]
        self._seen: list[tuple[Hashes, Numbers]] = []

    def add(self, keys: Hashes, which: Ints, new_keys: Hashes, new_texts: pl.Series) -> None:
        """Note a slice's keys, and the texts of new ones unless another slice added them meanwhile."""
        fresh = ~contains(self.known, new_keys)
        self._seen.append((keys, which.astype(np.uint32)))
        self._keys.append(new_keys[fresh])
        self._texts.append(new_texts.filter(pl.Series(fresh)))
        self.known = np.sort(np.concatenate((self.known, new_keys[fresh])), kind="stable")

    def numbers(self) -> Numbers:
        """The number of the text at each place, slice after slice."""
        keys = np.concatenate(self._keys)
        order = np.argsort(keys)
        ordered = keys[order]
        parts = (order[np.searchsorted(ordered, distinct)].astype(np.uint32)[which] for distinct, which in self._seen)
        return np.concatenate([NO_NUMBERS, *parts])

    def pages(self) -> pl.DataFrame:
        """All keys and texts by number."""
        return pl.DataFrame({"key": np.concatenate(self._keys), "text": pl.concat(self._texts).rechunk()})


def rows_of(ordered: Numbers, wanted: Numbers) -> tuple[Ints, Ints]:
    """Where each wanted number stands in an ordered column: places in ``wanted``, and rows of the column."""
    first = np.searchsorted(ordered, wanted, side="left")
    count = np.searchsorted(ordered, wanted, side="right") - first
    which = np.repeat(np.arange(len(wanted)), count)
    before = np.cumsum(count) - count
    return which, np.arange(len(which)) + np.repeat(first - before, count)


def slices(length: int, size: int) -> Iterator[slice]:
    """Slices of at most ``size`` that together are ``length`` long."""
    return (slice(start, min(start + size, length)) for start in range(0, length, size))
