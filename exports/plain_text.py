"""Text from data as files can hold it: a sign that no file may hold stands as its code, and nothing is lost unsaid."""

from __future__ import annotations

import re

UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]|[\ud800-\udfff]")
"""Control characters, halves of a pair and signs that are none: XML, and so Excel, Word and the PDF, cannot hold them."""
_LINE_END = re.compile(r"\r\n?")
CELL_LIMIT = 32_767
"""UTF-16 units that a cell of Excel holds."""
CUT_MARK = "…（超出单元格上限，已截断）"


def visible(text: str) -> str:
    r"""The text with line ends as \n and every sign that no file may hold as its code.

    >>> visible("a\x07b\r\nc")
    'a〔U+0007〕b\nc'
    """
    if text.isprintable():
        return text
    return UNWRITABLE.sub(lambda found: f"〔U+{ord(found[0]):04X}〕", _LINE_END.sub("\n", text))


def cell_text(text: str) -> str:
    """The text as a cell of Excel can hold it: over-long text is cut with a visible mark.

    >>> len(cell_text("长" * 40_000)), cell_text("长" * 40_000)[-5:]
    (32767, '，已截断）')
    """
    shown = visible(text)
    return shown if not too_long(shown) else _cut(shown, CELL_LIMIT - len(CUT_MARK)) + CUT_MARK


def too_long(text: str) -> bool:
    """Whether a cell of Excel cannot hold the text; a sign outside the basic plane counts twice there."""
    return len(text) * 2 > CELL_LIMIT and _units(text) > CELL_LIMIT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, units: int) -> str:
    return text.encode("utf-16-le", "surrogatepass")[: units * 2].decode("utf-16-le", "ignore")
