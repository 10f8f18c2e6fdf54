"""The chain map as one SVG text: a pure function of chain, labels and links, for the page and for offline files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from typing import Any

import pandas as pd

from chains.model import Chain
from exports.chain_map.edges import Curve, curves
from exports.chain_map.layout import NAME_LEFT, NAME_LINE, STAGE_HEAD, Box, MapLayout, Titled, lay_out
from exports.chain_map.text import text_width
from exports.formats import decimal, is_missing
from exports.theme import LABEL_STYLES, label_style

Link = Callable[[str], str]
GAP_LABELS = ("missing", "weak")


def chain_svg(chain: Chain, labels: pd.DataFrame, link: Link, width: float = 1200.0) -> str:
    """The map of a chain: stages left to right, a card a segment, supply edges behind.

    Parameters
    ----------
    labels : one row a segment: segment_id, name, stage, label, n_local, expected, nominal, effective, critical, reason
    link : segment id → address opened by a click
    width : units to aim at; the SVG scales to its container

    Raises
    ------
    KeyError : a segment of the chain has no row in labels
    """
    rows = {str(row["segment_id"]): row for row in labels.to_dict("records")}
    layout = _layout(chain, width)
    demand = {key: float(row["n_local"]) for key, row in rows.items() if not is_missing(row["n_local"])}
    drawn = curves(chain, layout, demand)
    parts = [
        *(_stage(stage, rows, first=stage.box.x == 0.0) for stage in layout.stages),
        *(_group(group) for group in layout.groups),
        '<g class="lt-edges" fill="none">',
        *(_edge(curve) for curve in drawn),
        "</g>",
        *(_card(chain, segment.id, rows[segment.id], layout, link) for segment in chain.segments),
    ]
    w, h = layout.width, layout.height
    title = escape(f"{chain.name}产业链图，{len(chain.segments)} 个环节")
    return (
        f'<svg class="lt-map" xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {w + 14:.0f} {h + 4:.0f}" width="100%" '
        f'role="group" aria-label="{title}" style="max-width:{w * 1.25:.0f}px">{_markers()}{"".join(parts)}</svg>'
    )


@cache
def _layout(chain: Chain, width: float) -> MapLayout:
    return lay_out(chain, width)


def _markers() -> str:
    heads = "".join(
        f'<marker id="lt-head-{kind}" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="7" markerHeight="7" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L6 3L0 6z" class="lt-head-{kind}"/></marker>'
        for kind in ("base", "in", "out")
    )
    hatch = (
        '<pattern id="lt-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="2" height="6" class="lt-hatch"/></pattern>'
    )
    return f"<defs>{heads}{hatch}</defs>"


def _stage(stage: Titled, rows: Mapping[str, Any], *, first: bool) -> str:
    box, head = stage.box, STAGE_HEAD - 8
    notch = 0 if first else 10
    x, y, right = box.x, box.y, box.x + box.w
    points = (
        f"{x},{y} {right},{y} {right + 10},{y + head / 2} {right},{y + head} {x},{y + head} {x + notch},{y + head / 2}"
    )
    counted = _counts([rows[member]["label"] for member in stage.members])
    return (
        f'<rect class="lt-stage" x="{x}" y="{y + head / 2}" width="{box.w}" height="{box.h - head / 2:.1f}" rx="8"/>'
        f'<polygon class="lt-stage-head" points="{points}"/>'
        f'<text class="lt-stage-name" x="{x + 18}" y="{y + 20}" font-size="{_title_size(stage):.1f}">{escape(stage.title)}</text>'
        f'<text class="lt-stage-note" x="{x + 18}" y="{y + 37}">{escape(counted)}</text>'
    )


def _title_size(stage: Titled) -> float:
    """Size at which a stage's name fits its head, at most 14."""
    room = stage.box.w - 26
    return min(14.0, 14.0 * room / text_width(stage.title, 14.0))


def _counts(labels: list[str]) -> str:
    found = [f"{LABEL_STYLES[key].letter}{labels.count(key)}" for key in GAP_LABELS if key in labels]
    return " ".join([f"{len(labels)} 环节", *found])


def _group(group: Titled) -> str:
    return f'<text class="lt-group" x="{group.box.x + 11}" y="{group.box.y + 16:.1f}">{escape(group.title)}</text>'


def _edge(curve: Curve) -> str:
    return (
        f'<path class="lt-edge" data-from="{escape(curve.supplier)}" data-to="{escape(curve.user)}" d="{curve.path}" '
        f'stroke-width="{curve.width:.2f}" stroke-opacity="{curve.opacity:.2f}" marker-end="url(#lt-head-base)"/>'
    )


def _card(chain: Chain, segment_id: str, row: Mapping[str, Any], layout: MapLayout, link: Link) -> str:
    box, style = layout.cards[segment_id], label_style(str(row["label"]))
    lines = layout.names[segment_id]
    name = "".join(
        f'<tspan x="{NAME_LEFT}" y="{21 + at * NAME_LINE:.1f}">{escape(line)}</tspan>' for at, line in enumerate(lines)
    )
    body = (
        f'<rect class="lt-box" width="{box.w:.1f}" height="{box.h:.1f}" rx="7"/>'
        + (
            f'<rect class="lt-box-hatch" width="{box.w:.1f}" height="{box.h:.1f}" rx="7"/>'
            if row["label"] == "missing"
            else ""
        )
        + f'<path class="lt-bar" d="M7 0H5V{box.h:.1f}H7Q0 {box.h:.1f} 0 {box.h - 7:.1f}V7Q0 0 7 0z"/>'
        + mark(str(row["label"]), 22, 18)
        + f'<text class="lt-name">{name}</text>'
        + (_critical(box) if row["critical"] else "")
        + _numbers(row, box)
        + _projects(row, box)
    )
    return (
        f'<a class="lt-card lt-{row["label"]}" href="{escape(link(segment_id))}" data-nav="" data-id="{escape(segment_id)}" '
        f'data-tip="{escape(_tip(chain, row))}" aria-label="{escape(_spoken(row, style.word))}" tabindex="0" '
        f'transform="translate({box.x:.1f} {box.y:.1f})">{body}</a>'
    )


def mark(label: str, x: float, y: float, size: float = 21.0) -> str:
    """The mark of a label, centred at (x, y): its shape with its letter."""
    style, r = label_style(label), size / 2
    shapes = {
        "circle": f'<circle r="{r - 0.5}"/>',
        "square": f'<rect x="{-r + 1}" y="{-r + 1}" width="{size - 2}" height="{size - 2}" rx="3"/>',
        "triangle": f'<path d="M0 {-r - 1}L{r + 2} {r - 1}H{-r - 2}z" stroke-linejoin="round" stroke-width="2"/>',
        "diamond": f'<path d="M0 {-r - 2}L{r + 2} 0L0 {r + 2}L{-r - 2} 0z"/>',
        "ring": f'<circle r="{r - 1}" stroke-dasharray="3 2.4"/>',
    }
    lower = 3.0 if style.shape == "triangle" else 0.0
    return (
        f'<g class="lt-mark lt-mark-{label}" transform="translate({x} {y})">{shapes[style.shape]}'
        f'<text y="{lower + 4:.1f}" text-anchor="middle">{style.letter}</text></g>'
    )


def _critical(box: Box) -> str:
    return (
        f'<g class="lt-critical" transform="translate({box.w - 26:.1f} 7)"><rect width="19" height="18" rx="3"/>'
        '<text x="9.5" y="13.5" text-anchor="middle">关</text></g>'
    )


def _numbers(row: Mapping[str, Any], box: Box) -> str:
    local = "—" if is_missing(row["n_local"]) else f"{int(row['n_local']):,}"
    return (
        f'<text class="lt-numbers" x="14" y="{box.h - 10:.1f}"><tspan class="lt-count">{local}</tspan>'
        f'<tspan class="lt-of"> / {_expected(row["expected"])}</tspan></text>'
    )


def _expected(value: Any) -> str:
    """Expected firms: one decimal below ten, whole above."""
    return "—" if is_missing(value) else decimal(value, 1 if float(value) < 10 else 0)


def _projects(row: Mapping[str, Any], box: Box) -> str:
    if is_missing(row["nominal"]) or row["nominal"] == 0:
        return ""
    nominal, effective = int(row["nominal"]), int(row["effective"])
    words = f"签{nominal} 效{effective}"
    width = text_width(words, 11) + 8
    kind = "effective" if effective else "pending"
    return (
        f'<g class="lt-projects lt-{kind}" transform="translate({box.w - width - 7:.1f} {box.h - 25:.1f})">'
        f'<rect width="{width:.1f}" height="18" rx="9"/><text x="{width / 2:.1f}" y="13" text-anchor="middle">{words}</text></g>'
    )


def _tip(chain: Chain, row: Mapping[str, Any]) -> str:
    lines = [f"{row['name']} · {label_style(str(row['label'])).word}", str(row["reason"])]
    if row["critical"]:
        lines.append(f"关键环节：{chain.segment(str(row['segment_id'])).criticality.reason}")
    return "\n".join([*lines, _signed(row)])


def _signed(row: Mapping[str, Any]) -> str:
    if is_missing(row["nominal"]):
        return "未导入项目台账，签约情况无数据"
    told = f"签约项目 {int(row['nominal'])} 个，其中有效 {int(row['effective'])} 个"
    return told + ("（在建补链）" if row["nominal"] > row["effective"] else "")


def _spoken(row: Mapping[str, Any], word: str) -> str:
    critical = "，关键环节" if row["critical"] else ""
    return (
        f"{row['name']}，{word}{critical}，本地企业 {'未知' if is_missing(row['n_local']) else int(row['n_local'])} 家，"
        f"应有 {decimal(row['expected'])} 家，{_signed(row)}"
    )
