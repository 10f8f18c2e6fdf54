"""Full text of firms in memory: names, products and scopes, and the names in pinyin."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.search.bits import Bits, count, pack, positions
from analysis.search.sieve import Sieve, read_sieve
from analysis.search.spelled import Spelled, spell

Rows = NDArray[np.intp] | None
Word = tuple[Bits, Bits, Bits]
SHORTEST_SPELLED = 2
"""Letters from which names are looked for by initials or pinyin: a single one is in most."""
READ_ALL = 4
"""Where more than one in so many rows may hold a word, all are read: picking them out would take longer."""
MANY = 300
"""Names beyond which a word is that of a trade (轴承) rather than a firm's own: none of them comes before the others for
beginning with it.
"""
SHORTEST_CODE = 4
"""Signs from which codes are looked through."""
_NOTHING = ""


@dataclass(frozen=True)
class Hits:
    """The rows that a text finds, in classes from best to worst; a row is in one class at most.

    Classes: the name or a code is the text; the name begins with it, if need be after a place (字号); the same in pinyin;
    the name contains it; products or scope do; the name does in pinyin.
    """

    classes: tuple[Bits, ...]

    @property
    def rows(self) -> Bits:
        """The rows of all classes."""
        return reduce(np.bitwise_or, self.classes)


class Recent:
    """What the last words found. Shared by all who search: keeping and reading are single steps of a dict."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._found: OrderedDict[str, Word] = OrderedDict()

    def keep(self, word: str, found: Word) -> None:
        """Remember a word, and forget the oldest beyond ``size``."""
        self._found[word] = found
        while len(self._found) > self._size:
            self._found.popitem(last=False)

    def beginning(self, word: str) -> Word | None:
        """What the longest known beginning of the word found; None where none is known.

        A letter or two may stand in a code or in pinyin that was not looked through for them.
        """
        shortest = 1 if not word[0].isascii() else SHORTEST_SPELLED if word.isalpha() else len(word)
        held = (self._found.get(word[:size]) for size in range(len(word), shortest - 1, -1))
        return next((one for one in held if one is not None), None)


@dataclass(frozen=True)
class Texts:
    """Texts of the firms in the order of their rows: made by :func:`read_texts`.

    names : the name, and after line breaks the other names that sources give; rest : products and scope
    cased : rest with its capital letters, where it has any
    codes : uscc and stock code, capital letters, with a blank between them
    places : names of divisions, with and without what they are, and nothing
    """

    names: pl.Series
    rest: pl.Series
    cased: pl.Series
    codes: pl.Series
    places: pl.Series
    known: Recent = field(default_factory=lambda: Recent(128))

    @cached_property
    def spelled(self) -> Spelled:
        """The names in pinyin; made when it is first wanted, as the sieves are: a million names take seconds."""
        return spell(self.names.str.split_exact("\n", 1).struct.field("field_0").to_list())

    @cached_property
    def sieve(self) -> Sieve:
        """Of names and rest."""
        return read_sieve(self.names, self.rest)

    @cached_property
    def spelled_sieve(self) -> Sieve:
        """Of the initials."""
        return read_sieve(self.spelled.initials)

    def prepare(self) -> None:
        """Make now what the first search would wait for."""
        _ = self.sieve, self.spelled_sieve

    def find(self, text: str) -> Hits:
        """The rows that hold every word of the text, in classes. The text is not empty."""
        words = folded(text).split()
        found = [self._word(word) for word in words]
        if len(found) == 1:
            return Hits(self._classes(words[0], *found[0]))
        named = reduce(np.bitwise_and, [name for name, *_ in found])
        both = reduce(np.bitwise_and, [name | rest for name, rest, _ in found])
        every = reduce(np.bitwise_and, [name | rest | spelled for name, rest, spelled in found])
        return Hits((named, both & ~named, every & ~both))

    def written(self, at: NDArray[np.integer]) -> list[str]:
        """Products and scope of rows, as they are written but for brackets, which are of full width."""
        whole = zip(self.cased.gather(at), self.rest.gather(at), strict=True)
        return [(rest if cased is None else cased).replace("(", "（").replace(")", "）") for cased, rest in whole]

    def _word(self, word: str) -> Word:
        """Rows with the word in the name or a code, in products or scope, and in the name's pinyin.

        What holds the word holds every beginning of it: when a word is typed on, only what was found before is looked at.
        """
        before = self.known.beginning(word)
        may = self.sieve.passed(word) if before is None else self.sieve.passed(word) & reduce(np.bitwise_or, before)
        at = positions(may, len(self.names)) if count(may) < len(self.names) / READ_ALL else None
        named, rest = self._contain(self.names, word, at), self._contain(self.rest, word, at)
        found = named | self._coded(word), rest, self._spelled(word)
        self.known.keep(word, found)
        return found

    def _coded(self, word: str) -> Bits:
        """Rows with the word in a code; nothing for one that is none."""
        if len(word) < SHORTEST_CODE or not word.isascii() or word.isalpha():
            return np.zeros(-(-len(self.names) // 64), np.uint64)
        return self._contain(self.codes, word.upper(), None)

    def _spelled(self, word: str) -> Bits:
        """Rows with the word among the initials of the name or its pinyin."""
        none = np.zeros(-(-len(self.names) // 64), np.uint64)
        if not word.isascii() or not word.isalpha() or len(word) < SHORTEST_SPELLED:
            return none
        initials = self.spelled.initials
        found = self._contain(initials, word, positions(self.spelled_sieve.passed(word), len(initials)))
        return reduce(np.bitwise_or, [self._syllables(one) for one in self.spelled.patterns(word)], found)

    def _syllables(self, pattern: str) -> Bits:
        may = self.spelled_sieve.passed(self.spelled.initials_of(pattern))
        return self._contain(self.spelled.syllables, pattern, positions(may, len(self.names)))

    def _contain(self, texts: pl.Series, word: str, at: Rows) -> Bits:
        """The rows, of those at ``at``, whose text contains the word."""
        looked = texts if at is None else texts.gather(at)
        found = looked.str.contains(word, literal=True).fill_null(value=False)
        return pack(found.to_numpy()) if at is None else self._at(at, found)

    def _classes(self, word: str, named: Bits, rest: Bits, spelled: Bits) -> tuple[Bits, ...]:
        exact, begins = self._beginnings(word, named)
        whole, inside = exact | begins, named & ~exact & ~begins
        other = rest & ~named
        only = spelled & ~named
        first = self._spelled_beginnings(word, only) if only.any() else only
        return exact, whole & ~exact, first, inside & ~first, other & ~first, only & ~first & ~other

    def _beginnings(self, word: str, named: Bits) -> tuple[Bits, Bits]:
        """Of the rows with the word in the name: those whose name or code it is, and those that begin with it."""
        at = positions(named, len(self.names))
        names = self.names.gather(at)
        if len(at) > MANY:
            return self._at(at, names == word), np.zeros_like(named)
        begins = names.str.split_exact(word, 1).struct.field("field_0").is_in(self.places.implode())
        exact = (names == word) | self.codes.gather(at).str.split(" ").list.contains(word.upper())
        return self._at(at, exact), self._at(at, begins)

    def _spelled_beginnings(self, word: str, rows: Bits) -> Bits:
        """Of the rows found by pinyin those whose initials begin so, if need be after a place."""
        at = positions(rows, len(self.names))
        if len(at) > MANY:
            return np.zeros_like(rows)
        names, initials = self.names.gather(at), self.spelled.initials.gather(at)
        before = names.str.slice(0, initials.str.find(word, literal=True).fill_null(len(word) + 99))
        return self._at(at, before.is_in(self.places.implode()))

    def _at(self, rows: NDArray[np.intp], kept: pl.Series) -> Bits:
        mask = np.zeros(len(self.names), np.bool_)
        mask[rows] = kept.fill_null(value=False).to_numpy()
        return pack(mask)


def read_texts(rows: pl.DataFrame, places: Sequence[str]) -> Texts:
    """The texts of firms: ``rows`` has names, rest, cased and codes (:class:`Texts`), folded as :func:`folded` does."""
    known = pl.Series([_NOTHING, *sorted(set(places))])
    return Texts(rows["names"], rows["rest"], rows["cased"], rows["codes"], known)


def folded(text: str) -> str:
    """Small letters, and brackets of one width.

    >>> folded("LED（显示）")
    'led(显示)'
    """
    return text.lower().replace("（", "(").replace("）", ")")
