"""Marks of labels on the map: the shape with its letter, and rows of small shapes with counts."""

from __future__ import annotations

from collections.abc import Mapping

from exports.chain_map.text import text_width
from exports.theme import LABEL_STYLES, label_style

SMALL = 12.0
COUNT_SIZE, COUNT_GAP, LETTERED = 12.0, 7.0, 15.0
ROW = 22.0
"""Height of a row of counted shapes."""
_Cells = list[tuple[str, int]]


def mark(label: str, x: float, y: float, size: float = 21.0) -> str:
    """The mark of a label, centred at (x, y): its shape with its letter; below ``LETTERED`` units the shape alone."""
    style, r = label_style(label), size / 2
    point = r + (2 if size >= LETTERED else 0.5)
    shapes = {
        "circle": f'<circle r="{r - 0.5}"/>',
        "square": f'<rect x="{-r + 1}" y="{-r + 1}" width="{size - 2}" height="{size - 2}" rx="{size / 7:.0f}"/>',
        "triangle": f'<path d="M0 {-r - 1}L{point} {r - 1}H{-point}z" stroke-linejoin="round" stroke-width="2"/>',
        "diamond": f'<path d="M0 {-r - 2}L{r + 2} 0L0 {r + 2}L{-r - 2} 0z"/>',
        "ring": f'<circle r="{r - 1}" stroke-dasharray="3 2.4"/>',
    }
    lower = 3.0 if style.shape == "triangle" else 0.0
    letter = f'<text y="{lower + 4:.1f}" text-anchor="middle">{style.letter}</text>' if size >= LETTERED else ""
    return (
        f'<g class="lt-mark lt-mark-{label}" transform="translate({x:.1f} {y:.1f})">{shapes[style.shape]}{letter}</g>'
    )


def counted_rows(counts: Mapping[str, int], room: float) -> list[_Cells]:
    """Labels with their counts, the best first, in as many rows as the room asks for; labels without segments left out.

    >>> counted_rows({"missing": 2, "strong": 1}, 100)
    [[('strong', 1), ('missing', 2)]]
    """
    rows: list[_Cells] = [[]]
    used = 0.0
    for cell in ((label, counts[label]) for label in LABEL_STYLES if counts.get(label)):
        width = _cell_width(cell[1])
        if rows[-1] and used + width > room:
            rows.append([])
            used = 0.0
        rows[-1].append(cell)
        used += width + COUNT_GAP
    return rows


def draw_counts(rows: list[_Cells], x: float, y: float) -> str:
    """The rows as SVG, the first with its middle at y."""
    drawn = []
    for at, row in enumerate(rows):
        left, middle = x, y + at * ROW
        for label, n in row:
            drawn.append(mark(label, left + SMALL / 2, middle, SMALL))
            drawn.append(f'<text class="lt-tally" x="{left + SMALL + 4:.1f}" y="{middle + 4.3:.1f}">{n}</text>')
            left += _cell_width(n) + COUNT_GAP
    return "".join(drawn)


def _cell_width(n: int) -> float:
    return SMALL + 4 + text_width(str(n), COUNT_SIZE)
