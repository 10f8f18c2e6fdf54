"""What an edited keyword would find, at once: how many firms, and ten of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from analysis.matching.normalise import simplify
from analysis.matching.phrases import Phrases, rows_of


@dataclass(frozen=True)
class Preview:
    """``firms``: how many firms name the keyword; ``samples``: firm_id, name, clause of some of them."""

    firms: int
    samples: pl.DataFrame


def preview(phrases: Phrases, keyword: str, samples: int = 10) -> Preview:
    """Firms whose scope or product list names the keyword, evenly spread over the universe. An empty keyword finds none."""
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
