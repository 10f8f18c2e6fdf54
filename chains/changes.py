"""What changed between two versions of a chain, change by change in Chinese: for lists, tables and the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chains.diff import KeywordChange, Moved, Rewired, diff
from chains.model import Chain, Segment
from chains.words import KINDS, LEVELS

KINDS_OF_CHANGE: Mapping[str, str] = {
    "added": "新增",
    "removed": "删除",
    "moved": "移动",
    "renamed": "改名",
    "keywords": "改词",
    "edited": "改说明",
    "rewired": "改供应",
}
_OTHER: Mapping[str, tuple[str, Callable[[Segment], str]]] = {
    "definition": ("定义", lambda one: one.definition),
    "kind": ("类型", lambda one: KINDS[one.kind]),
    "level": ("关键性", lambda one: LEVELS[one.criticality.level]),
    "reason": ("关键性理由", lambda one: one.criticality.reason),
    "gb4754": ("行业代码", lambda one: "、".join(one.gb4754)),
    "site": ("落地条件", lambda one: "；".join(part for part in one.site.model_dump().values() if part)),
    "known_firms": ("知名企业", lambda one: "、".join(one.known_firms)),
    "rare": ("稀有说明", lambda one: one.rare),
    "sources": ("来源", lambda one: "、".join(one.sources)),
}


@dataclass(frozen=True)
class Change:
    """One change: a kind of ``KINDS_OF_CHANGE``, the segments concerned (one, or supplier and user), and a sentence."""

    kind: str
    segments: tuple[str, ...]
    sentence: str


def changes(old: Chain, new: Chain) -> tuple[Change, ...]:
    """Every change from old to new, in the order of ``KINDS_OF_CHANGE``.

    Raises ValueError where the two are not versions of one chain.
    """
    found = diff(old, new)
    before = {segment.id: segment for segment in old.segments}
    after = {segment.id: segment for segment in new.segments}
    names = {key: one.name for key, one in (before | after).items()}
    told = [
        *(Change("added", (key,), f"新增“{names[key]}”（{new.stage_name(after[key].stage)}）") for key in found.added),
        *(
            Change("removed", (key,), f"删除“{names[key]}”（{old.stage_name(before[key].stage)}）")
            for key in found.removed
        ),
        *(_moved(one, old, new, names) for one in found.moved),
        *(Change("renamed", (key,), f"“{before[key].name}”改名“{after[key].name}”") for key in found.renamed),
        *(_keywords(one, names) for one in found.keywords),
        *(one for key in sorted(before.keys() & after.keys()) for one in _edited(before[key], after[key])),
        *(_rewired(one, names) for one in found.rewired),
    ]
    return tuple(told)


def both(old: Chain, new: Chain) -> Chain:
    """The new chain with what was taken out of the old one still on it, for one map of the two."""
    kept = {segment.id for segment in new.segments}
    gone = tuple(segment for segment in old.segments if segment.id not in kept)
    pairs = {(edge.supplier, edge.user) for edge in new.edges}
    cut = tuple(edge for edge in old.edges if (edge.supplier, edge.user) not in pairs)
    known = {stage.id for stage in new.stages}
    needed = {segment.stage for segment in gone}
    stages = (*new.stages, *(stage for stage in old.stages if stage.id in needed - known))
    return new.model_copy(update={"stages": stages, "segments": (*new.segments, *gone), "edges": (*new.edges, *cut)})


def _moved(one: Moved, old: Chain, new: Chain, names: Mapping[str, str]) -> Change:
    place = f"{old.stage_name(one.old[0])}·{one.old[1]}", f"{new.stage_name(one.new[0])}·{one.new[1]}"
    return Change("moved", (one.segment_id,), f"“{names[one.segment_id]}”从 {place[0]} 移到 {place[1]}")


def _keywords(one: KeywordChange, names: Mapping[str, str]) -> Change:
    word = {"keywords": "关键词", "exclusions": "排除词"}[one.field]
    parts = [f"加 {'、'.join(one.gained)}"] if one.gained else []
    parts += [f"去 {'、'.join(one.lost)}"] if one.lost else []
    return Change("keywords", (one.segment_id,), f"“{names[one.segment_id]}”{word}：{'；'.join(parts)}")


def _edited(old: Segment, new: Segment) -> list[Change]:
    said = ((title, value(old), value(new)) for title, value in _OTHER.values())
    return [
        Change("edited", (new.id,), f"“{new.name}”{title}：{before or '（空）'} → {after or '（空）'}")
        for title, before, after in said
        if before != after
    ]


def _rewired(one: Rewired, names: Mapping[str, str]) -> Change:
    pair = f"{names.get(one.supplier, one.supplier)} → {names.get(one.user, one.user)}"
    if one.old_weight is None:
        said = f"新增供应 {pair}（权重 {one.new_weight:g}）"
    elif one.new_weight is None:
        said = f"取消供应 {pair}（原权重 {one.old_weight:g}）"
    else:
        said = f"供应 {pair} 权重 {one.old_weight:g} → {one.new_weight:g}"
    return Change("rewired", (one.supplier, one.user), said)
