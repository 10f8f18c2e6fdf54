"""Ids for segments that people name in Chinese: from the name alone, so that naming it again gives the same id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from functools import cache

LONGEST = 48
"""Characters of an id, as ``chains.model.Identifier`` holds."""


def pinyin_id(name: str, prefix: str = "", taken: Collection[str] = ()) -> str:
    """An id for a name: prefix and pinyin; a number behind it where the id is taken, a digest where the name is long.

    >>> pinyin_id("还原铁粉", "fmyj_")
    'fmyj_huanyuantiefen'
    """
    spoken = _plain("".join(_syllables(name))) or _digest(name)
    whole = prefix + spoken
    if not whole[0].isalpha():
        whole = f"s_{whole}"
    if len(whole) > LONGEST:
        whole = f"{whole[: LONGEST - 7]}_{_digest(name)}"
    return _free(whole.ljust(2, "0"), taken)


def initials(name: str) -> str:
    """The first letters of a name's syllables.

    >>> initials("粉末冶金")
    'fmyj'
    """
    return _plain("".join(syllable[0] for syllable in _syllables(name) if syllable))[:8]


def prefix_of(ids: Iterable[str], name: str) -> str:
    """What the ids of a chain's segments begin with, up to an underscore; from the chain's name where they share nothing.

    >>> prefix_of(["pm_iron_powder", "pm_press"], "粉末冶金")
    'pm_'
    """
    firsts = {match[0] if (match := re.match(r"[a-z][a-z0-9]*_", one)) else "" for one in ids}
    return firsts.pop() or f"{initials(name) or 'c'}_" if len(firsts) == 1 else f"{initials(name) or 'c'}_"


@cache
def _syllables(name: str) -> tuple[str, ...]:
    """Pinyin of each character; what is no Chinese stays as it is."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its tables take a second to load, and few commands name anything

    return tuple(lazy_pinyin(name, errors=lambda kept: kept))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8")).hexdigest()[:6]


def _free(wanted: str, taken: Collection[str]) -> str:
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted[: LONGEST - 4]}_{number}"
    return free
