"""The recorded relations of a firm as a network (pyvis): an HTML document that loads only what this server serves.

pyvis writes tags that load from the internet and a script with the firms' names in it. Both are taken out: the library
comes from our own assets, names travel as JSON that no browser takes for markup, and the viewer is a file of ours.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pyvis.edge import Edge
from pyvis.network import Network

from exports.chain_map.text import wrap
from exports.formats import day, is_missing, text
from exports.json_block import json_block
from exports.theme import COLOURS, FONT
from pages.figures.network_layout import Place, frame_height, lay_out

MOST = 300
"""Firms in a network, the one in the middle among them."""
SEED = 20260930
LIBRARY, VIEWER = "vis-network.js", "firm_network.js"
"""Names of the two scripts that the document needs."""
KINDS: Mapping[str, tuple[str, str]] = {
    "owns": ("投资", "user"),
    "branch": ("分支机构", "brand"),
    "supplies": ("供应", "supplier"),
    "referral": ("引荐", "warn"),
}
"""Word and colour of each kind of relation, in the order in which they are drawn."""
BOX, SIZE, LINES = 168, 13, 2
BAR = 56
_LOADING = re.compile(r"<script\b.*?</script>|<link\b[^>]*>|<!--.*?-->|<center>.*?</center>", re.DOTALL | re.IGNORECASE)
_OPTIONS = {
    "layout": {"randomSeed": SEED, "improvedLayout": False},
    "physics": {"enabled": False},
    "interaction": {
        "hover": True, "dragNodes": False, "selectConnectedEdges": False, "tooltipDelay": 120, "zoomSpeed": 0.6,
    },
    "nodes": {
        "shape": "box", "margin": 7, "borderWidth": 1.5, "widthConstraint": {"minimum": BOX - 30},
        "shapeProperties": {"borderRadius": 6}, "font": {"face": FONT, "size": SIZE, "color": COLOURS["ink"]},
        "scaling": {"label": {"enabled": True, "drawThreshold": 6, "maxVisible": 26}},
    },
    "edges": {
        "width": 1.4, "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}}, "smooth": {"enabled": False},
        "font": {"face": FONT, "size": 12, "strokeWidth": 4, "strokeColor": COLOURS["card"]},
        "scaling": {"label": {"enabled": True, "drawThreshold": 6, "maxVisible": 22}},
    },
}  # fmt: skip
_STYLE = f"""
html, body {{ margin: 0; height: 100%; overflow: hidden; background: {COLOURS["card"]}; color: {COLOURS["text"]}; font-family: {FONT}; }}
#mynetwork {{ border: 0 !important; float: none !important; height: calc(100vh - {BAR}px) !important; outline: 0; }}
div.vis-tooltip {{ position: absolute; visibility: hidden; z-index: 5; max-width: 22rem; padding: .5rem .7rem; border-radius: 7px;
  background: {COLOURS["ink"]}; color: #fff; font-size: 13px; line-height: 1.5; white-space: normal; pointer-events: none; }}
nav {{ height: {BAR}px; display: flex; justify-content: flex-end; align-items: center; gap: 6px; padding: 0 8px; box-sizing: border-box; }}
nav button {{ min-width: 44px; min-height: 44px; border: 1px solid {COLOURS["line"]}; border-radius: 6px; background: {COLOURS["card"]};
  color: {COLOURS["brand"]}; font: 600 15px {FONT}; cursor: pointer; }}
nav button:hover {{ background: {COLOURS["brand-tint"]}; }}
"""
_BUTTONS = (
    '<nav aria-label="缩放"><button type="button" data-zoom="1.3" aria-label="放大">＋</button>'
    '<button type="button" data-zoom="0.77" aria-label="缩小">－</button>'
    '<button type="button" data-zoom="fit">全图</button></nav>'
)


@dataclass(frozen=True)
class FirmNetwork:
    """A drawn network: the document, its height in pixels, how many firms it shows beside the one, and how many not."""

    html: str
    height: int
    n_shown: int
    n_left_out: int


def firm_network(firm_id: str, name: str, relations: pd.DataFrame, scripts: Mapping[str, str]) -> FirmNetwork:
    """The network of a firm's recorded relations; the first ``MOST`` - 1 other firms are drawn.

    Parameters
    ----------
    relations : one row a relation: kind, direction (``to`` when the firm is where it begins), other_id, other_name,
        other_region, since, evidence, source_title, as_of
    scripts : address of ``LIBRARY`` and of ``VIEWER`` on this server
    """
    groups = _by_firm(relations)
    shown = dict(list(groups.items())[: MOST - 1])
    places = lay_out(*([o for o, rows in shown.items() if rows[0].direction == side] for side in ("from", "to")))
    network = Network(height="100%", directed=True)
    network.options = _OPTIONS
    network.add_node(firm_id, shape="box", **_middle(name))
    for other, rows in shown.items():
        network.add_node(other, shape="box", **_box(rows[0], name, places[other]))
    network.edges = [edge for other, rows in shown.items() for edge in _edges(firm_id, other, rows)]
    html = offline_document(network, scripts)
    return FirmNetwork(html, frame_height(list(places.values())) + BAR, len(shown), len(groups) - len(shown))


def offline_document(network: Network, scripts: Mapping[str, str]) -> str:
    """What ``network`` generates, without anything that loads or runs, with its data as JSON and our own two scripts."""
    nodes, edges, _, _, _, options = network.get_network_data()
    body = _LOADING.sub("", network.generate_html())
    data = json_block({"nodes": nodes, "edges": edges, "options": json.loads(options)})
    tail = f'{_BUTTONS}<script type="application/json" id="network-data">{data}</script>'
    tail += "".join(f'<script src="{scripts[one]}"></script>' for one in (LIBRARY, VIEWER))
    head, _, rest = body.partition("</head>")
    head = (
        head.replace("<html>", '<!DOCTYPE html><html lang="zh-CN">', 1)
        + f"<title>关联网络</title><style>{_STYLE}</style>"
    )
    return f"{head}</head>{rest.replace('</body>', tail + '</body>', 1)}"


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
        "label": _label(name), "title": name, "x": 0, "y": 0, "color": _ground(brand, brand),
        "font": {"size": SIZE + 1, "color": COLOURS["card"]},
    }  # fmt: skip


def _box(row: Any, middle: str, place: Place) -> dict[str, Any]:
    name = str(row.other_id if is_missing(row.other_name) else row.other_name)
    short = f"…{name.removeprefix(middle)}" if name.startswith(middle) and name != middle else name
    return {
        "label": _label(short), "title": f"{name}\n{text(row.other_region)}\n点击打开企业档案",
        "x": place[0], "y": place[1], "color": _ground(_colour(row.kind), COLOURS["card"]),
    }  # fmt: skip


def _ground(line: str, ground: str) -> dict[str, Any]:
    lit = {"border": COLOURS["ink"], "background": ground}
    return {"border": line, "background": ground, "highlight": lit, "hover": lit}


def _label(name: str) -> str:
    lines = wrap(" ".join(name.split()) or "（无名称）", BOX - 14, SIZE)
    shown = "\n".join(lines[:LINES]) + ("…" if len(lines) > LINES else "")
    return shown.replace("（\n", "\n（")


def _edges(firm_id: str, other: str, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """A line each way that occurs, with all kinds it has; two between the same firms bend apart."""
    ways = list(dict.fromkeys(row.direction for row in rows))
    bend = {"smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.08}} if len(ways) > 1 else {}
    for way in ways:
        begin, end = (firm_id, other) if way == "to" else (other, firm_id)
        yield Edge(begin, end, directed=True, **_line([row for row in rows if row.direction == way]), **bend).options


def _line(rows: Sequence[Any]) -> dict[str, Any]:
    counts = Counter(row.kind for row in rows)
    colour = _colour(rows[0].kind)
    return {
        "label": "、".join(f"{_word(kind)}（{n} 条）" if n > 1 else _word(kind) for kind, n in counts.items()),
        "title": "\n\n".join(_origin(row) for row in rows),
        "color": {"color": colour, "highlight": colour, "hover": colour},
        "font": {"color": colour},
    }


def _origin(row: Any) -> str:
    begun = "" if is_missing(row.since) else f"（{day(row.since)} 起）"
    return f"{_word(row.kind)}{begun}：{text(row.evidence)}\n来源：{text(row.source_title)}，数据日期 {day(row.as_of)}"


def _word(kind: str) -> str:
    return KINDS[kind][0] if kind in KINDS else kind


def _colour(kind: str) -> str:
    return COLOURS[KINDS[kind][1] if kind in KINDS else "quiet"]
