"""Names in pinyin, a million at once: a letter a character for initials, a sign a syllable for whole pinyin."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

FIRST = 0x100
"""Signs from here on stand for syllables; what is no Chinese character stays itself if it is ASCII, and is OTHER if not."""
OTHER = 0x01
_END = 0x0A
_OFFICIALS = "省市区县镇"
"""Before 长 these are the end of a place, not the head of one: 鄂州市长江液压."""
_BMP = 0x10000
Codes = NDArray[np.uint32]


@dataclass(frozen=True)
class Spelled:
    """Names as initials (one ASCII letter a character) and as syllables (one sign a character), with the syllables known."""

    initials: pl.Series
    syllables: pl.Series
    signs: dict[str, str]

    def patterns(self, typed: str) -> list[str]:
        """The strings of signs that what is typed may mean, whole syllables but for the last, which may be unfinished."""
        return list(_patterns(typed, self.signs))

    def initials_of(self, pattern: str) -> str:
        """The initials of the syllables that a string of signs stands for."""
        letters = {sign: syllable[0] for syllable, sign in self.signs.items()}
        return "".join(letters[sign] for sign in pattern)


def spell(names: Sequence[str]) -> Spelled:
    """The names in pinyin.

    A character is read as it is in a word of two with its neighbour, if that is known, and as it usually is otherwise.

    >>> known = spell(["重庆长安", "TCL重工"])
    >>> known.initials.to_list()
    ['cqca', 'tclzg']
    """
    text = np.frombuffer("\n".join(names).lower().encode("utf-32-le"), np.uint32)
    text = np.where(text < _BMP, text, OTHER)
    syllables = _read(text)
    known = sorted({one for one in syllables.values() if one}.union(*_words().values()))
    number = {one: at for at, one in enumerate(known)}
    signs = np.full(_BMP, OTHER, np.uint32)
    signs[:128] = np.arange(128)
    for code, syllable in syllables.items():
        if syllable:
            signs[code] = FIRST + number[syllable]
    spelled = _in_words(text, signs[text], number)
    first = np.array([*range(FIRST), *(ord(one[0]) for one in known)], np.uint32)
    return Spelled(_lines(first[spelled]), _lines(spelled), {one: chr(FIRST + at) for one, at in number.items()})


def _read(text: Codes) -> dict[int, str]:
    """The usual syllable of every Chinese character of the text; empty for what is none."""
    codes = [int(code) for code in np.flatnonzero(np.bincount(text, minlength=_BMP)) if code >= 0x2E80]
    return {code: _syllable(chr(code)) for code in codes}


def _syllable(character: str) -> str:
    return _plain(PINYIN_DICT.get(ord(character), "").split(",")[0])


@cache
def _plain(read: str) -> str:
    """A syllable without its tone, ü as v: zhòng → zhong; empty where it is none."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", read.replace("ü", "v")) if sign.isascii())
    return bare if bare.isalpha() else ""


@cache
def _words() -> dict[str, tuple[str, str]]:
    """Words of two characters of which one is read otherwise than alone."""
    words = [
        word
        for word in PHRASES_DICT
        if len(word) == 2 and max(map(ord, word)) < _BMP and not (word[0] in _OFFICIALS and word[1] == "长")
    ]
    read = {word: (_plain(PHRASES_DICT[word][0][0]), _plain(PHRASES_DICT[word][1][0])) for word in words}
    return {word: two for word, two in read.items() if all(two) and two != (_syllable(word[0]), _syllable(word[1]))}


def _in_words(text: Codes, spelled: Codes, number: dict[str, int]) -> Codes:
    """The signs with the readings of words of two characters."""
    words = {word: two for word, two in _words().items() if two[0] in number and two[1] in number}
    keys = np.array([ord(word[0]) * _BMP + ord(word[1]) for word in words], np.uint64)
    order = np.argsort(keys)
    keys, signs = (
        keys[order],
        np.array([[FIRST + number[one] for one in two] for two in words.values()], np.uint32)[order],
    )
    begins = np.zeros(_BMP, np.bool_)
    begins[(keys // _BMP).astype(np.intp)] = True
    at = np.flatnonzero(begins[text[:-1]])
    pairs = text[at].astype(np.uint64) * _BMP + text[at + 1]
    found = np.minimum(np.searchsorted(keys, pairs), len(keys) - 1)
    hit = keys[found] == pairs
    result = spelled.copy()
    result[at[hit]], result[at[hit] + 1] = signs[found[hit], 0], signs[found[hit], 1]
    return result


def _lines(signs: Codes) -> pl.Series:
    return pl.Series(signs.astype("<u4").tobytes().decode("utf-32-le").split(chr(_END)), dtype=pl.String)


def _patterns(typed: str, signs: dict[str, str]) -> Iterator[str]:
    if not typed:
        yield ""
        return
    for size in range(1, min(len(typed), 6) + 1):
        if typed[:size] in signs:
            yield from (signs[typed[:size]] + rest for rest in _patterns(typed[size:], signs))
    yield from (sign for syllable, sign in signs.items() if len(typed) < len(syllable) and syllable.startswith(typed))
