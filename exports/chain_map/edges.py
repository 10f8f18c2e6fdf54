"""Supply edges of the chain map as curves between cards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chains.model import Chain, Edge
from exports.chain_map.layout import Box, MapLayout

THIN, THICK = 0.8, 3.6
PORT_SPREAD = 0.56
"""Share of a card's side over which the ends of its edges are spread."""

_Ports = list[tuple[Edge, float]]


@dataclass(frozen=True)
class Curve:
    """One supply edge: SVG path from supplier to user, thickness in units, opacity 0–1."""

    supplier: str
    user: str
    path: str
    width: float
    opacity: float


def curves(
    chain: Chain,
    layout: MapLayout,
    demand: Mapping[str, float],
    summed: Mapping[tuple[str, str], float] | None = None,
) -> tuple[Curve, ...]:
    """A curve for every edge; thickness grows with weight × local demand of the user.

    Parameters
    ----------
    demand : local firms of each segment (users draw on their suppliers); absent means unknown, drawn thin
    summed : weight × demand by supplier and user, where the edges stand for several each (``fold.fold_pulls``)
    """
    pulls = {
        edge: edge.weight * demand.get(edge.user, 0.0)
        if summed is None
        else summed.get((edge.supplier, edge.user), 0.0)
        for edge in chain.edges
    }
    top = max(pulls.values(), default=0.0)
    leave, enter = _ports(chain, layout)
    result = []
    for edge in chain.edges:
        share = (pulls[edge] / top) ** 0.5 if top > 0 else 0.0
        path = _path(layout.cards[edge.supplier], layout.cards[edge.user], leave[edge], enter[edge])
        result.append(Curve(edge.supplier, edge.user, path, THIN + (THICK - THIN) * share, 0.4 + 0.6 * share))
    return tuple(result)


def _ports(chain: Chain, layout: MapLayout) -> tuple[dict[Edge, float], dict[Edge, float]]:
    """Height at which each edge leaves and enters: spread along the side in the order of the other ends."""
    out, into = defaultdict(list), defaultdict(list)
    for edge in chain.edges:
        out[edge.supplier].append(edge)
        into[edge.user].append(edge)
    leave = {
        e: y for node, edges in out.items() for e, y in _spread(layout, layout.cards[node], edges, lambda e: e.user)
    }
    enter = {
        e: y
        for node, edges in into.items()
        for e, y in _spread(layout, layout.cards[node], edges, lambda e: e.supplier)
    }
    return leave, enter


def _spread(layout: MapLayout, card: Box, edges: list[Edge], other: Callable[[Edge], str]) -> _Ports:
    ordered = sorted(edges, key=lambda e: (layout.cards[other(e)].y, layout.cards[other(e)].x, other(e)))
    step = card.h * PORT_SPREAD / len(ordered)
    top = card.y + card.h * (1 - PORT_SPREAD) / 2
    return [(edge, top + step * (at + 0.5)) for at, edge in enumerate(ordered)]


def _path(supplier: Box, user: Box, y1: float, y2: float) -> str:
    if user.x >= supplier.x + supplier.w:
        return _curve(supplier.x + supplier.w, y1, user.x - 2, y2, 1, 1)
    if supplier.x >= user.x + user.w:
        return _curve(supplier.x, y1, user.x + user.w + 2, y2, -1, -1)
    return _curve(supplier.x + supplier.w, y1, user.x + user.w + 2, y2, 1, -1)


def _curve(x1: float, y1: float, x2: float, y2: float, out: int, into: int) -> str:
    """``out`` and ``into``: +1 moving right, −1 moving left at the start and the end."""
    bend = max(18.0, min(90.0, abs(x2 - x1) * 0.5))
    if out != into:
        bend = min(34.0, 14.0 + abs(y2 - y1) * 0.08)
    return f"M{x1:.1f} {y1:.1f}C{x1 + out * bend:.1f} {y1:.1f} {x2 - into * bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
