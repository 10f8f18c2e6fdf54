"""Which signs a font can print: one that it cannot is named, never printed blank."""

from __future__ import annotations

from functools import cache

import typst
from fontTools.ttLib import TTCollection, TTFont

from exports.chain_map.picture import NoFont

SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "STSong")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei")
INVISIBLE = frozenset(
    "\n\r\t\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
"""Signs that print nothing; those that turn the direction of text would make a name read as another."""


@cache
def document_fonts() -> tuple[str, ...]:
    """The serif and the sans font of this machine that a document is set in, at least one. Raises NoFont."""
    known = set(typst.Fonts().families())
    chosen = [next((name for name in names if name in known), None) for names in (SERIF, SANS)]
    found = tuple(name for name in chosen if name)
    if not found:
        raise NoFont
    return found


@cache
def printable() -> frozenset[int]:
    """Code points that at least one of :func:`document_fonts` has. Raises NoFont."""
    wanted = set(document_fonts())
    found: set[int] = set()
    for info in typst.Fonts().fonts():
        if info.family in wanted and info.path is not None:
            found |= _code_points(str(info.path), info.index)
    return frozenset(found)


def named(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with every sign that cannot be printed as its code, 〔U+1F600〕, and these codes once each."""
    missing = {sign for sign in set(text) if ord(sign) not in printable() and sign not in INVISIBLE}
    table = {ord(sign): f"〔U+{ord(sign):04X}〕" for sign in missing} | {ord(sign): "" for sign in INVISIBLE - {"\n"}}
    return text.translate(table), tuple(sorted(f"U+{ord(sign):04X}" for sign in missing))


def _code_points(path: str, index: int) -> set[int]:
    if path.lower().endswith((".ttc", ".otc")):
        with TTCollection(path, lazy=True) as collection:
            return set(collection.fonts[index].getBestCmap())
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())
