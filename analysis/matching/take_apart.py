"""Scopes taken apart into clauses and tokens, each distinct text once, in parallel slices."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl

from analysis.matching.book import NO_NUMBERS, Book, Numbers, slices
from analysis.matching.clauses import split_clauses
from analysis.matching.grammar import BRACKETED, NEGATED, Sequence, govern
from analysis.matching.normalise import CLAUSE_BREAKS, LIST_BREAKS
from analysis.matching.reading import PURE
from analysis.matching.tokens import Flags, split_tokens
from analysis.matching.verbs import GROW, MAKING

Progress = Callable[[float, str], None]

_BETWEEN_VERBS = r"(研发|研制|开发|设计|生产|制造|加工)[、，,](研发|研制|开发|设计|生产|制造|加工|销售|批发|经营)"
FIRMS_PER_SLICE = 50_000
CLAUSES_PER_SLICE = 60_000
TOKENS_PER_SLICE = 300_000


def take_clauses(scopes: pl.Series, listed: pl.Series, book: Book, tell: Progress) -> pl.DataFrame:
    """(firm, clause, product) of scopes and product lists; texts go into the book."""
    rows: list[Numbers] = []
    parts = list(slices(len(scopes), FIRMS_PER_SLICE))
    with ThreadPoolExecutor(2) as pool:
        work = pool.map(lambda part: split_clauses(scopes[part], book.known), parts)
        for done, (part, found) in enumerate(zip(parts, work, strict=True), start=1):
            rows.append((found.rows + part.start).astype(np.uint32))
            book.add(found.keys, found.which, found.new_keys, found.new_texts)
            tell(0.4 * done / len(parts), "拆分经营范围")
    stated = sum(map(len, rows))
    # an item's verb (出口, 整体承包) says nothing of the others
    for part in slices(len(listed) if listed.null_count() < len(listed) else 0, FIRMS_PER_SLICE):
        found = split_clauses(itemised(listed[part]), book.known, CLAUSE_BREAKS + LIST_BREAKS)
        rows.append((found.rows + part.start).astype(np.uint32))
        book.add(found.keys, found.which, found.new_keys, found.new_texts)
    firm = np.concatenate([NO_NUMBERS, *rows])
    return pl.DataFrame({"firm": firm, "clause": book.numbers(), "product": np.arange(len(firm)) >= stated})


def itemised(listed: pl.Series) -> pl.Series:
    """Product lists whose items can be read one by one; verbs with a 、 between them stay together: 研发、生产轴承."""
    return listed.str.replace_all(_BETWEEN_VERBS, "$1/$2").str.replace_all(_BETWEEN_VERBS, "$1/$2")


def take_tokens(clauses: pl.Series, first: int, book: Book, tell: Progress) -> tuple[Numbers, Numbers, Flags]:
    """Clause (counted from ``first``), phrase and flags of all tokens in order; texts go into the book."""
    numbers: list[Numbers] = [NO_NUMBERS]
    flags: list[Flags] = [np.empty(0, np.uint8)]
    parts = list(slices(len(clauses), CLAUSES_PER_SLICE))
    with ThreadPoolExecutor(2) as pool:
        work = pool.map(lambda part: split_tokens(clauses[part], book.known), parts)
        for done, (part, found) in enumerate(zip(parts, work, strict=True), start=1):
            numbers.append((found.clause + part.start + first).astype(np.uint32))
            flags.append(found.flags)
            book.add(found.keys, found.which, found.new_keys, found.new_texts)
            tell(0.4 + 0.35 * done / len(parts), "拆分条款")
    return np.concatenate(numbers), book.numbers(), np.concatenate(flags)


def govern_tokens(
    phrases: pl.DataFrame, clause: Numbers, phrase: Numbers, flags: Flags, makes: np.ndarray
) -> pl.DataFrame:
    """Tokens with their governing verbs; clauses in which something is made are marked in ``makes``."""
    verbs = np.zeros(len(clause), dtype=np.uint32)
    state = np.zeros(len(clause), dtype=np.uint8)
    lead, trail, marks = (phrases[column].to_numpy() for column in ("lead", "trail", "marks"))

    def read(part: slice) -> None:
        which, where = phrase[part], clause[part].astype(np.int64)
        found = govern(Sequence(where - where[0], flags[part], lead[which], trail[which], marks[which]))
        verbs[part], state[part] = found.verbs, found.state
        said = ((found.verbs & (MAKING | GROW)) > 0) & ((found.state & (NEGATED | BRACKETED)) == 0)
        makes[where[said & ((marks[which] & PURE) == 0)]] = True

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(read, _whole_clauses(clause)))
    return pl.DataFrame({"phrase": phrase, "clause": clause, "verbs": verbs, "state": state})


def _whole_clauses(clause: Numbers) -> list[slice]:
    """Slices of tokens that cut no clause in two."""
    wanted = np.arange(0, len(clause), TOKENS_PER_SLICE)
    cuts = np.unique(np.append(np.searchsorted(clause, clause[wanted]), len(clause))) if len(clause) else wanted
    return [slice(int(start), int(stop)) for start, stop in itertools.pairwise(cuts)]
