"""The name by which a button, a card and static/review_keys.js know what they belong to."""

from __future__ import annotations

import hashlib


def mark(*words: str) -> str:
    """A short name for a pair, or for anything of several words, that a button's key and a card may hold.

    >>> mark("bearing", "f1")
    '5584956dafa9f190'
    """
    return hashlib.sha256("\n".join(words).encode("utf-8")).hexdigest()[:16]
