"""The chain map at the level of 环节: segments of a group folded into one card, the flows between them added up.

A group has no label of its own: which of its segments are strong or missing is counted, never averaged, since a mean
of labels would hide the one segment that breaks the chain.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from chains.model import Chain, Edge, Segment
from chains.words import LABELS
from exports.formats import is_missing

PREFIX = "group:"
"""Before the id of a folded card, so that it is no segment's."""
GAPS = ("weak", "missing")
Rows = Mapping[str, Mapping[str, Any]]
Projects = tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]


@dataclass(frozen=True)
class Group:
    """环节 of a chain: the id of its first segment, which stands for it in addresses; name, stage and segments."""

    id: str
    name: str
    stage: str
    members: tuple[str, ...]

    @property
    def card(self) -> str:
        """Id of its card on the map."""
        return PREFIX + self.id


@dataclass(frozen=True)
class GroupFigures:
    """What a folded card tells.

    labels : number of segments by label; n_local, expected : sums over the segments, in firm × segment (a firm of two
        segments counts twice in both), None where one is unknown
    nominal, effective : projects, each once, None without a register; critical : number of critical segments
    gaps : names of the weak and missing segments
    """

    labels: Mapping[str, int]
    n_local: int | None
    expected: float | None
    nominal: int | None
    effective: int | None
    critical: int
    gaps: tuple[str, ...]


def groups_of(chain: Chain) -> tuple[Group, ...]:
    """The groups of a chain in the order of the package; groups of one name in two stages are two."""
    members: dict[tuple[str, str], list[str]] = {}
    for segment in chain.segments:
        members.setdefault((segment.stage, segment.group), []).append(segment.id)
    return tuple(Group(ids[0], name, stage, tuple(ids)) for (stage, name), ids in members.items())


def fold(chain: Chain, opened: Collection[str] = ()) -> Chain:
    """The chain with every group as one segment, except those of ``opened`` (ids of groups), which stay as they are.

    The weight of a flow into a group is the mean, over its segments, of the share that each buys from the supplier:
    w(A, B) = Σ_{a∈A, b∈B} w(a, b) / |B|. Flows inside a group are left out.
    """
    folded = [group for group in groups_of(chain) if group.id not in opened]
    card_of = {member: group.card for group in folded for member in group.members}
    sizes = {group.card: len(group.members) for group in folded}
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for edge in chain.edges:
        pair = card_of.get(edge.supplier, edge.supplier), card_of.get(edge.user, edge.user)
        if pair[0] != pair[1]:
            weights[pair] += edge.weight / sizes.get(pair[1], 1)
    parts = {
        "segments": tuple(_segments(chain, {group.members[0]: group for group in folded}, card_of)),
        "edges": tuple(
            Edge.model_construct(supplier=pair[0], user=pair[1], weight=min(1.0, weight), source="")
            for pair, weight in weights.items()
        ),
    }
    return chain.model_copy(update=parts)


def _segments(chain: Chain, firsts: Mapping[str, Group], card_of: Mapping[str, str]) -> list[Segment]:
    """Open segments as they are; a folded group in the place of its first segment."""
    critical = {card_of.get(s.id) for s in chain.segments if s.criticality.level == "high"}
    found = []
    for segment in chain.segments:
        group = firsts.get(segment.id)
        if group is not None:
            level = "high" if group.card in critical else "low"
            mark = segment.criticality.model_copy(update={"level": level})
            found.append(segment.model_copy(update={"id": group.card, "name": group.name, "criticality": mark}))
        elif segment.id not in card_of:
            found.append(segment)
    return found


def fold_pulls(chain: Chain, opened: Collection[str], demand: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """Local demand of every flow of the folded chain: Σ weight × local firms of the user, over what it is folded from."""
    card_of = {member: group.card for group in groups_of(chain) if group.id not in opened for member in group.members}
    pulls: dict[tuple[str, str], float] = defaultdict(float)
    for edge in chain.edges:
        pair = card_of.get(edge.supplier, edge.supplier), card_of.get(edge.user, edge.user)
        pulls[pair] += edge.weight * demand.get(edge.user, 0.0)
    return dict(pulls)


def group_figures(group: Group, rows: Rows, projects: Projects) -> GroupFigures:
    """What the card of a group tells.

    Parameters
    ----------
    rows : name, label, n_local, expected, nominal, critical of every segment, by id
    projects : as made by :func:`projects_of`
    """
    own = [rows[member] for member in group.members]
    counts = Counter(str(row["label"]) for row in own)
    known = not any(is_missing(row["nominal"]) for row in own)
    signed, begun = (
        len(frozenset().union(*(kind.get(member, frozenset()) for member in group.members))) for kind in projects
    )
    return GroupFigures(
        labels={label: counts[label] for label in LABELS if label in counts},
        n_local=None if any(is_missing(row["n_local"]) for row in own) else sum(int(row["n_local"]) for row in own),
        expected=None
        if any(is_missing(row["expected"]) for row in own)
        else sum(float(row["expected"]) for row in own),
        nominal=signed if known else None,
        effective=begun if known else None,
        critical=sum(bool(row["critical"]) for row in own),
        gaps=tuple(str(row["name"]) for row in own if row["label"] in GAPS),
    )


def projects_of(rows: pd.DataFrame) -> Projects:
    """Signed and effective projects of each segment: segment_id → project ids, twice.

    rows : project_id, segment_id, nominal, effective; a row a project and segment
    """
    found: Projects = ({}, {})
    for row in rows.itertuples():
        for kind, counts in zip(found, (row.nominal, row.effective), strict=True):
            if counts:
                kind[row.segment_id] = kind.get(row.segment_id, frozenset()) | {row.project_id}
    return found
