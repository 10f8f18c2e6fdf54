"""Order of segments on the chain map: barycentre sweeps that keep stages and groups together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chains.model import Chain

SWEEPS = 12
Columns = Mapping[str, Sequence[tuple[str, Sequence[str]]]]


@dataclass(frozen=True)
class _Links:
    neighbours: Mapping[str, Sequence[tuple[str, float]]]
    rank: Mapping[str, int]


def order_segments(chain: Chain) -> dict[str, list[tuple[str, list[str]]]]:
    """Groups of every stage and segments of every group, ordered so that supply edges run as level as may be.

    Sweeps run left to right and back; each moves groups, and segments inside groups, to the mean height of their
    neighbours (barycentre). Of all sweeps the one with the least Σ weight · Δheight² is kept. Ties keep the order of
    the package: the same chain always gives the same map.

    Returns
    -------
    stage id → [(group, [segment id, …]), …], in the order of the package's stages.
    """
    columns = _package_order(chain)
    links = _links(chain)
    best, least = columns, _stretch(columns, chain)
    stages = list(columns)
    for at in range(SWEEPS):
        columns = _sweep(columns, links, stages[1:] if at % 2 == 0 else stages[-2::-1])
        stretch = _stretch(columns, chain)
        if stretch < least - 1e-9:
            best, least = columns, stretch
    return best


def _package_order(chain: Chain) -> dict[str, list[tuple[str, list[str]]]]:
    columns: dict[str, list[tuple[str, list[str]]]] = {stage.id: [] for stage in chain.stages}
    for segment in chain.segments:
        groups = columns[segment.stage]
        known = next((members for name, members in groups if name == segment.group), None)
        if known is None:
            groups.append((segment.group, [segment.id]))
        else:
            known.append(segment.id)
    return columns


def _links(chain: Chain) -> _Links:
    neighbours: dict[str, list[tuple[str, float]]] = {segment.id: [] for segment in chain.segments}
    for edge in chain.edges:
        neighbours[edge.supplier].append((edge.user, edge.weight))
        neighbours[edge.user].append((edge.supplier, edge.weight))
    return _Links(neighbours, {segment.id: at for at, segment in enumerate(chain.segments)})


def _sweep(columns: Columns, links: _Links, stages: Sequence[str]) -> dict[str, list[tuple[str, list[str]]]]:
    """Order one stage after the other, each against what the others are by then."""
    result = {stage: [(name, list(members)) for name, members in groups] for stage, groups in columns.items()}
    for stage in stages:
        heights = _heights(result)
        target = {node: _mean(node, heights, links) for _, members in result[stage] for node in members}
        inside = [(name, sorted(members, key=lambda m: (target[m], links.rank[m]))) for name, members in result[stage]]
        result[stage] = sorted(inside, key=lambda g: (sum(target[m] for m in g[1]) / len(g[1]), links.rank[g[1][0]]))
    return result


def _mean(node: str, heights: Mapping[str, float], links: _Links) -> float:
    near = links.neighbours[node]
    total = sum(weight for _, weight in near)
    return sum(heights[other] * weight for other, weight in near) / total if total > 0 else heights[node]


def _heights(columns: Columns) -> dict[str, float]:
    """Place of each segment in its stage, 0 at the top, 1 at the bottom."""
    heights: dict[str, float] = {}
    for groups in columns.values():
        nodes = [member for _, members in groups for member in members]
        heights.update({node: (at + 0.5) / len(nodes) for at, node in enumerate(nodes)})
    return heights


def _stretch(columns: Columns, chain: Chain) -> float:
    heights = _heights(columns)
    return sum(edge.weight * (heights[edge.supplier] - heights[edge.user]) ** 2 for edge in chain.edges)
