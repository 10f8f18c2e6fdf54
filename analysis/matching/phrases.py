"""The phrase dictionary of a universe of firms: built once, matched against any segments, extended with new firms."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.matching.clauses import Hashes, contains, split_clauses
from analysis.matching.grammar import BRACKETED, NEGATED, Sequence, govern
from analysis.matching.normalise import Ints, plain
from analysis.matching.reading import PURE, read_phrases
from analysis.matching.signals import MAKER_NAME, SERVICE_NAME, TRADER_NAME, read_names
from analysis.matching.tokens import Flags, split_tokens
from analysis.matching.verbs import GROW, MAKING

Progress = Callable[[float, str], None]

FIRMS_PER_SLICE = 50_000
CLAUSES_PER_SLICE = 60_000
TOKENS_PER_SLICE = 300_000
Numbers = npt.NDArray[np.uint32]
_NO_KEYS = np.empty(0, dtype=np.uint64)
_NO_NUMBERS = np.empty(0, dtype=np.uint32)


@dataclass(frozen=True)
class Phrases:
    """Firms' scopes taken apart.

    ``phrases``: text, lead, trail, begin, end, marks — one row a distinct phrase.
    ``clauses``: text, makes — one row a distinct clause; ``makes``: it says that something is made, grown or processed.
    ``tokens``: phrase, clause, verbs, state — one row a phrase in a clause, sorted by phrase.
    ``places``: firm, clause, product — one row a clause of a firm, sorted by clause; ``product``: of its product list.
    ``firms``: firm_id, name, gb4754?, name_class, makes, plain_name — one row a firm; ``firm`` above is its row number; ``makes``:
    a clause, the name or the product list says that it makes something (anything).
    """

    firms: pl.DataFrame
    phrases: pl.DataFrame
    clauses: pl.DataFrame
    tokens: pl.DataFrame
    places: pl.DataFrame

    @classmethod
    def build(cls, firms: pl.DataFrame, progress: Progress | None = None) -> Self:
        """Take the ``scope`` of every firm (firm_id, name, scope, products?, gb4754?) apart."""
        tell = progress or (lambda share, text: None)
        scopes = firms["scope"].cast(pl.String)
        listed = firms["products"].cast(pl.String) if "products" in firms.columns else scopes.clear()
        places, texts = _clauses(scopes, listed, tell)
        clause, phrase, flags, phrase_texts = _tokens(texts, tell)
        tell(0.75, "分析短语")
        phrases = read_phrases(phrase_texts)
        tell(0.85, "分析条款语法")
        tokens, makes = _govern(phrases, clause, phrase, flags, len(texts))
        clauses = pl.DataFrame({"text": texts, "makes": makes})
        known = firms.select([c for c in ("firm_id", "name", "gb4754") if c in firms.columns])
        plain_name = plain(known["name"])
        name_class = read_names(plain_name)
        makes = _makers(clauses, places, name_class)
        known = known.with_columns(name_class, makes=makes, plain_name=plain_name)
        return cls(known, phrases, clauses, tokens, places)


def _makers(clauses: pl.DataFrame, places: pl.DataFrame, name_class: pl.Series) -> pl.Series:
    """For each firm, whether a clause, its name or its product list says that it makes, grows or processes something."""
    said = clauses["makes"].to_numpy()[places["clause"].to_numpy()]
    serving = np.isin(name_class.to_numpy(), (TRADER_NAME, SERVICE_NAME))
    firm = places["firm"].to_numpy()
    makes = name_class.to_numpy() == MAKER_NAME
    makes[firm[said | (places["product"].to_numpy() & ~serving[firm])]] = True
    return pl.Series(makes)


def rows_of(ordered: Numbers, wanted: Numbers) -> tuple[Ints, Ints]:
    """Where each wanted number stands in an ordered column: places in ``wanted``, and rows of the column."""
    first = np.searchsorted(ordered, wanted, side="left")
    count = np.searchsorted(ordered, wanted, side="right") - first
    which = np.repeat(np.arange(len(wanted)), count)
    before = np.cumsum(count) - count
    return which, np.arange(len(which)) + np.repeat(first - before, count)


def _slices(length: int, size: int) -> Iterator[slice]:
    return (slice(start, min(start + size, length)) for start in range(0, length, size))


def _clauses(scopes: pl.Series, listed: pl.Series, tell: Progress) -> tuple[pl.DataFrame, pl.Series]:
    """(firm, clause) pairs of scopes and product lists sorted by clause, and the texts of the distinct clauses."""
    book = _Book()
    rows: list[Numbers] = []
    parts = list(_slices(len(scopes), FIRMS_PER_SLICE))
    with ThreadPoolExecutor(2) as pool:
        work = pool.map(lambda part: split_clauses(scopes[part], book.known), parts)
        for done, (part, found) in enumerate(zip(parts, work, strict=True), start=1):
            rows.append((found.rows + part.start).astype(np.uint32))
            book.add(found.keys, found.which, found.new_keys, found.new_texts)
            tell(0.4 * done / len(parts), "拆分经营范围")
    stated = sum(map(len, rows))
    for part in _slices(len(listed) if listed.null_count() < len(listed) else 0, FIRMS_PER_SLICE):
        found = split_clauses(listed[part], book.known)
        rows.append((found.rows + part.start).astype(np.uint32))
        book.add(found.keys, found.which, found.new_keys, found.new_texts)
    firm = np.concatenate([_NO_NUMBERS, *rows])
    places = pl.DataFrame({"firm": firm, "clause": book.numbers(), "product": np.arange(len(firm)) >= stated})
    return places.sort("clause", maintain_order=True), book.texts()


def _tokens(clauses: pl.Series, tell: Progress) -> tuple[Numbers, Numbers, Flags, pl.Series]:
    """Clause, phrase and flags of all tokens in order, and the texts of the distinct phrases."""
    book = _Book()
    numbers: list[Numbers] = [_NO_NUMBERS]
    flags: list[Flags] = [np.empty(0, np.uint8)]
    parts = list(_slices(len(clauses), CLAUSES_PER_SLICE))
    with ThreadPoolExecutor(2) as pool:
        work = pool.map(lambda part: split_tokens(clauses[part], book.known), parts)
        for done, (part, found) in enumerate(zip(parts, work, strict=True), start=1):
            numbers.append((found.clause + part.start).astype(np.uint32))
            flags.append(found.flags)
            book.add(found.keys, found.which, found.new_keys, found.new_texts)
            tell(0.4 + 0.35 * done / len(parts), "拆分条款")
    return np.concatenate(numbers), book.numbers(), np.concatenate(flags), book.texts()


def _govern(
    phrases: pl.DataFrame, clause: Numbers, phrase: Numbers, flags: Flags, clauses: int
) -> tuple[pl.DataFrame, pl.Series]:
    """Tokens with their governing verbs, sorted by phrase; and for each clause whether something is made in it."""
    verbs = np.zeros(len(clause), dtype=np.uint32)
    state = np.zeros(len(clause), dtype=np.uint8)
    makes = np.zeros(clauses, dtype=np.bool_)
    lead, trail, marks = (phrases[column].to_numpy() for column in ("lead", "trail", "marks"))

    def read(part: slice) -> None:
        which, where = phrase[part], clause[part].astype(np.int64)
        found = govern(Sequence(where - where[0], flags[part], lead[which], trail[which], marks[which]))
        verbs[part], state[part] = found.verbs, found.state
        said = ((found.verbs & (MAKING | GROW)) > 0) & ((found.state & (NEGATED | BRACKETED)) == 0)
        makes[where[said & ((marks[which] & PURE) == 0)]] = True

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(read, _whole_clauses(clause)))
    tokens = pl.DataFrame({"phrase": phrase, "clause": clause, "verbs": verbs, "state": state})
    return tokens.sort("phrase", maintain_order=True), pl.Series(makes)


def _whole_clauses(clause: Numbers) -> list[slice]:
    """Slices of tokens that cut no clause in two."""
    wanted = np.arange(0, len(clause), TOKENS_PER_SLICE)
    cuts = np.unique(np.append(np.searchsorted(clause, clause[wanted]), len(clause))) if len(clause) else wanted
    return [slice(int(start), int(stop)) for start, stop in itertools.pairwise(cuts)]


class _Book:
    """Distinct texts under their keys, numbered in order of first appearance."""

    def __init__(self) -> None:
        self.known = _NO_KEYS
        self._keys: list[Hashes] = [_NO_KEYS]
        self._texts: list[pl.Series] = [pl.Series("text", [], dtype=pl.String)]
        self._seen: list[tuple[Hashes, Ints]] = []

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
        return np.concatenate([_NO_NUMBERS, *parts])

    def texts(self) -> pl.Series:
        """All texts by number."""
        return pl.concat(self._texts).rechunk()
