"""All firms in memory, ready to be narrowed by facets and full text: which are left, in which order, and the counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.search.bits import Bits, count, every, positions, unpack
from analysis.search.facets import Facet
from analysis.search.filter import FACETS, Filter
from analysis.search.membership import Membership
from analysis.search.texts import Texts

Order = NDArray[np.int32]
FEW = 8
"""One in so many rows: fewer are sorted, more are picked from the order of all."""


@dataclass(frozen=True)
class FirmIndex:
    """Firms by row: ids, facets, segments, texts, and the rows in every order they can be asked in.

    orders : rows by ``None`` (the usual order, largest first) and by each sortable column, ascending and descending
    places : the place of each row in each of the orders
    """

    firm_id: pl.Series
    facets: Mapping[str, Facet]
    membership: Membership
    texts: Texts
    orders: Mapping[str | None, Order]
    places: Mapping[str | None, Order]

    @property
    def n(self) -> int:
        """Number of firms."""
        return len(self.firm_id)

    @property
    def sorts(self) -> frozenset[str]:
        """The columns that can be sorted by, with ``-`` before them too."""
        return frozenset(sort for sort in self.orders if sort is not None)


@dataclass(frozen=True)
class Found:
    """What a filter leaves.

    classes : the firms left, in sets of which the better come first (one set, unless a text finds some better than others)
    counts : by facet (those of FACETS, and chain, segment) the firms that each choice leaves under all other conditions
    unknown : choices asked that there are none of here: they were not applied
    """

    classes: tuple[Bits, ...]
    sort: str | None
    counts: Mapping[str, Mapping[str, int]]
    unknown: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many firms are left."""
        return sum(map(count, self.classes))

    def ordered(self, index: FirmIndex, start: int = 0, stop: int | None = None) -> Order:
        """Rows of the firms left, in the order asked: those from ``start`` to before ``stop``, all unless given."""
        sort = self.sort if self.sort in index.orders else None
        wanted, before = [index.orders[sort][:0]], 0
        for rows in self.classes:
            n = count(rows)
            begin, end = max(start - before, 0), n if stop is None else min(stop - before, n)
            if begin < end:
                wanted.append(_in_order(index, sort, rows, n)[begin:end])
            before += n
        return np.concatenate(wanted)


def _in_order(index: FirmIndex, sort: str | None, rows: Bits, n: int) -> Order:
    """The ``n`` rows of the set in an order of all rows: few are sorted by their place in it, many are picked from it."""
    if n * FEW > index.n:
        order = index.orders[sort]
        return order[unpack(rows, index.n)[order]]
    at = positions(rows, index.n)
    return at[np.argsort(index.places[sort][at])].astype(np.int32)


def search(index: FirmIndex, wanted: Filter, among: Bits | None = None) -> Found:
    """The firms that the filter leaves, with the counts of every choice.

    Parameters
    ----------
    among : only these firms, e.g. the candidates of a segment; all of them unless given
    """
    hits = index.texts.find(wanted.text) if wanted.text else None
    asked = {name: rows for name in index.facets if (rows := index.facets[name].rows(wanted.choices(name))) is not None}
    belongs = index.membership.rows(wanted)
    base = every(index.n) if among is None else among
    if hits is not None:
        base = base & hits.rows
    others = _others(base, asked)
    left = others(None)
    rows = left if belongs is None else left & belongs
    by_class = hits is not None and wanted.sort not in index.sorts
    classes = tuple(rows & one for one in hits.classes) if by_class and hits is not None else (rows,)
    within = {name: _with(others(name), belongs) for name in index.facets}
    counts = {name: _counted(index.facets[name], within[name]) for name in index.facets}
    members = _member_counts(index.membership, left, wanted)
    return Found(classes, wanted.sort, counts | members, _unknown(index, wanted))


def _others(base: Bits, asked: Mapping[str, Bits]) -> _Others:
    return _Others(base, asked, reduce(np.bitwise_and, asked.values(), base))


@dataclass(frozen=True)
class _Others:
    """The rows under all facets but one; computed anew only for a facet that filters itself."""

    base: Bits
    asked: Mapping[str, Bits]
    whole: Bits

    def __call__(self, without: str | None) -> Bits:
        if without not in self.asked:
            return self.whole
        return reduce(np.bitwise_and, [rows for name, rows in self.asked.items() if name != without], self.base)


def _with(rows: Bits, belongs: Bits | None) -> Bits:
    return rows if belongs is None else rows & belongs


def _counted(facet: Facet, within: Bits) -> dict[str, int]:
    return dict(zip(facet.words, facet.counted(within).tolist(), strict=True))


def _member_counts(membership: Membership, left: Bits, wanted: Filter) -> dict[str, dict[str, int]]:
    return {
        "role": membership.role_counts(left, wanted),
        "chain": membership.chain_counts(left, wanted),
        "segment": membership.segment_counts(left, wanted),
    }


def _unknown(index: FirmIndex, wanted: Filter) -> tuple[str, ...]:
    known = {name: set(facet.words) for name, facet in index.facets.items()}
    return tuple(
        f"{FACETS[name]}={choice}"
        for name, choices in wanted.chosen
        for choice in choices
        if name in known and choice not in known[name]
    )
