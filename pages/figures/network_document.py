"""A network of pyvis as an HTML document that loads only what this server serves.

pyvis writes tags that load from the internet and a script with the firms' names in it. Both are taken out: the library
comes from our own assets, names travel as JSON that no browser takes for markup, and the viewer is a file of ours.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from pyvis.network import Network

from exports.json_block import json_block
from exports.theme import COLOURS, FONT

SEED = 20260930
LIBRARY, VIEWER = "vis-network.js", "firm_network.js"
"""Names of the two scripts that the document needs."""
MOST = 300
"""Firms in a network."""
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
#network-told {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
#mynetwork:focus-visible {{ box-shadow: inset 0 0 0 3px {COLOURS["brand"]}; }}
#mynetwork {{ border: 0 !important; float: none !important; height: calc(100vh - {BAR}px) !important; outline: 0; }}
div.vis-tooltip {{ position: absolute; visibility: hidden; z-index: 5; max-width: 22rem; padding: .5rem .7rem; border-radius: 7px;
  background: {COLOURS["ink"]}; color: #fff; font-size: 13px; line-height: 1.5; white-space: normal; pointer-events: none; }}
nav {{ height: {BAR}px; display: flex; justify-content: flex-end; align-items: center; gap: 6px; padding: 0 8px; box-sizing: border-box; }}
nav button {{ min-width: 44px; min-height: 44px; border: 1px solid {COLOURS["line"]}; border-radius: 6px; background: {COLOURS["card"]};
  color: {COLOURS["brand"]}; font: 600 15px {FONT}; cursor: pointer; }}
nav button:hover {{ background: {COLOURS["brand-tint"]}; }}
"""
_REACH = 'tabindex="0" role="application" aria-label="关联网络：方向键选企业，回车打开档案"'
_BUTTONS = (
    '<nav aria-label="缩放"><button type="button" data-zoom="1.3" aria-label="放大">＋</button>'
    '<button type="button" data-zoom="0.77" aria-label="缩小">－</button>'
    '<button type="button" data-zoom="fit">全图</button></nav>'
)


def new_network() -> Network:
    """An empty network with the options of all of them: boxes stand where they are put, nothing moves by itself."""
    network = Network(height="100%", directed=True)
    network.options = _OPTIONS
    return network


def offline_document(network: Network, scripts: Mapping[str, str], *, closed: Sequence[str] = ()) -> str:
    """What ``network`` generates, without anything that loads or runs, with its data as JSON and our own two scripts.

    Parameters
    ----------
    scripts : address of ``LIBRARY`` and of ``VIEWER`` on this server
    closed : ids of nodes that open nothing
    """
    nodes, edges, _, _, _, options = network.get_network_data()
    body = _LOADING.sub("", network.generate_html())
    held = {"nodes": nodes, "edges": edges, "options": json.loads(options), "closed": list(closed)}
    told = '<p id="network-told" aria-live="polite"></p>'
    tail = f'{_BUTTONS}{told}<script type="application/json" id="network-data">{json_block(held)}</script>'
    tail += "".join(f'<script src="{scripts[one]}"></script>' for one in (LIBRARY, VIEWER))
    head, _, rest = body.partition("</head>")
    head = (
        head.replace("<html>", '<!DOCTYPE html><html lang="zh-CN">', 1)
        + f"<title>关联网络</title><style>{_STYLE}</style>"
    )
    rest = rest.replace('<div id="mynetwork"', f'<div id="mynetwork" {_REACH}', 1)
    return f"{head}</head>{rest.replace('</body>', tail + '</body>', 1)}"
