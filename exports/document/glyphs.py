"""Which signs a font can print: one that it cannot is named, never printed blank."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from exports.fonts import NoFont
from exports.plain_text import visible

SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "STSong")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei")
ZERO_WIDTH = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Signs that take no room: they are left out, and a line says so."""
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of text, so that a name would be read as another: they stand as their codes."""
REGULAR = 400


@cache
def _machine_fonts() -> tuple[Any, ...]:
    """Every font that the typesetter finds."""
    import typst  # noqa: PLC0415 - loaded only when wanted

    return tuple(typst.Fonts().fonts())


@cache
def document_fonts() -> tuple[str, ...]:
    """The serif and the sans font of this machine that a document is set in, at least one. Raises NoFont."""
    known = {info.family for info in _machine_fonts()}
    chosen = [next((name for name in names if name in known), None) for names in (SERIF, SANS)]
    found = tuple(name for name in chosen if name)
    if not found:
        raise NoFont
    return found


@cache
def printable() -> frozenset[int]:
    """Code points that at least one of :func:`document_fonts` has. Raises NoFont."""
    wanted = set(document_fonts())
    fonts = [info for info in _machine_fonts() if info.family in wanted and info.path is not None]
    regular = [info for info in fonts if info.weight == REGULAR]
    return frozenset().union(*(_code_points(str(info.path), info.index) for info in regular or fonts))


@dataclass(frozen=True)
class Naming:
    """How the signs of a text that cannot be printed are written.

    table : for ``str.translate``; coded, dropped : codes of signs that stand as their codes, and of those left out
    """

    table: dict[int, str]
    coded: tuple[str, ...]
    dropped: tuple[str, ...]

    def __call__(self, text: str) -> str:
        return visible(text).translate(self.table) if self.table else visible(text)

    @property
    def told(self) -> str:
        """One sentence on what is not printed as it is, empty where everything is."""
        parts = [f"本机字体没有的字或改变方向的字符以编码代替：{'、'.join(self.coded)}"] if self.coded else []
        parts += [f"不占位的字符已略去：{'、'.join(self.dropped)}"] if self.dropped else []
        return f"{'；'.join(parts)}。" if parts else ""


def naming(text: str) -> Naming:
    """How to write every sign of a text: one without a glyph as its code, 〔U+1F600〕."""
    signs = set(visible(text)) - {"\n"}
    gone = signs & ZERO_WIDTH
    missing = {sign for sign in signs - gone if sign in TURNING or ord(sign) not in printable()} - {"\t"}
    table = {ord(sign): f"〔U+{ord(sign):04X}〕" for sign in missing} | {ord(sign): "" for sign in gone}
    table |= {9: " "} if "\t" in signs else {}
    return Naming(table, _codes(missing), _codes(gone))


def _codes(signs: set[str]) -> tuple[str, ...]:
    return tuple(sorted(f"U+{ord(sign):04X}" for sign in signs))


def _code_points(path: str, index: int) -> set[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - loaded only when wanted

    collection = path.lower().endswith((".ttc", ".otc"))
    with TTFont(path, lazy=True, fontNumber=index if collection else -1) as font:
        # names of glyphs do not matter here, and reading them takes longest
        font.setGlyphOrder([f"g{number}" for number in range(font["maxp"].numGlyphs)])
        return set(font.getBestCmap())
