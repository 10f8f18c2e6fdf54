"""Filters whose every choice says how many rows it leaves under the other filters of the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

import pandas as pd

from pages.components.url import choose, param

ALL = "all"
Test = Callable[[str], pd.Series]
"""Which rows a choice leaves."""


@dataclass(frozen=True)
class Facet:
    """One filter: its label, its choices (id → word, the first is the default), and which rows a choice leaves."""

    label: str
    words: Mapping[str, str]
    test: Test

    def asked(self, name: str) -> str:
        """The choice of the address, the default where it names none."""
        given = param(name)
        return given if given is not None and given in self.words else next(iter(self.words))


@dataclass(frozen=True)
class Counted:
    """Filters whose choices are counted, by the parameter each is bound to.

    labels : of the boxes; choices : id → word with the number of rows that it leaves; kept : which rows all leave
    """

    labels: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    kept: pd.Series

    def choose(self, name: str) -> str:
        """The box of a filter."""
        return choose(self.labels[name], name, self.choices[name], resets=("p",))


@dataclass(frozen=True)
class Facets:
    """Filters of a table by the parameter each is bound to; ``others`` are the rows that other controls leave."""

    facets: Mapping[str, Facet]
    others: pd.Series

    def count(self) -> Counted:
        """Every filter with its choices counted."""
        labels = {name: one.label for name, one in self.facets.items()}
        return Counted(labels, {name: self._counted(name) for name in self.facets}, self._left())

    def _counted(self, name: str) -> dict[str, str]:
        rest = self._left(without=name)
        facet = self.facets[name]
        return {key: f"{word}（{int((rest & facet.test(key)).sum()):,}）" for key, word in facet.words.items()}

    def _left(self, without: str | None = None) -> pd.Series:
        tests = [one.test(one.asked(name)) for name, one in self.facets.items() if name != without]
        return reduce(lambda left, right: left & right, tests, self.others)


def equal(column: pd.Series) -> Test:
    """Rows whose value is the choice; every row for ALL."""
    return lambda key: every_row(column) if key == ALL else (column == key).fillna(False).astype(bool)


def one_of(masks: Mapping[str, pd.Series]) -> Test:
    """Rows of the mask that the choice names; every row for ALL."""
    first = next(iter(masks.values()))
    return lambda key: every_row(first) if key == ALL else masks[key].fillna(False).astype(bool)


def every_row(rows: pd.Series) -> pd.Series:
    """Every row."""
    return pd.Series(True, index=rows.index)
