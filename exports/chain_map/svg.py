"""The chain map as one SVG text: a pure function of chain, labels and links, for the page and for offline files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

import pandas as pd

from chains.model import Chain
from exports.chain_map.cards import STRIP, Beside, Link, segment_card
from exports.chain_map.edges import Curve, curves
from exports.chain_map.fold import Group, GroupFigures, Rows, fold, fold_pulls, group_figures, groups_of, projects_of
from exports.chain_map.group_card import Folding, group_card, group_extra
from exports.chain_map.layout import STAGE_HEAD, MapLayout, Titled, lay_out
from exports.chain_map.text import text_width
from exports.formats import is_missing
from exports.theme import LABEL_STYLES

GAP_LABELS = ("missing", "weak")
_KEPT_LAYOUTS = 96
_Figures = dict[str, tuple[Group, GroupFigures, GroupFigures | None]]


def chain_svg(
    chain: Chain,
    labels: pd.DataFrame,
    link: Link,
    width: float = 1200.0,
    *,
    beside: Beside | None = None,
    folding: Folding | None = None,
) -> str:
    """The map of a chain: stages left to right, a card a segment, supply edges behind.

    Parameters
    ----------
    labels : one row a segment: segment_id, name, stage, label, n_local, expected, nominal, effective, critical, reason
    link : segment id → address opened by a click
    width : units to aim at; the SVG scales to its container
    beside : another state, place or date, said beneath what the map says
    folding : shows groups as one card each; every segment unless given

    Raises
    ------
    KeyError : a segment of the chain has no row in labels
    """
    rows = {str(row["segment_id"]): row for row in labels.to_dict("records")}
    missing = next((segment.id for segment in chain.segments if segment.id not in rows), None)
    if missing is not None:
        raise KeyError(missing)
    below = {} if beside is None else beside.rows(rows)
    groups = {} if folding is None else _figures(chain, rows, beside, folding)
    drawn = chain if folding is None else fold(chain, folding.opened)
    extra = dict.fromkeys(below, STRIP) | {key: group_extra(own, other) for key, (_, own, other) in groups.items()}
    layout = _layout(drawn, width, tuple(extra.items()), tuple(groups))
    demand = {key: float(row["n_local"]) for key, row in rows.items() if not is_missing(row["n_local"])}
    summed = None if folding is None else fold_pulls(chain, folding.opened, demand)
    caption = beside.caption if beside else ""
    parts = [
        *(_stage(stage, _labels_of(chain, stage, rows), first=stage.box.x == 0.0) for stage in layout.stages),
        *(_group(group, chain, folding) for group in layout.groups),
        '<g class="lt-edges" fill="none">',
        *(_edge(curve) for curve in curves(drawn, layout, demand, summed)),
        "</g>",
        *(
            group_card(group, own, layout, folding, other, caption, outlined=beside is not None and beside.only_changed)
            for group, own, other in groups.values()
            if folding is not None
        ),
        *(
            segment_card(chain, rows[one.id], layout, link, below.get(one.id), caption)
            for one in drawn.segments
            if one.id not in groups
        ),
    ]
    w, h = layout.width, layout.height
    title = escape(f"{chain.name}产业链图，{len(chain.segments)} 个环节")
    return (
        f'<svg class="lt-map" xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {w + 14:.0f} {h + 8:.0f}" width="100%" '
        f'role="group" aria-label="{title}" style="max-width:{w * 1.25:.0f}px">{_markers()}{"".join(parts)}</svg>'
    )


@lru_cache(_KEPT_LAYOUTS)
def _layout(chain: Chain, width: float, extra: tuple[tuple[str, float], ...], bare: tuple[str, ...]) -> MapLayout:
    return lay_out(chain, width, dict(extra), bare)


def _figures(chain: Chain, rows: Rows, beside: Beside | None, folding: Folding) -> _Figures:
    """The folded groups with what their cards tell, by id of the card."""
    found: _Figures = {}
    projects = projects_of(folding.projects)
    others = {} if beside is None else {str(row["segment_id"]): row for row in beside.labels.to_dict("records")}
    for group in groups_of(chain):
        if group.id not in folding.opened:
            own = group_figures(group, rows, projects)
            other = group_figures(group, others, projects) if beside else None
            told = other if other and beside and not (beside.only_changed and other.labels == own.labels) else None
            found[group.card] = group, own, told
    return found


def _labels_of(chain: Chain, stage: Titled, rows: Mapping[str, Any]) -> list[str]:
    return [rows[segment.id]["label"] for segment in chain.segments if segment.stage == stage.id]


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


def _stage(stage: Titled, labels: list[str], *, first: bool) -> str:
    box, head = stage.box, STAGE_HEAD - 8
    notch = 0 if first else 10
    x, y, right = box.x, box.y, box.x + box.w
    points = (
        f"{x},{y} {right},{y} {right + 10},{y + head / 2} {right},{y + head} {x},{y + head} {x + notch},{y + head / 2}"
    )
    counted = _counts(labels)
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


def _group(title: Titled, chain: Chain, folding: Folding | None) -> str:
    """The title of a group; on a folded map a click on it folds the group again."""
    x, y = title.box.x + 11, title.box.y + 16
    if folding is None:
        return f'<text class="lt-group" x="{x}" y="{y:.1f}">{escape(title.title)}</text>'
    group = next(one for one in groups_of(chain) if title.members[0] in one.members)
    return (
        f'<a class="lt-unfold" href="{escape(folding.link(group.id))}" data-nav="" aria-label="收起{escape(group.name)}" transform="translate(0 0)">'
        f'<rect x="{x - 7}" y="{y - 17:.1f}" width="{title.box.w - 8:.1f}" height="25" rx="4"/>'
        f'<text class="lt-group" x="{x}" y="{y:.1f}">－ {escape(title.title)}</text></a>'
    )


def _edge(curve: Curve) -> str:
    return (
        f'<path class="lt-edge" data-from="{escape(curve.supplier)}" data-to="{escape(curve.user)}" d="{curve.path}" '
        f'stroke-width="{curve.width:.2f}" stroke-opacity="{curve.opacity:.2f}" marker-end="url(#lt-head-base)"/>'
    )
