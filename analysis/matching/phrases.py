"""The phrase dictionary of a universe of firms: built once, matched against any segments, extended with new firms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from analysis.matching.clauses import Hashes, split_clauses
from analysis.matching.grammar import BRACKETED, NEGATED, Sequence, govern
from analysis.matching.normalise import Ints
from analysis.matching.reading import PURE, read_phrases
from analysis.matching.tokens import split_tokens
from analysis.matching.verbs import GROW, MAKING

Progress = Callable[[float, str], None]

FIRMS_PER_SLICE = 50_000
CLAUSES_PER_SLICE = 60_000
_NONE = np.empty(0, dtype=np.uint64)


@dataclass(frozen=True)
class Phrases:
    """Firms' scopes taken apart.

    ``phrases``: text, lead, trail, begin, end, marks — one row a distinct phrase.
    ``clauses``: text, makes — one row a distinct clause; ``makes``: it says that something is made, grown or processed.
    ``tokens``: phrase, clause, verbs, state — one row a phrase in a clause, sorted by phrase.
    ``places``: firm, clause — one row a clause of a firm, sorted by clause.
    ``firms``: firm_id, name, … — one row a firm; ``firm`` above is its row number.
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
        places, texts = _clauses(firms["scope"].cast(pl.String), tell)
        phrases, tokens = _tokens(texts, tell)
        tell(0.9, "分析条款语法")
        tokens, makes = _govern(phrases, tokens, len(texts))
        clauses = pl.DataFrame({"text": texts, "makes": makes})
        known = firms.select([c for c in ("firm_id", "name", "products", "gb4754") if c in firms.columns])
        return cls(known, phrases, clauses, tokens, places)


def _slices(length: int, size: int) -> Iterator[slice]:
    return (slice(start, min(start + size, length)) for start in range(0, length, size))


def _clauses(scopes: pl.Series, tell: Progress) -> tuple[pl.DataFrame, pl.Series]:
    """(firm, clause) pairs, and the texts of the distinct clauses."""
    book = _Book()
    rows: list[Ints] = []
    keys: list[Hashes] = []
    with ThreadPoolExecutor(2) as pool:
        parts = list(_slices(len(scopes), FIRMS_PER_SLICE))
        work = pool.map(lambda part: (part.start, split_clauses(scopes[part], book.known)), parts)
        for done, (start, found) in enumerate(work, start=1):
            rows.append((found.rows + start).astype(np.uint32))
            keys.append(found.keys)
            book.add(found.new_keys, found.new_texts)
            tell(0.45 * done / len(parts), "拆分经营范围")
    clause = book.places(np.concatenate(keys) if keys else _NONE)
    firm = np.concatenate(rows) if rows else np.empty(0, np.uint32)
    places = pl.DataFrame({"firm": firm, "clause": clause}, schema={"firm": pl.UInt32, "clause": pl.UInt32})
    return places.unique().sort("clause", "firm"), book.texts()


def _tokens(clauses: pl.Series, tell: Progress) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Distinct phrases, read; and the tokens of all clauses in order."""
    book = _Book()
    numbers: list[Ints] = []
    keys: list[Hashes] = []
    flags: list[np.ndarray] = []
    with ThreadPoolExecutor(2) as pool:
        parts = list(_slices(len(clauses), CLAUSES_PER_SLICE))
        work = pool.map(lambda part: (part.start, split_tokens(clauses[part], book.known)), parts)
        for done, (start, found) in enumerate(work, start=1):
            numbers.append((found.clause + start).astype(np.uint32))
            keys.append(found.keys)
            flags.append(found.flags)
            book.add(found.new_keys, found.new_texts)
            tell(0.45 + 0.4 * done / len(parts), "拆分条款")
    phrase = book.places(np.concatenate(keys) if keys else _NONE)
    frame = {
        "clause": np.concatenate(numbers) if numbers else np.empty(0, np.uint32),
        "phrase": phrase,
        "flags": np.concatenate(flags) if flags else np.empty(0, np.uint8),
    }
    return read_phrases(book.texts()), pl.DataFrame(
        frame, schema={"clause": pl.UInt32, "phrase": pl.UInt32, "flags": pl.UInt8}
    )


def _govern(phrases: pl.DataFrame, tokens: pl.DataFrame, clauses: int) -> tuple[pl.DataFrame, pl.Series]:
    """Tokens with their governing verbs, sorted by phrase; and for each clause whether something is made in it."""
    phrase, clause = tokens["phrase"].to_numpy(), tokens["clause"].to_numpy().astype(np.int64)
    marks = phrases["marks"].to_numpy()[phrase]
    found = govern(
        Sequence(
            clause,
            tokens["flags"].to_numpy(),
            phrases["lead"].to_numpy()[phrase],
            phrases["trail"].to_numpy()[phrase],
            marks,
        )
    )
    said = (found.verbs & (MAKING | GROW)) > 0
    said &= (found.state & (NEGATED | BRACKETED)) == 0
    said &= (marks & PURE) == 0
    makes = np.zeros(clauses, dtype=np.bool_)
    makes[clause[said]] = True
    governed = tokens.select("phrase", "clause").with_columns(
        verbs=pl.Series(found.verbs, dtype=pl.UInt32), state=pl.Series(found.state, dtype=pl.UInt8)
    )
    return governed.sort("phrase", maintain_order=True), pl.Series(makes)


class _Book:
    """Distinct texts under their keys, numbered in order of first appearance."""

    def __init__(self) -> None:
        self.known = _NONE
        self._keys: list[Hashes] = []
        self._texts: list[pl.Series] = []

    def add(self, keys: Hashes, texts: pl.Series) -> None:
        """Add texts, leaving out those that another slice added meanwhile."""
        if len(self.known) and len(keys):
            place = np.minimum(np.searchsorted(self.known, keys), len(self.known) - 1)
            fresh = self.known[place] != keys
            keys, texts = keys[fresh], texts.filter(pl.Series(fresh))
        self._keys.append(keys)
        self._texts.append(texts)
        self.known = np.sort(np.concatenate((self.known, keys)), kind="stable")

    def places(self, keys: Hashes) -> np.ndarray:
        """The number of each key's text."""
        all_keys = np.concatenate(self._keys) if self._keys else _NONE
        order = np.argsort(all_keys)
        return order[np.searchsorted(all_keys[order], keys)].astype(np.uint32)

    def texts(self) -> pl.Series:
        """All texts by number."""
        return pl.concat(self._texts).rechunk() if self._texts else pl.Series("text", [], dtype=pl.String)
