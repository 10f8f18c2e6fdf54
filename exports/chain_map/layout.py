"""Where everything stands on the chain map, in SVG units; pure and deterministic."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from chains.model import Chain
from exports.chain_map.lanes import Groups, Lane, Sizes, choose_lanes
from exports.chain_map.order import order_segments
from exports.chain_map.text import wrap

MIN_CARD, MAX_CARD = 136.0, 250.0
GAP_X, GAP_Y = 8.0, 8.0
STAGE_HEAD, ROW_GAP = 56.0, 14.0
GROUP_HEAD, GROUP_GAP = 25.0, 6.0
CARD_BASE, NAME_SIZE, NAME_LINE = 40.0, 13.5, 18.0
NAME_LEFT, NAME_RIGHT, MARK_WIDTH = 38.0, 8.0, 21.0
BARE_LEFT = 16.0
"""Left of a name that has no mark before it."""
ROUGH_CARD = 70.0
"""Height of a card while lanes are chosen, before the names are broken into lines."""


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )


@dataclass(frozen=True)
class Titled:
    """A box with a title: a stage or a group."""

    id: str
    title: str
    box: Box
    members: tuple[str, ...]


@dataclass(frozen=True)
class MapLayout:
    """The whole map: size, stages left to right, groups, cards by segment id, and the lines of each name."""

    width: float
    height: float
    stages: tuple[Titled, ...]
    groups: tuple[Titled, ...]
    cards: Mapping[str, Box]
    names: Mapping[str, tuple[str, ...]]


def lay_out(
    chain: Chain, width: float, extra: Mapping[str, float] | None = None, bare: Collection[str] = ()
) -> MapLayout:
    """Place stages, groups and cards in a map at most ``width`` units wide (wider only if one card needs more).

    Stages stand side by side; small neighbours share a lane, tall ones get several columns of cards.

    Parameters
    ----------
    extra : height that a card needs beside its name and its line of numbers, by id
    bare : ids of cards that stand for a group: without a mark before the name and without a title above
    """
    ordered = _joined(order_segments(chain), frozenset(bare))
    gutter, pad = _spacing(len(chain.stages), width)
    sizes = Sizes(STAGE_HEAD + ROW_GAP, GROUP_HEAD + GROUP_GAP, ROUGH_CARD + GAP_Y)
    lanes = choose_lanes(ordered, int((width + gutter) // (MIN_CARD + 2 * pad + gutter)), sizes)
    card = _card_width(lanes, width, gutter, pad)
    names = _names(chain, card, frozenset(bare))
    drawn, x = [], 0.0
    for lane in lanes:
        drawn.append(_lane(lane, ordered, chain, _Pen(x, pad, lane.columns, card, names, extra or {})))
        x += 2 * pad + lane.columns * card + (lane.columns - 1) * GAP_X + gutter
    bottom = max(stages[-1].box.y + stages[-1].box.h for stages, _, _ in drawn)
    return MapLayout(
        x - gutter,
        bottom,
        tuple(stage for stages, _, _ in drawn for stage in _stretched(stages, bottom)),
        tuple(group for _, groups, _ in drawn for group in groups),
        {key: box for _, _, cards in drawn for key, box in cards.items()},
        names,
    )


@dataclass(frozen=True)
class _Pen:
    """Where a lane begins and the sizes in it."""

    x: float
    pad: float
    columns: int
    card: float
    names: Mapping[str, tuple[str, ...]]
    extra: Mapping[str, float]

    def height(self, members: Sequence[str]) -> float:
        """Height of cards side by side: that of the one that needs most."""
        return CARD_BASE + max(NAME_LINE * len(self.names[one]) + self.extra.get(one, 0.0) for one in members)

    @property
    def width(self) -> float:
        """Width of the lane."""
        return 2 * self.pad + self.columns * self.card + (self.columns - 1) * GAP_X


def _spacing(n_stages: int, width: float) -> tuple[float, float]:
    """Space between lanes and inside them: generous where there is room."""
    spare = width / n_stages - MIN_CARD
    return (40.0, 10.0) if spare >= 70 else (26.0, 8.0) if spare >= 46 else (20.0, 6.0)


def _card_width(lanes: Sequence[Lane], width: float, gutter: float, pad: float) -> float:
    fixed = gutter * (len(lanes) - 1) + sum(2 * pad + (lane.columns - 1) * GAP_X for lane in lanes)
    return min(MAX_CARD, max(MIN_CARD, (width - fixed) / sum(lane.columns for lane in lanes)))


def _names(chain: Chain, card: float, bare: frozenset[str]) -> dict[str, tuple[str, ...]]:
    critical = {s.id for s in chain.segments if s.criticality.level == "high"}

    def room(key: str) -> float:
        left = BARE_LEFT if key in bare else NAME_LEFT
        return card - left - NAME_RIGHT - (MARK_WIDTH if key in critical else 0.0)

    return {s.id: wrap(s.name, room(s.id), NAME_SIZE) for s in chain.segments}


def _joined(ordered: Mapping[str, Groups], bare: frozenset[str]) -> dict[str, Groups]:
    """Neighbouring cards that stand for groups share one row of columns, under no title."""

    def of_groups(group: tuple[str, Sequence[str]]) -> bool:
        return set(group[1]) <= bare

    result: dict[str, Groups] = {}
    for stage, groups in ordered.items():
        runs = [(folded, list(run)) for folded, run in groupby(groups, key=of_groups)]
        result[stage] = [
            one
            for folded, run in runs
            for one in ([("", [m for _, members in run for m in members])] if folded else run)
        ]
    return result


def _lane(
    lane: Lane, ordered: Mapping[str, Groups], chain: Chain, pen: _Pen
) -> tuple[list[Titled], list[Titled], dict[str, Box]]:
    stages: list[Titled] = []
    groups: list[Titled] = []
    cards: dict[str, Box] = {}
    y = 0.0
    for stage in lane.stages:
        inner, own, bottom = _stage(stage, ordered[stage], y, pen)
        groups += inner
        cards.update(own)
        stages.append(Titled(stage, chain.stage_name(stage), Box(pen.x, y, pen.width, bottom - y), tuple(own)))
        y = bottom + ROW_GAP
    return stages, groups, cards


def _stage(stage: str, groups: Groups, top: float, pen: _Pen) -> tuple[list[Titled], dict[str, Box], float]:
    cards: dict[str, Box] = {}
    boxes: list[Titled] = []
    y = top + STAGE_HEAD
    for name, members in groups:
        line_top = y + (GROUP_HEAD if name else 0.0)
        for start in range(0, len(members), pen.columns):
            line = members[start : start + pen.columns]
            height = pen.height(line)
            for column, member in enumerate(line):
                left = pen.x + pen.pad + column * (pen.card + GAP_X)
                cards[member] = Box(left, line_top, pen.card, height)
            line_top += height + GAP_Y
        if name:
            boxes.append(Titled(f"{stage}/{name}", name, Box(pen.x, y, pen.width, line_top - y), tuple(members)))
        y = line_top + GROUP_GAP
    return boxes, cards, y


def _stretched(stages: list[Titled], bottom: float) -> list[Titled]:
    """The last stage of a lane reaches down to the foot of the map."""
    last = stages[-1]
    box = Box(last.box.x, last.box.y, last.box.w, bottom - last.box.y)
    return [*stages[:-1], Titled(last.id, last.title, box, last.members)]
