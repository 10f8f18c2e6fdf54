"""Cards of groups on the folded map: counts of the labels inside, sums of firms, projects, and a click that opens them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

import pandas as pd

from exports.chain_map.cards import critical_mark, frame, name_text, numbers, projects, signed
from exports.chain_map.fold import Group, GroupFigures
from exports.chain_map.layout import BARE_LEFT, MIN_CARD, NAME_LINE, MapLayout
from exports.chain_map.marks import ROW, counted_rows, draw_counts
from exports.formats import count, decimal
from exports.theme import label_style

CAPTION = 17.0
"""Height of the line that says whose the second row of counts is."""
NAMED = 6
_ROOM = MIN_CARD - 24
"""Room for a row of counts on the narrowest card."""


@dataclass(frozen=True)
class Folding:
    """How a map is folded.

    opened : ids of the groups whose segments are shown; link : group → address with it opened or closed
    projects : project_id, segment_id, nominal, effective of the chain
    """

    opened: frozenset[str] = frozenset()
    link: Callable[[str], str] = field(default=str)
    projects: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["project_id", "segment_id", "nominal", "effective"])
    )


def group_extra(figures: GroupFigures, other: GroupFigures | None) -> float:
    """Height that a group's card needs beside its name and its line of numbers."""
    rows = len(counted_rows(figures.labels, _ROOM))
    return ROW * (rows + (len(counted_rows(other.labels, _ROOM)) if other else 0)) + (CAPTION if other else 0.0)


def group_card(
    group: Group,
    figures: GroupFigures,
    layout: MapLayout,
    folding: Folding,
    other: GroupFigures | None = None,
    caption: str = "",
    *,
    outlined: bool = False,
) -> str:
    """The card of a group; ``other``: the same group in another state or place, under ``caption``.

    outlined : whether other counts of labels are worth a frame: where few cards change
    """
    box, lines = layout.cards[group.card], layout.names[group.card]
    own, top = counted_rows(figures.labels, _ROOM), 19 + NAME_LINE * (len(lines) - 1) + 21
    body = (
        f'<rect class="lt-stack" x="3" y="3" width="{box.w:.1f}" height="{box.h:.1f}" rx="7"/>'
        + frame(box)
        + name_text(lines, BARE_LEFT)
        + (critical_mark(box) if figures.critical else "")
        + draw_counts(own, BARE_LEFT, top)
        + (_second(other, caption, top + ROW * len(own), box.w) if other else "")
        + numbers(figures.n_local, figures.expected, box.h)
        + projects(figures.nominal, figures.effective, box.w, box.h)
    )
    told = _told(group, figures, other, caption)
    gaps = " lt-has-gaps" if figures.gaps else ""
    changed = " lt-changed" if outlined and other and dict(other.labels) != dict(figures.labels) else ""
    return (
        f'<a class="lt-card lt-grouped{gaps}{changed}" href="{escape(folding.link(group.id))}" data-nav="" '
        f'data-id="{escape(group.card)}" data-tip="{escape(chr(10).join(told))}" '
        f'aria-label="{escape("，".join(told))}" tabindex="0" '
        f'transform="translate({box.x:.1f} {box.y:.1f})">{body}</a>'
    )


def _second(other: GroupFigures, caption: str, top: float, width: float) -> str:
    return (
        f'<path class="lt-rule" d="M{BARE_LEFT} {top - 10:.1f}H{width - 10:.1f}"/>'
        f'<text class="lt-owner" x="{BARE_LEFT}" y="{top + 4:.1f}">{escape(caption)}</text>'
        + draw_counts(counted_rows(other.labels, _ROOM), BARE_LEFT, top + CAPTION)
    )


def _told(group: Group, figures: GroupFigures, other: GroupFigures | None, caption: str) -> list[str]:
    lines = [f"{group.name} · {len(group.members)} 个细分环节：{_counted(figures.labels)}"]
    if other:
        lines.append(f"{caption}：{_counted(other.labels)}")
    lines.append(
        f"本地企业合计 {count(figures.n_local)} 家次，应有 {decimal(figures.expected)} 家次（一家做两个细分计两次）"
    )
    if figures.gaps:
        more = " 等" if len(figures.gaps) > NAMED else ""
        lines.append(f"缺口：{'、'.join(figures.gaps[:NAMED])}{more}")
    if figures.critical:
        lines.append(f"含关键环节 {figures.critical} 个")
    return [*lines, signed(figures.nominal, figures.effective), "点击展开细分"]


def _counted(labels: Mapping[str, int]) -> str:
    return "、".join(f"{label_style(key).word} {n}" for key, n in labels.items())
