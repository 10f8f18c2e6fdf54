"""Scope text as arrays of code points, normalised one character to one character.

Full-width becomes half-width (NFKC), traditional becomes simplified (OpenCC's character table), punctuation gets one
form, control characters, emoji and private-use characters disappear. Because every rule maps one character to one
character or to nothing, a million texts are normalised by one table lookup.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

Codes = npt.NDArray[np.uint32]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

#: Stands where a bracket was taken out of a phrase, so that no keyword is found across it.
JOINT = "\ue000"
OPEN, CLOSE = "（", "）"
CLAUSE_BREAKS = "；。\n"
LIST_BREAKS = "、，"

_UNICODE = 0x110000
_PUNCTUATION = {
    **dict.fromkeys("([{【〔[〖「『﹙", OPEN),
    **dict.fromkeys(")]}】〕]〗」』﹚", CLOSE),
    **dict.fromkeys(";；﹔|※〓*★●◆■□▲○◎√•\r\n\u2028\u2029\x0b\x0c", "；"),
    **dict.fromkeys("。｡!！?？", "。"),
    **dict.fromkeys(",，﹐", "，"),
    **dict.fromkeys("、､﹑", "、"),
    **dict.fromkeys(":：﹕∶", "："),
    **dict.fromkeys("．·・‧∙", "."),
    **dict.fromkeys("－—–―─‐‑−~～", "-"),
    **dict.fromkeys("\t\u3000\xa0", " "),
    **dict.fromkeys("“”\"'‘’＂＇", ""),
}


@lru_cache(maxsize=1)
def _traditional() -> dict[int, str]:
    """Traditional → simplified, from the character table that OpenCC carries."""
    table = resources.files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(key): values.split(" ")[0] for key, values in pairs if len(key) == 1}


def _simple(code: int, traditional: dict[int, str]) -> int:
    """The normal form of one code point; 0 means that it disappears."""
    char = chr(code)
    if char in _PUNCTUATION:
        return ord(_PUNCTUATION[char]) if _PUNCTUATION[char] else 0
    folded = unicodedata.normalize("NFKC", char)
    if len(folded) != 1:
        # ①, ⑴, ㈠ number the clauses of a list; ㎡ and the like stay as they are
        return ord("；") if unicodedata.category(char) == "No" or "(" in folded else code
    if folded in _PUNCTUATION:
        return ord(_PUNCTUATION[folded]) if _PUNCTUATION[folded] else 0
    if unicodedata.category(folded) in {"Cc", "Cf", "Cn", "Co", "Cs", "So", "Sk", "Mn", "Me"}:
        return 0
    if unicodedata.category(char) == "No" and char not in "²³¹":
        return ord("；")
    return ord(traditional.get(ord(folded), folded)[0])


@lru_cache(maxsize=2)
def table(lower: bool = False) -> Codes:
    """Code point → normalised code point; ``lower`` also folds case (the joint mark is kept)."""
    if lower:
        return _lower(table())
    traditional = _traditional()
    codes = np.arange(_UNICODE, dtype=np.uint32)
    codes[0x1F000:0x20000] = 0
    codes[0xE0000:] = 0
    for code in (*range(0x3400), *range(0xA000, 0xAC00), *range(0xD7B0, 0x10000)):
        codes[code] = _simple(code, traditional)
    for code, simplified in traditional.items():
        codes[code] = ord(simplified[0])
    return codes


def _lower(codes: Codes) -> Codes:
    """The same table with case folded and the joint mark kept."""
    codes = codes.copy()
    for code in range(0x250):
        small = chr(code).lower()
        codes[code] = ord(small) if codes[code] == code and len(small) == 1 else codes[code]
    codes[0xFF21:0xFF3B] = np.arange(ord("a"), ord("z") + 1)
    codes[ord(JOINT)] = ord(JOINT)
    return codes


def simplify(text: str) -> str:
    """One text (a keyword, a definition) in the form in which phrases are compared.

    >>> simplify("ＬＥＤ燈具")
    'led灯具'
    """
    codes = table(lower=True)[np.frombuffer(_utf32(text.encode("utf-8", "replace")), dtype=np.uint32)]
    return codes[codes > 0].tobytes().decode("utf-32-le")


def _utf32(utf8: bytes) -> bytes:
    return utf8.decode("utf-8", "replace").encode("utf-32-le", "replace")


def decode(texts: pl.Series) -> tuple[Codes, Ints]:
    """Code points of all texts in a row, and where each text begins (one more than there are texts)."""
    texts = texts.fill_null("")
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(texts.str.len_chars().to_numpy(), out=starts[1:])
    joined = "".join(texts.to_list()) if len(texts) < 64 else texts.str.join("").item()
    return np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32), starts


def encode(codes: Codes, starts: Ints) -> pl.Series:
    """Texts of the given code points; the inverse of :func:`decode`."""
    width = _width()[codes]
    ends = np.zeros(len(codes) + 1, dtype=np.int64)
    np.cumsum(width, out=ends[1:])
    data = codes.tobytes().decode("utf-32-le").encode("utf-8")
    offsets = ends[starts]
    texts = pa.LargeStringArray.from_buffers(len(starts) - 1, pa.py_buffer(offsets.tobytes()), pa.py_buffer(data))
    return pl.Series("text", texts, dtype=pl.String)


@lru_cache(maxsize=1)
def _width() -> npt.NDArray[np.uint8]:
    """Bytes that each code point takes in UTF-8."""
    codes = np.arange(_UNICODE)
    return (1 + (codes > 0x7F) + (codes > 0x7FF) + (codes > 0xFFFF)).astype(np.uint8)


@lru_cache(maxsize=16)
def lookup(chars: str) -> Bools:
    """A table that says of each code point whether it is one of ``chars``."""
    found = np.zeros(_UNICODE, dtype=np.bool_)
    found[[ord(char) for char in chars]] = True
    return found


@lru_cache(maxsize=1)
def wordlike() -> Bools:
    """Which code points are ideographs: a blank, dot or slash between two of them separates."""
    found = np.zeros(_UNICODE, dtype=np.bool_)
    found[0x3400:0xA000] = True
    found[0xF900:0xFB00] = True
    found[0x20000:0x32000] = True
    return found


def plain(texts: pl.Series) -> pl.Series:
    """Texts (names) in the form in which phrases are compared; what normalisation drops becomes a blank."""
    out = []
    for start in range(0, len(texts), 200_000):
        codes, starts = decode(texts[start : start + 200_000].cast(pl.String))
        kept = table(lower=True)[codes]
        out.append(encode(np.where(kept == 0, np.uint32(ord(" ")), kept), starts))
    return pl.concat(out) if out else pl.Series("text", [], dtype=pl.String)


def number_each(texts: pl.Series, classify: Callable[[str], int], kind: type[pl.DataType]) -> pl.Series:
    """A number for each text, computed once for each distinct one."""
    distinct = texts.unique()
    if not len(distinct):
        return pl.Series(texts.name, [], dtype=kind)
    numbers = pl.Series([classify(text) for text in distinct.to_list()], dtype=kind)
    return texts.replace_strict(distinct, numbers, return_dtype=kind)
