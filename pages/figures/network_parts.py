"""How firms and relations look in a network: boxes with short names, lines with the kind, both with the whole on hover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from exports.chain_map.text import wrap
from exports.formats import day, is_missing, text
from exports.theme import COLOURS
from pages.figures.network_document import BOX, LINES, SIZE

KINDS: Mapping[str, tuple[str, str]] = {
    "owns": ("投资", "user"),
    "branch": ("分支机构", "brand"),
    "supplies": ("供应", "supplier"),
    "referral": ("引荐", "warn"),
}
"""Word and colour of each kind of relation, in the order in which they are drawn."""


def ground(line: str, fill: str) -> dict[str, Any]:
    """Colours of a box: its line and its ground; a box under the pointer has a dark line."""
    lit = {"border": COLOURS["ink"], "background": fill}
    return {"border": line, "background": fill, "highlight": lit, "hover": lit}


def label(name: str) -> str:
    """A name in at most ``LINES`` lines of a box."""
    lines = wrap(" ".join(name.split()) or "（无名称）", BOX - 14, SIZE)
    shown = "\n".join(lines[:LINES]) + ("…" if len(lines) > LINES else "")
    return shown.replace("（\n", "\n（")


def line(rows: Sequence[Any]) -> dict[str, Any]:
    """Words, colour and origin of the line for relations of one direction between two firms."""
    counts = Counter(row.kind for row in rows)
    shade = colour(rows[0].kind)
    return {
        "label": "、".join(f"{word(kind)}（{n} 条）" if n > 1 else word(kind) for kind, n in counts.items()),
        "title": "\n\n".join(origin(row) for row in rows),
        "color": {"color": shade, "highlight": shade, "hover": shade},
        "font": {"color": shade},
    }


def origin(row: Any) -> str:
    """What a relation rests on, in which source, of which day."""
    begun = "" if is_missing(row.since) else f"（{day(row.since)} 起）"
    return f"{word(row.kind)}{begun}：{text(row.evidence)}\n来源：{text(row.source_title)}，数据日期 {day(row.as_of)}"


def word(kind: str) -> str:
    """A kind of relation in Chinese; a kind without a word is its own."""
    return KINDS[kind][0] if kind in KINDS else kind


def colour(kind: str) -> str:
    """The colour of a kind of relation."""
    return COLOURS[KINDS[kind][1] if kind in KINDS else "quiet"]
