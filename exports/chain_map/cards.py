"""Cards of segments on the map: label, name, numbers, projects, and beside them what another state or place says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from chains.model import Chain
from exports.chain_map.layout import NAME_LEFT, NAME_LINE, Box, MapLayout
from exports.chain_map.marks import mark
from exports.chain_map.text import text_width
from exports.formats import decimal, is_missing
from exports.theme import label_style

Link = Callable[[str], str]
STRIP = 24.0
"""Height of the line that says what another state or place says of a segment."""


@dataclass(frozen=True)
class Beside:
    """Labels of another state, place or date, shown beneath those of the map.

    caption : whose they are; labels : as those of the map; only_changed : shown only where label or counts are others
    """

    caption: str
    labels: pd.DataFrame
    only_changed: bool

    def rows(self, shown: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
        """What is said beneath each card, by segment; ``shown``: the rows of the map."""
        return {
            str(row["segment_id"]): row
            for row in self.labels.to_dict("records")
            if not self.only_changed or differs(row, shown[str(row["segment_id"])])
        }


def differs(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether label or counts of a segment are others."""
    return any(_known(one[key]) != _known(other[key]) for key in ("label", "n_local", "nominal", "effective"))


def _known(value: Any) -> Any:
    return None if is_missing(value) else value


def segment_card(
    chain: Chain,
    row: Mapping[str, Any],
    layout: MapLayout,
    link: Link,
    below: Mapping[str, Any] | None = None,
    caption: str = "",
) -> str:
    """The card of a segment; ``below``: the same segment in another state or place, under ``caption``."""
    segment_id, label = str(row["segment_id"]), str(row["label"])
    box, style = layout.cards[segment_id], label_style(label)
    inner = box.h - (STRIP if below else 0.0)
    changed = below is not None and below["label"] != label
    body = (
        frame(box)
        + (
            f'<rect class="lt-box-hatch" width="{box.w:.1f}" height="{box.h:.1f}" rx="7"/>'
            if label == "missing"
            else ""
        )
        + f'<path class="lt-bar" d="M7 0H5V{box.h:.1f}H7Q0 {box.h:.1f} 0 {box.h - 7:.1f}V7Q0 0 7 0z"/>'
        + mark(label, 22, 18)
        + name_text(layout.names[segment_id], NAME_LEFT)
        + (critical_mark(box) if row["critical"] else "")
        + numbers(row["n_local"], row["expected"], inner)
        + projects(row["nominal"], row["effective"], box.w, inner)
        + (_strip(below, caption, box, changed=changed) if below else "")
    )
    told = "" if below is None else f"{caption}：{style_words(below)}"
    return (
        f'<a class="lt-card lt-{label}{" lt-changed" if changed else ""}" href="{escape(link(segment_id))}" data-nav="" '
        f'data-id="{escape(segment_id)}" data-tip="{escape(_tip(chain, row, told))}" '
        f'aria-label="{escape(_spoken(row, style.word, told))}" tabindex="0" '
        f'transform="translate({box.x:.1f} {box.y:.1f})">{body}</a>'
    )


def frame(box: Box) -> str:
    """The box of a card."""
    return f'<rect class="lt-box" width="{box.w:.1f}" height="{box.h:.1f}" rx="7"/>'


def name_text(lines: tuple[str, ...], left: float) -> str:
    """A name in its lines."""
    spans = "".join(
        f'<tspan x="{left:g}" y="{21 + at * NAME_LINE:.1f}">{escape(line)}</tspan>' for at, line in enumerate(lines)
    )
    return f'<text class="lt-name">{spans}</text>'


def critical_mark(box: Box) -> str:
    """关, at the right of the name."""
    return (
        f'<g class="lt-critical" transform="translate({box.w - 26:.1f} 7)"><rect width="19" height="18" rx="3"/>'
        '<text x="9.5" y="13.5" text-anchor="middle">关</text></g>'
    )


def numbers(n_local: Any, expected: Any, bottom: float) -> str:
    """Local firms / expected firms, above ``bottom``."""
    local = "—" if is_missing(n_local) else f"{int(n_local):,}"
    return (
        f'<text class="lt-numbers" x="14" y="{bottom - 10:.1f}"><tspan class="lt-count">{local}</tspan>'
        f'<tspan class="lt-of"> / {expected_text(expected)}</tspan></text>'
    )


def expected_text(value: Any) -> str:
    """Expected firms: one decimal below ten, whole above."""
    return "—" if is_missing(value) else decimal(value, 1 if float(value) < 10 else 0)


def projects(nominal: Any, effective: Any, width: float, bottom: float) -> str:
    """Signed and effective projects, at the right above ``bottom``; nothing where there are none or none are known."""
    if is_missing(nominal) or nominal == 0:
        return ""
    words = f"签{int(nominal)} 效{int(effective)}"
    wide = text_width(words, 11) + 8
    kind = "effective" if effective else "pending"
    return (
        f'<g class="lt-projects lt-{kind}" transform="translate({width - wide - 7:.1f} {bottom - 25:.1f})">'
        f'<rect width="{wide:.1f}" height="18" rx="9"/><text x="{wide / 2:.1f}" y="13" text-anchor="middle">{words}</text></g>'
    )


def _strip(row: Mapping[str, Any], caption: str, box: Box, *, changed: bool) -> str:
    """The line at the foot of a card: mark and numbers of the other state or place, and whose they are where it fits."""
    top, middle = box.h - STRIP, box.h - STRIP / 2
    local = "—" if is_missing(row["n_local"]) else f"{int(row['n_local']):,}"
    told = f"{local} / {expected_text(row['expected'])}"
    room = box.w - 34 - text_width(told, 11.5) - 14
    owner = caption if text_width(caption, 11) <= room else ""
    return (
        f'<path class="lt-strip{" lt-strip-changed" if changed else ""}" '
        f'd="M7 {top:.1f}H{box.w - 1:.1f}V{box.h - 7:.1f}Q{box.w - 1:.1f} {box.h - 1:.1f} {box.w - 7:.1f} {box.h - 1:.1f}H7z"/>'
        f"{mark(str(row['label']), 22, middle, 15.0)}"
        f'<text class="lt-other" x="34" y="{middle + 4:.1f}">{told}</text>'
        + (
            f'<text class="lt-owner" x="{box.w - 8:.1f}" y="{middle + 4:.1f}" text-anchor="end">{escape(owner)}</text>'
            if owner
            else ""
        )
    )


def style_words(row: Mapping[str, Any]) -> str:
    """Label and counts of a segment in words."""
    local = "未知" if is_missing(row["n_local"]) else f"{int(row['n_local']):,}"
    return f"{label_style(str(row['label'])).word}，企业 {local} 家，应有 {decimal(row['expected'])} 家"


def _tip(chain: Chain, row: Mapping[str, Any], told: str) -> str:
    lines = [f"{row['name']} · {label_style(str(row['label'])).word}", str(row["reason"])]
    if told:
        lines.append(told)
    if row["critical"]:
        lines.append(f"关键环节：{chain.segment(str(row['segment_id'])).criticality.reason}")
    return "\n".join([*lines, signed(row["nominal"], row["effective"])])


def signed(nominal: Any, effective: Any) -> str:
    """Projects in words."""
    if is_missing(nominal):
        return "未导入项目台账，签约情况无数据"
    told = f"签约项目 {int(nominal)} 个，其中有效 {int(effective)} 个"
    return told + ("（在建补链）" if nominal > effective else "")


def _spoken(row: Mapping[str, Any], word: str, told: str) -> str:
    critical = "，关键环节" if row["critical"] else ""
    return (
        f"{row['name']}，{word}{critical}，本地企业 {'未知' if is_missing(row['n_local']) else int(row['n_local'])} 家，"
        f"应有 {decimal(row['expected'])} 家，{signed(row['nominal'], row['effective'])}"
        + (f"；{told}" if told else "")
    )
