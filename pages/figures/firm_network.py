"""The recorded relations of a firm as a network: the firm in the middle, who acts on it left, on whom it acts right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pyvis.edge import Edge

from exports.formats import is_missing, text
from exports.theme import COLOURS
from pages.figures.network_document import BAR, MOST, SIZE, new_network, offline_document
from pages.figures.network_layout import Place, frame_height, lay_out
from pages.figures.network_parts import KINDS, colour, ground, label, line


@dataclass(frozen=True)
class FirmNetwork:
    """A drawn network: the document, its height in pixels, how many firms it shows beside the one, and how many not."""

    html: str
    height: int
    n_shown: int
    n_left_out: int


def firm_network(firm_id: str, name: str, relations: pd.DataFrame, scripts: Mapping[str, str]) -> FirmNetwork:
    """The network of a firm's recorded relations; the ``MOST`` - 1 other firms with most of them are drawn.

    Parameters
    ----------
    relations : one row a relation: kind, direction (``to`` when the firm is where it begins), other_id, other_name,
        other_region, since, evidence, source_title, as_of
    scripts : as of :func:`pages.figures.network_document.offline_document`
    """
    groups = _by_firm(relations)
    strongest = set(sorted(groups, key=lambda other: -len(groups[other]))[: MOST - 1])
    shown = {other: rows for other, rows in groups.items() if other in strongest}
    places = lay_out(*([o for o, rows in shown.items() if rows[0].direction == side] for side in ("from", "to")))
    network = new_network()
    network.add_node(firm_id, shape="box", **_middle(name))
    for other, rows in shown.items():
        network.add_node(other, shape="box", **_box(rows[0], name, places[other]))
    network.edges = [edge for other, rows in shown.items() for edge in _edges(firm_id, other, rows)]
    html = offline_document(network, scripts, closed=[firm_id])
    return FirmNetwork(html, frame_height(list(places.values())) + BAR, len(shown), len(groups) - len(shown))


def _by_firm(relations: pd.DataFrame) -> dict[str, list[Any]]:
    """The relations by other firm: by kind in the order of ``KINDS``, else as given."""
    rank = {kind: at for at, kind in enumerate(KINDS)}
    groups: dict[str, list[Any]] = {}
    for row in sorted(relations.itertuples(), key=lambda row: rank.get(row.kind, len(rank))):
        groups.setdefault(str(row.other_id), []).append(row)
    return groups


def _middle(name: str) -> dict[str, Any]:
    brand = COLOURS["brand"]
    return {
        "label": label(name), "title": name, "x": 0, "y": 0, "color": ground(brand, brand),
        "font": {"size": SIZE + 1, "color": COLOURS["card"]},
    }  # fmt: skip


def _box(row: Any, middle: str, place: Place) -> dict[str, Any]:
    name = str(row.other_id if is_missing(row.other_name) else row.other_name)
    short = f"…{name.removeprefix(middle)}" if name.startswith(middle) and name != middle else name
    return {
        "label": label(short), "title": f"{name}\n{text(row.other_region)}\n点击打开企业档案",
        "x": place[0], "y": place[1], "color": ground(colour(row.kind), COLOURS["card"]),
    }  # fmt: skip


def _edges(firm_id: str, other: str, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """A line each way that occurs, with all kinds it has; two between the same firms bend apart."""
    ways = list(dict.fromkeys(row.direction for row in rows))
    bend = {"smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.08}} if len(ways) > 1 else {}
    for way in ways:
        begin, end = (firm_id, other) if way == "to" else (other, firm_id)
        yield Edge(begin, end, directed=True, **line([row for row in rows if row.direction == way]), **bend).options
