"""The recorded relations around a segment as a network: its firms elsewhere, local firms, and whom else these deal with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pyvis.edge import Edge

from exports.formats import is_missing, text
from exports.theme import COLOURS
from pages.figures.network_document import BAR, MOST, new_network, offline_document
from pages.figures.network_layout import COLUMN, ROW, Place, frame_height, lay_out_groups
from pages.figures.network_parts import ground, label, line

GROUPS: Mapping[str, str] = {
    "away": "外地 · 做本环节", "near": "本地 · 其他企业", "local": "本地 · 做本环节", "far": "外地 · 其他企业",
}  # fmt: skip
"""Groups of firms from left to right, with their words: most relations are between neighbouring ones."""


@dataclass(frozen=True)
class Firm:
    """A firm of the network: id, name, region, whether it is confirmed in the segment, its group, number of relations."""

    id: str
    name: str
    region: str
    member: bool
    group: str
    n: int


@dataclass(frozen=True)
class SegmentNetwork:
    """A drawn network: the document, its height in pixels, the firms that it shows, and how many it does not."""

    html: str
    height: int
    firms: tuple[Firm, ...]
    n_left_out: int


def segment_network(relations: pd.DataFrame, scripts: Mapping[str, str]) -> SegmentNetwork:
    """The network of the ``MOST`` firms with most relations around a segment.

    Parameters
    ----------
    relations : rows of ``services.neighbourhood.segment_relations``
    scripts : as of :func:`pages.figures.network_document.offline_document`
    """
    everyone = firms_of(relations)
    shown = {firm.id: firm for firm in everyone[:MOST]}
    kept = relations[relations.from_id.isin(list(shown)) & relations.to_id.isin(list(shown))]
    lines = dict(_lines(kept))
    groups = [[firm.id for firm in shown.values() if firm.group == group] for group in GROUPS]
    places = lay_out_groups(groups, lines)
    network = new_network()
    for firm in shown.values():
        network.add_node(firm.id, shape="box", **_box(firm, places[firm.id]))
    heads = list(_heads(groups, places))
    for head in heads:
        network.add_node(**head)
    network.edges = [Edge(begin, end, directed=True, **how).options for (begin, end), how in lines.items()]
    html = offline_document(network, scripts, closed=[head["n_id"] for head in heads])
    height = frame_height([*places.values(), *((head["x"], head["y"]) for head in heads)]) + BAR
    return SegmentNetwork(html, height, tuple(shown.values()), len(everyone) - len(shown))


def firms_of(relations: pd.DataFrame) -> list[Firm]:
    """The firms of some relations, those with most of them first."""
    counts = Counter([*relations.from_id, *relations.to_id])
    known: dict[str, Firm] = {}
    for row in relations.to_dict("records"):
        for end in ("from", "to"):
            key = str(row[f"{end}_id"])
            known.setdefault(key, _firm(key, row, end, counts[row[f"{end}_id"]]))
    return sorted(known.values(), key=lambda firm: (-firm.n, not firm.member, firm.name, firm.id))


def _firm(key: str, row: Mapping[Any, Any], end: str, n: int) -> Firm:
    member, local = bool(row[f"{end}_member"]), bool(row[f"{end}_local"])
    name = key if is_missing(row[f"{end}_name"]) else str(row[f"{end}_name"])
    group = ("local" if member else "near") if local else ("away" if member else "far")
    return Firm(key, name, text(row[f"{end}_region"]), member, group, n)


def _lines(relations: pd.DataFrame) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """One line from a firm to another, with all relations it stands for; within a group it bends."""
    pairs = set(zip(relations.from_id, relations.to_id, strict=True))
    for (begin, end), rows in relations.groupby(["from_id", "to_id"], sort=False):
        held = list(rows.itertuples())
        beside = (held[0].from_local, held[0].from_member) == (held[0].to_local, held[0].to_member)
        bent = beside or (end, begin) in pairs
        bend = {"smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.3 if beside else 0.08}} if bent else {}
        yield (str(begin), str(end)), {**line(held), **bend}


def _box(firm: Firm, place: Place) -> dict[str, Any]:
    mark = "确认做本环节" if firm.member else "不属于本环节"
    fill = COLOURS["brand-tint"] if firm.member else COLOURS["card"]
    return {
        "label": label(firm.name), "title": f"{firm.name}\n{firm.region}\n{mark}，{firm.n} 条关联\n点击打开企业档案",
        "x": place[0], "y": place[1], "color": ground(COLOURS["brand" if firm.member else "quiet"], fill),
    }  # fmt: skip


def _heads(groups: Sequence[Sequence[str]], places: Mapping[str, Place]) -> Iterator[dict[str, Any]]:
    """Words above each group; their ids cannot be those of firms."""
    top = min((y for _, y in places.values()), default=0) - ROW
    for word, group in zip(GROUPS.values(), groups, strict=True):
        if group:
            across = [places[firm][0] for firm in group]
            yield {
                "n_id": f"\n{word}", "label": f"{word} {len(group)} 家", "shape": "text", "title": word,
                "x": (min(across) + max(across)) // 2, "y": top,
                "font": {"size": 15, "color": COLOURS["quiet"], "bold": True}, "widthConstraint": {"maximum": 2 * COLUMN},
            }  # fmt: skip
