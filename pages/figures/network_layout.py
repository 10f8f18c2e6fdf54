"""Where the firms of a network stand: the firm in the middle, who acts on it to the left, on whom it acts to the right."""

from __future__ import annotations

import math
from collections.abc import Sequence

COLUMN = 200
"""Distance of two columns of boxes."""
ROW = 50
"""Distance of two boxes above each other."""
FIRST = 310
"""Distance from the middle to the first column: room for the words on the lines."""
ROOM = (1000, 760)
"""Width and height that a network may take without being made smaller."""
Place = tuple[int, int]


def lay_out(left: Sequence[str], right: Sequence[str]) -> dict[str, Place]:
    """Place (x, y) of the middle of each box around the origin; the same for the same ids in the same order.

    Each side is filled column by column, from the middle outwards, from top to bottom. Where one side has nobody the
    firms share both sides: arrows say the direction anyway.

    >>> lay_out(["a"], ["b", "c"])
    {'a': (-310, 0), 'b': (310, -25), 'c': (310, 25)}
    """
    if not left or not right:
        both = [*left, *right]
        left, right = both[: len(both) // 2], both[len(both) // 2 :]
    rows = best_rows(len(left), len(right))
    return _side(left, -1, rows) | _side(right, 1, rows)


def best_rows(n_left: int, n_right: int) -> int:
    """Rows of a full column with which the whole is drawn largest in ``ROOM``; the most of equals, that is fewest columns."""
    longest = max(n_left, n_right, 1)
    return max(range(1, longest + 1), key=lambda rows: (round(_scale(n_left, n_right, rows), 6), rows))


def frame_height(places: Sequence[Place]) -> int:
    """Height in pixels for a network with these places, at least 160, at most that of ``ROOM``."""
    reach = max((abs(y) for _, y in places), default=0)
    return min(ROOM[1], max(160, 2 * reach + 2 * ROW))


def _scale(n_left: int, n_right: int, rows: int) -> float:
    columns = math.ceil(n_left / rows), math.ceil(n_right / rows)
    width = sum(FIRST + (n - 1) * COLUMN + COLUMN / 2 for n in columns if n)
    height = (min(rows, max(n_left, n_right)) + 1) * ROW
    return min(1.0, ROOM[0] / max(width, 1), ROOM[1] / height)


def _side(firms: Sequence[str], sign: int, rows: int) -> dict[str, Place]:
    n_columns = math.ceil(len(firms) / rows)
    each = math.ceil(len(firms) / n_columns) if n_columns else 0
    places = {}
    for at, firm in enumerate(firms):
        column, row = divmod(at, each)
        n_rows = min(each, len(firms) - column * each)
        places[firm] = sign * (FIRST + column * COLUMN), round((row - (n_rows - 1) / 2) * ROW)
    return places
