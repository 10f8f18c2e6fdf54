"""Which stages share a lane of the chain map and how many columns of cards each lane has."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Groups = Sequence[tuple[str, Sequence[str]]]
Spans = tuple[tuple[str, ...], ...]

COMFORT = 620.0
"""Height below which no further column of cards is opened."""
STACKING = 70.0
"""A second stage in a lane must save this much height to be worth it: stages side by side read better."""


@dataclass(frozen=True)
class Sizes:
    """Heights used while lanes are chosen: head of a stage, head of a group, one row of cards."""

    stage: float
    group: float
    row: float


@dataclass(frozen=True)
class Lane:
    """Consecutive stages above one another, drawn with so many columns of cards."""

    stages: tuple[str, ...]
    columns: int


def choose_lanes(groups: Mapping[str, Groups], capacity: int, sizes: Sizes) -> tuple[Lane, ...]:
    """Lanes from left to right with at most ``capacity`` columns of cards together, as low as can be.

    Every way of stacking neighbouring stages is tried; each opens columns in its tallest lane while that helps. A lane
    of several stages keeps one column, or all would end in one lane.

    Parameters
    ----------
    groups : stage id → groups with their segments, stages in order
    capacity : columns of cards for which there is room, at least 1
    """
    found = [_filled(spans, groups, max(1, capacity), sizes) for spans in _stackings(tuple(groups), max(1, capacity))]
    return min(found, key=lambda lanes: _cost(lanes, groups, sizes))


def lane_height(stages: Sequence[str], columns: int, groups: Mapping[str, Groups], sizes: Sizes) -> float:
    """Height of stages stacked in a lane with so many columns."""
    inside = [group for stage in stages for group in groups[stage]]
    rows = sum(math.ceil(len(members) / columns) for _, members in inside)
    return len(stages) * sizes.stage + len(inside) * sizes.group + rows * sizes.row


def _stackings(stages: tuple[str, ...], capacity: int) -> list[Spans]:
    """Every cut of the sequence into at most ``capacity`` runs."""
    result = []
    for mask in range(2 ** (len(stages) - 1)):
        if mask.bit_count() < capacity:
            cuts = [0, *(at + 1 for at in range(len(stages) - 1) if mask >> at & 1), len(stages)]
            result.append(tuple(stages[a:b] for a, b in pairwise(cuts)))
    return result


def _filled(spans: Spans, groups: Mapping[str, Groups], capacity: int, sizes: Sizes) -> tuple[Lane, ...]:
    columns = [1] * len(spans)
    while sum(columns) < capacity:
        heights = [lane_height(span, n, groups, sizes) for span, n in zip(spans, columns, strict=True)]
        tallest = heights.index(max(heights))
        if len(spans[tallest]) > 1:
            break
        better = lane_height(spans[tallest], columns[tallest] + 1, groups, sizes)
        if heights[tallest] <= COMFORT or better >= heights[tallest]:
            break
        columns[tallest] += 1
    return tuple(Lane(span, n) for span, n in zip(spans, columns, strict=True))


def _cost(lanes: tuple[Lane, ...], groups: Mapping[str, Groups], sizes: Sizes) -> tuple[float, int]:
    height = max(lane_height(lane.stages, lane.columns, groups, sizes) for lane in lanes)
    stacked = sum(len(lane.stages) - 1 for lane in lanes)
    return max(height, COMFORT) + STACKING * stacked, sum(lane.columns for lane in lanes)
