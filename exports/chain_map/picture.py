"""The chain map as a picture on its own: SVG with its style inside, and from it PNG and an A3 sheet as PDF."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Literal

from exports.fonts import NoFont
from exports.theme import COLOURS, FONTS, LABEL_STYLES

A3_MM = (420.0, 297.0)
MARGIN_MM = 9.0
_SCREEN_ONLY = re.compile(
    r"[^{}]*(?::hover|:focus|tracing|only-gaps|aria-current)[^{}]*\{[^{}]*\}|@media[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|/\*.*?\*/",
    re.S,
)


def style() -> str:
    """The map's rules for a file of its own: colours put in place of their names, what only a screen needs left out."""
    text = _SCREEN_ONLY.sub("", files(__package__).joinpath("chain_map.css").read_text(encoding="utf-8"))
    values = dict(COLOURS) | {"font": ", ".join(FONTS)}
    for key, label in LABEL_STYLES.items():
        values |= {key: label.solid, f"{key}-tint": label.tint, f"{key}-line": label.line}
    return re.sub(r"var\(--([a-z-]+)\)", lambda found: values[found[1]], text)


def standing_alone(svg: str) -> str:
    """The SVG text of the map with its style inside: no script, no link, no file beside it."""
    bare = re.sub(r'<a class="([^"]*)"[^>]*?(transform="[^"]*")>', r'<g class="\1" \2>', svg).replace("</a>", "</g>")
    return re.sub(r"(<svg[^>]*>)", lambda found: f"{found[1]}<style>{style()}</style>", bare, count=1)


@cache
def chinese_font() -> str:
    """The first of our fonts that this machine has. Raises NoFont."""
    import typst  # noqa: PLC0415 - loaded only when wanted

    known = set(typst.Fonts().families())
    family = next((name for name in FONTS if name in known), None)
    if family is None:
        raise NoFont
    return family


def sheet(svg: str, title: str, notes: list[str], kind: Literal["pdf", "png"]) -> bytes:
    """One A3 sheet, lying, with the map as large as it fits: PDF with its font embedded, or PNG at 144 dots an inch.

    Parameters
    ----------
    svg : as drawn by ``exports.chain_map.svg``; title : head of the sheet; notes : lines beneath it (region, date, source)

    Raises
    ------
    NoFont : the machine has no font with Chinese characters
    """
    family = chinese_font()
    width, height = A3_MM
    source = _SHEET.format(width=width, height=height, margin=MARGIN_MM)
    inputs = {
        "title": title,
        "notes": "　".join(notes),
        "font": family,
        "svg": standing_alone(svg).replace(_families(), family),
    }
    import typst  # noqa: PLC0415 - loaded only when wanted

    return bytes(typst.compile(source.encode("utf-8"), format=kind, ppi=144.0, sys_inputs=inputs))


def _families() -> str:
    return ", ".join(FONTS)


_SHEET = """\
#set page(width: {width}mm, height: {height}mm, margin: {margin}mm)
#set text(font: sys.inputs.font, size: 9pt, lang: "zh", region: "cn")
#text(size: 17pt, weight: "bold")[#sys.inputs.title]
#v(-6pt)
#text(fill: rgb("#55626f"))[#sys.inputs.notes]
#block(width: 100%, height: 1fr, layout(size => {{
  let picture = bytes(sys.inputs.svg)
  let drawn = image(picture, format: "svg", width: size.width)
  let fits = measure(drawn).height <= size.height
  align(center, if fits {{ drawn }} else {{ image(picture, format: "svg", height: size.height) }})
}}))
"""
