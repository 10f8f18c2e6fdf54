"""Text widths and line breaks for SVG, where nothing wraps by itself."""

from __future__ import annotations

import unicodedata

WIDE, NARROW = 1.0, 0.6
NO_END = frozenset("（(《「『【")
NO_START = frozenset("，。、；：）)》」』】！？·/-")


def text_width(text: str, size: float) -> float:
    """Width of a text in a CJK sans face, a little too wide rather than too narrow.

    >>> text_width("轴承", 10), text_width("AB", 10)
    (20.0, 12.0)
    """
    return size * sum(WIDE if unicodedata.east_asian_width(c) in "WFA" else NARROW for c in text)


def wrap(text: str, room: float, size: float) -> tuple[str, ...]:
    """Lines of at most ``room`` units: broken between characters, Latin words kept whole, no line begins with a mark.

    >>> wrap("汽车轮毂轴承单元", 40, 10)
    ('汽车轮毂', '轴承单元')
    """
    lines: list[list[str]] = [[]]
    for piece in _pieces(text):
        if not lines[-1] or text_width("".join([*lines[-1], piece]), size) <= room:
            lines[-1].append(piece)
        else:
            kept_apart = piece in NO_START or lines[-1][-1] in NO_END
            lines.append([lines[-1].pop(), piece] if kept_apart and len(lines[-1]) > 1 else [piece])
    return _balanced(text, tuple("".join(line).strip() for line in lines), room, size)


def _balanced(text: str, lines: tuple[str, ...], room: float, size: float) -> tuple[str, ...]:
    """Two lines of even length instead of one full line and a lone character."""
    if len(lines) != 2 or text_width(lines[1], size) > 2 * size or text_width(lines[0], size) < 4 * size:
        return lines
    pieces = _pieces(text)
    for cut in range(len(pieces) // 2 + 1, len(pieces)):
        first, second = "".join(pieces[:cut]), "".join(pieces[cut:]).lstrip()
        broken = pieces[cut] in NO_START or pieces[cut - 1] in NO_END
        if not broken and text_width(first, size) <= room and text_width(second, size) <= room:
            return first, second
    return lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for character in text:
        if (
            pieces
            and character.isascii()
            and character.isalnum()
            and pieces[-1][-1].isascii()
            and pieces[-1][-1].isalnum()
        ):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
