"""A chain package as a map, and two versions of it on one: what changed is marked by colour, shape and letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from chains.changes import KINDS_OF_CHANGE, Change, both, changes
from chains.model import Chain, Segment
from exports.chain_map.edges import Curve, curves
from exports.chain_map.layout import NAME_LEFT, NAME_LINE, STAGE_HEAD, Box, MapLayout, Titled, lay_out

Link = Callable[[str], str]
LETTERS: Mapping[str, str] = {
    "added": "增",
    "removed": "删",
    "moved": "移",
    "renamed": "名",
    "keywords": "词",
    "edited": "改",
}
"""The kinds of change that a card shows, the weightiest first."""
_SHAPES: Mapping[str, str] = {
    "added": '<circle r="10"/>',
    "removed": '<path d="M0 -12L12 0L0 12L-12 0z"/>',
    "moved": '<path d="M-10 -10L13 0L-10 10z" stroke-linejoin="round" stroke-width="3"/>',
    "renamed": '<rect x="-9.5" y="-9.5" width="19" height="19" rx="3"/>',
    "keywords": '<path d="M-5.5 -10H5.5L11 0L5.5 10H-5.5L-11 0z"/>',
    "edited": '<circle r="9.5" stroke-dasharray="3 2.4"/>',
}
EDGE_WORDS: Mapping[str, str] = {"added": "新增供应", "removed": "取消供应", "changed": "权重改变"}


def package_svg(old: Chain | None, new: Chain, link: Link, width: float = 1360.0) -> str:
    """The map of a package; with a former version also what was taken out of it, and a mark on all that changed.

    Parameters
    ----------
    link : segment id → address opened by a click
    width : units to aim at; the SVG scales to its container
    """
    new = drawable(new)
    found = () if old is None else changes(old, new)
    drawn = new if old is None else both(old, new)
    layout = lay_out(drawn, width)
    marks = _marks(found)
    wires = edge_marks(old, new)
    parts = [
        *(_stage(stage, first=stage.box.x == 0.0) for stage in layout.stages),
        *(
            f'<text class="lt-group" x="{one.box.x + 11}" y="{one.box.y + 16:.1f}">{escape(one.title)}</text>'
            for one in layout.groups
        ),
        '<g class="lt-edges" fill="none">',
        *(_edge(curve, wires) for curve in curves(drawn, layout, {})),
        "</g>",
        *(_card(drawn, segment, layout, marks.get(segment.id, ()), link, found) for segment in drawn.segments),
    ]
    title = escape(f"{new.name}产业链包 {new.version}，{len(new.segments)} 个环节，{len(found)} 处不同")
    return (
        f'<svg class="lt-map" xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {layout.width + 14:.0f} {layout.height + 4:.0f}" '
        f'width="100%" role="group" aria-label="{title}" style="max-width:{layout.width * 1.25:.0f}px">{_HEADS}{"".join(parts)}</svg>'
    )


_HEADS = "<defs>" + "".join(
    f'<marker id="lt-head-{kind}" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="7" markerHeight="7" '
    f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L6 3L0 6z" class="lt-head-{kind}"/></marker>'
    for kind in ("base", "in", "out")
) + "</defs>"  # fmt: skip


def drawable(chain: Chain) -> Chain:
    """The part of a chain, however unfinished, that can be drawn: segments of known stages, edges between them."""
    stages = {stage.id: stage for stage in chain.stages}
    segments = {segment.id: segment for segment in chain.segments if segment.stage in stages}
    edges = {
        (e.supplier, e.user): e
        for e in chain.edges
        if e.supplier in segments and e.user in segments and e.supplier != e.user
    }
    filled = {segment.stage for segment in segments.values()}
    parts = {
        "stages": tuple(stage for key, stage in stages.items() if key in filled),
        "segments": tuple(segments.values()),
        "edges": tuple(edges.values()),
    }
    return chain.model_copy(update=parts)


def change_mark(kind: str) -> str:
    """The mark of a kind of change as HTML: for legends and lists."""
    return f'<i class="lt-cm lt-cm-{kind}" title="{KINDS_OF_CHANGE[kind]}">{LETTERS[kind]}</i>'


def edge_marks(old: Chain | None, new: Chain) -> dict[tuple[str, str], str]:
    """added, removed or changed for every supply edge that is not the same in both."""
    if old is None:
        return {}
    before = {(edge.supplier, edge.user): edge.weight for edge in old.edges}
    after = {(edge.supplier, edge.user): edge.weight for edge in new.edges}
    kinds = dict.fromkeys(before.keys() - after.keys(), "removed")
    kinds |= dict.fromkeys(after.keys() - before.keys(), "added")
    return kinds | {pair: "changed" for pair in before.keys() & after.keys() if before[pair] != after[pair]}


def _marks(found: Sequence[Change]) -> dict[str, tuple[str, ...]]:
    kinds: dict[str, set[str]] = {}
    for change in found:
        if change.kind in LETTERS:
            kinds.setdefault(change.segments[0], set()).add(change.kind)
    return {key: tuple(kind for kind in LETTERS if kind in here) for key, here in kinds.items()}


def _stage(stage: Titled, *, first: bool) -> str:
    box, head = stage.box, STAGE_HEAD - 8
    x, y, right, notch = box.x, box.y, box.x + box.w, 0 if first else 10
    points = (
        f"{x},{y} {right},{y} {right + 10},{y + head / 2} {right},{y + head} {x},{y + head} {x + notch},{y + head / 2}"
    )
    size = min(14.0, 14.0 * (box.w - 26) / max(14.0 * len(stage.title), 1.0))
    return (
        f'<rect class="lt-stage" x="{x}" y="{y + head / 2}" width="{box.w}" height="{box.h - head / 2:.1f}" rx="8"/>'
        f'<polygon class="lt-stage-head" points="{points}"/>'
        f'<text class="lt-stage-name" x="{x + 18}" y="{y + 20}" font-size="{size:.1f}">{escape(stage.title)}</text>'
        f'<text class="lt-stage-note" x="{x + 18}" y="{y + 37}">{len(stage.members)} 环节</text>'
    )


def _edge(curve: Curve, wires: Mapping[tuple[str, str], str]) -> str:
    kind = wires.get((curve.supplier, curve.user))
    marked = f" lt-edge-{kind}" if kind else ""
    told = f"<title>{EDGE_WORDS[kind]}</title>" if kind else ""
    return (
        f'<path class="lt-edge{marked}" data-from="{escape(curve.supplier)}" data-to="{escape(curve.user)}" d="{curve.path}" '
        f'stroke-width="1.2" stroke-opacity=".7" marker-end="url(#lt-head-base)">{told}</path>'
    )


def _card(
    chain: Chain, segment: Segment, layout: MapLayout, kinds: tuple[str, ...], link: Link, found: Sequence[Change]
) -> str:
    box = layout.cards[segment.id]
    left = NAME_LEFT if kinds else 14.0
    name = "".join(
        f'<tspan x="{left}" y="{21 + at * NAME_LINE:.1f}">{escape(line)}</tspan>'
        for at, line in enumerate(layout.names[segment.id])
    )
    told = [change.sentence for change in found if change.kind in LETTERS and change.segments == (segment.id,)]
    tip = "\n".join(
        [f"{segment.name} · {chain.stage_name(segment.stage)}", *(told or [segment.definition]), _origin(segment)]
    )
    look = f" lt-is-{kinds[0]}" if kinds else " lt-is-shared" if segment.shared_from else ""
    body = (
        f'<rect class="lt-box" width="{box.w:.1f}" height="{box.h:.1f}" rx="7"/>'
        f'<path class="lt-bar" d="M7 0H5V{box.h:.1f}H7Q0 {box.h:.1f} 0 {box.h - 7:.1f}V7Q0 0 7 0z"/>'
        + "".join(
            _mark(kind, 22 if at == 0 else box.w - 16 - 22 * (at - 1), 18 if at == 0 else box.h - 15)
            for at, kind in enumerate(kinds)
        )
        + f'<text class="lt-name">{name}</text>{_critical(segment, box)}'
        f'<text class="lt-words" x="14" y="{box.h - 10:.1f}">{_counted(segment)}</text>'
    )
    spoken = "，".join([segment.name, *(KINDS_OF_CHANGE[kind] for kind in kinds), _counted(segment)])
    return (
        f'<a class="lt-card{look}" href="{escape(link(segment.id))}" data-nav="" data-id="{escape(segment.id)}" '
        f'data-tip="{escape(tip)}" aria-label="{escape(spoken)}" tabindex="0" '
        f'transform="translate({box.x:.1f} {box.y:.1f})">{body}</a>'
    )


def _mark(kind: str, x: float, y: float) -> str:
    return (
        f'<g class="lt-change lt-change-{kind}" transform="translate({x:.1f} {y:.1f})">{_SHAPES[kind]}'
        f'<text x="{-2.5 if kind == "moved" else 0}" y="4" text-anchor="middle">{LETTERS[kind]}</text></g>'
    )


def _critical(segment: Segment, box: Box) -> str:
    if segment.criticality.level != "high":
        return ""
    return (
        f'<g class="lt-critical" transform="translate({box.w - 26:.1f} 7)"><rect width="19" height="18" rx="3"/>'
        '<text x="9.5" y="13.5" text-anchor="middle">关</text></g>'
    )


def _counted(segment: Segment) -> str:
    shared = "引用 · " if segment.shared_from else ""
    return f"{shared}词 {len(segment.keywords)}" + (f" · 排除 {len(segment.exclusions)}" if segment.exclusions else "")


def _origin(segment: Segment) -> str:
    return "引用自别的产业链，在原产业链里修改" if segment.shared_from else "点击查看这个环节的关键词带来哪些企业"
