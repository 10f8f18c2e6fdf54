"""The trade words of firm names, and what trade a row of them says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

NO_TRADE = "*"
"""Key of the words that name no trade (科技, 实业, 贸易): they only show where a brand ends."""


@cache
def trade_words() -> Mapping[str, str]:
    """The trade of every known word of a firm's name."""
    lines = (files("analysis.brands") / "trade_words.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(":", 1) for line in lines if line and not line.startswith("#"))
    return {word: trade for trade, words in rows for word in words.split()}


@cache
def any_word() -> str:
    """Regular expression for one trade word, longest first."""
    return "|".join(map(re.escape, sorted(trade_words(), key=lambda word: (-len(word), word))))


def trade_of(tail: str) -> str | None:
    """The trade that a row of trade words says: that of its last word that names one.

    >>> trade_of("汽车零部件制造"), trade_of("汽车玻璃"), trade_of("科技发展")
    ('汽车零部件', '玻璃', None)
    """
    trades = [trade_words()[word] for word in re.findall(any_word(), tail)]
    return next((trade for trade in reversed(trades) if trade != NO_TRADE), None)
