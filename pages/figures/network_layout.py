"""Where the firms of a network stand: around one firm by who acts on whom, around a segment in groups beside each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import mean

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


APART = 270
"""Distance of two groups: room for the words on the lines."""
SWEEPS = 6
"""How often groups are put in the order of their neighbours."""


def lay_out_groups(groups: Sequence[Sequence[str]], pairs: Iterable[tuple[str, str]]) -> dict[str, Place]:
    """Places of groups beside each other, each in columns, ordered so that few lines cross (barycentres).

    Parameters
    ----------
    groups : ids of each group, from left to right; empty ones take no room
    pairs : ids that a line joins

    >>> lay_out_groups([["a", "b"], ["c", "d"]], [("a", "d"), ("b", "c")])
    {'a': (-135, -25), 'b': (-135, 25), 'd': (135, -25), 'c': (135, 25)}
    """
    known = [list(group) for group in groups if group]
    ordered = _by_neighbours(known, pairs)
    rows = max(range(1, max(map(len, known), default=1) + 1), key=lambda n: (round(_group_scale(known, n), 6), n))
    left, places = 0, {}
    for group in ordered:
        n_columns = math.ceil(len(group) / rows)
        each = math.ceil(len(group) / n_columns)
        for at, firm in enumerate(group):
            row, column = divmod(at, n_columns)  # row by row: neighbours in other groups are at the same height
            places[firm] = left + column * COLUMN, round((row - (each - 1) / 2) * ROW)
        left += (n_columns - 1) * COLUMN + APART
    middle = (left - APART) // 2
    return {firm: (x - middle, y) for firm, (x, y) in places.items()}


def _by_neighbours(groups: list[list[str]], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    beside: dict[str, list[str]] = {firm: [] for group in groups for firm in group}
    for one, other in pairs:
        beside[one].append(other)
        beside[other].append(one)
    height = {firm: (at + 0.5) / len(group) for group in groups for at, firm in enumerate(group)}
    for _ in range(SWEEPS):
        for group in groups[::-1]:
            wanted = {
                firm: mean(height[one] for one in beside[firm]) if beside[firm] else height[firm] for firm in group
            }
            group.sort(key=lambda firm: wanted[firm])
            height |= {firm: (at + 0.5) / len(group) for at, firm in enumerate(group)}
    return groups


def _group_scale(groups: Sequence[Sequence[str]], rows: int) -> float:
    columns = sum(math.ceil(len(group) / rows) for group in groups)
    width = (columns - len(groups)) * COLUMN + (len(groups) - 1) * APART + COLUMN
    height = (min(rows, max(map(len, groups), default=1)) + 1) * ROW
    return min(1.0, ROOM[0] / max(width, 1), ROOM[1] / height)
