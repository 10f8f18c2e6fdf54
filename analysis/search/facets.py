"""Facets: for every choice of a filter the set of firms that it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.search.bits import Bits, Matrix, counts, pack, union, unpack

FEW = 64
"""Choices up to which a facet keeps a set of rows for each; those of more count the rows one by one."""


class Facet(Protocol):
    """Choices by id, each with its word."""

    @property
    def words(self) -> Mapping[str, str]:
        """Word of each choice, by its id, in the order of the counts."""

    def counted(self, within: Bits) -> NDArray[np.int64]:
        """How many rows of ``within`` each choice leaves."""

    def rows(self, chosen: Iterable[str]) -> Bits | None:
        """The rows that have one of the choices; None where none of them is known."""


@dataclass(frozen=True)
class SetFacet:
    """A facet of few choices, of which a firm may have several: a set of rows for each."""

    words: Mapping[str, str]
    sets: Matrix

    def counted(self, within: Bits) -> NDArray[np.int64]:
        """How many rows of ``within`` each choice leaves."""
        return counts(self.sets, within)

    def rows(self, chosen: Iterable[str]) -> Bits | None:
        """The rows that have one of the choices."""
        known = _known(self.words, chosen)
        return union(self.sets[known]) if known else None


@dataclass(frozen=True)
class CodeFacet:
    """A facet of many choices, of which a firm has one: the number of its choice for every row."""

    words: Mapping[str, str]
    codes: NDArray[np.int16]

    def counted(self, within: Bits) -> NDArray[np.int64]:
        """How many rows of ``within`` each choice leaves."""
        return np.bincount(self.codes[unpack(within, len(self.codes))], minlength=len(self.words))

    def rows(self, chosen: Iterable[str]) -> Bits | None:
        """The rows that have one of the choices."""
        known = _known(self.words, chosen)
        wanted = np.zeros(len(self.words), np.bool_)
        wanted[known] = True
        return pack(wanted[self.codes]) if known else None


def code_facet(words: Mapping[str, str], codes: NDArray[np.integer]) -> Facet:
    """The facet in which every row has the choice of its code: 0 for the first of ``words``."""
    if len(words) > FEW:
        return CodeFacet(words, codes.astype(np.int16))
    return set_facet(words, [codes == number for number in range(len(words))])


def set_facet(words: Mapping[str, str], masks: Sequence[NDArray[np.bool_]]) -> SetFacet:
    """The facet of which each choice leaves the rows of its mask."""
    return SetFacet(words, np.array([pack(mask) for mask in masks]))


def _known(words: Mapping[str, str], chosen: Iterable[str]) -> list[int]:
    at = {key: number for number, key in enumerate(words)}
    return [at[key] for key in chosen if key in at]
