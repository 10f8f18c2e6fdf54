"""Plain occurrences of keywords, at once: all firms of many keywords, or a count and ten firms of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.matching.book import rows_of
from analysis.matching.normalise import simplify
from analysis.matching.phrases import Phrases
from analysis.matching.search import find


@dataclass(frozen=True)
class Preview:
    """``firms``: how many firms name the keyword; ``samples``: firm_id, name, clause of some of them."""

    firms: int
    samples: pl.DataFrame


def preview(phrases: Phrases, keyword: str, samples: int = 10) -> Preview:
    """Firms whose scope or product list names the keyword, evenly spread over the universe; an empty keyword finds none."""
    word = simplify(keyword).strip()
    text = phrases.phrases["text"]
    holding = np.flatnonzero(text.str.contains(word, literal=True).to_numpy()) if word else np.empty(0, np.int64)
    _, tokens = rows_of(phrases.tokens["phrase"].to_numpy(), holding.astype(np.uint32))
    clauses = np.unique(phrases.tokens["clause"].to_numpy()[tokens])
    which, places = rows_of(phrases.places["clause"].to_numpy(), clauses)
    firms, first = np.unique(phrases.places["firm"].to_numpy()[places], return_index=True)
    chosen = np.unique(np.linspace(0, max(len(firms) - 1, 0), min(samples, len(firms))).astype(np.int64))
    shown = phrases.firms.select("firm_id", "name")[firms[chosen]]
    return Preview(len(firms), shown.with_columns(clause=phrases.clauses["text"].gather(clauses[which[first[chosen]]])))


def occurrences(phrases: Phrases, keywords: Sequence[str]) -> pl.DataFrame:
    """One row a firm (row number) and keyword (place in ``keywords``) that its scope or product list names."""
    words = [simplify(keyword) for keyword in keywords]
    numbers = pl.DataFrame({"word": words}).with_row_index("keyword").filter(pl.col("word") != "")
    found = find(phrases.phrases["text"], numbers).join(numbers, on="word")
    which, at = rows_of(phrases.tokens["phrase"].to_numpy(), found["row"].to_numpy())
    clause = phrases.tokens["clause"].to_numpy()[at].astype(np.uint64)
    stated = np.sort(clause << np.uint64(32) | found["keyword"].to_numpy()[which].astype(np.uint64))
    stated = stated[np.diff(stated, prepend=np.uint64(0)) > 0] if len(stated) else stated
    which, at = rows_of(phrases.places["clause"].to_numpy(), (stated >> np.uint64(32)).astype(np.uint32))
    firm = phrases.places["firm"].to_numpy()[at].astype(np.uint64)
    pairs = pl.Series(firm << np.uint64(32) | stated[which] & np.uint64(0xFFFFFFFF), dtype=pl.UInt64).unique()
    return pl.DataFrame({"firm": (pairs // 2**32).cast(pl.UInt32), "keyword": (pairs % 2**32).cast(pl.UInt32)})
