"""What changed between two versions of a chain."""

from __future__ import annotations

from dataclasses import dataclass

from chains.model import Chain, Edge, Segment


@dataclass(frozen=True)
class Moved:
    """A segment that changed its stage or group; both are (stage, group)."""

    segment_id: str
    old: tuple[str, str]
    new: tuple[str, str]


@dataclass(frozen=True)
class Rewired:
    """A supply relation that changed; a weight is None where there is no such edge in that version."""

    supplier: str
    user: str
    old_weight: float | None
    new_weight: float | None


@dataclass(frozen=True)
class KeywordChange:
    """Keywords (or exclusions) that a segment gained and lost, sorted."""

    segment_id: str
    field: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class ChainDiff:
    """Differences of two versions by stable segment id; every part sorted, empty where nothing changed."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[str, ...]
    moved: tuple[Moved, ...]
    rewired: tuple[Rewired, ...]
    keywords: tuple[KeywordChange, ...]

    @property
    def empty(self) -> bool:
        """True where the two versions have the same map and the same keywords."""
        return not (self.added or self.removed or self.renamed or self.moved or self.rewired or self.keywords)


def diff(old: Chain, new: Chain) -> ChainDiff:
    """Segments added, removed, renamed and moved, edges rewired and keywords changed from old to new.

    Raises ValueError where the two are not versions of one chain.
    """
    if old.id != new.id:
        raise ValueError(f"只能比较同一条产业链的两个版本：{old.id} 与 {new.id} 不是同一条链")
    before = {segment.id: segment for segment in old.segments}
    after = {segment.id: segment for segment in new.segments}
    kept = sorted(before.keys() & after.keys())
    return ChainDiff(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        renamed=tuple(name for name in kept if before[name].name != after[name].name),
        moved=tuple(
            Moved(name, _place(before[name]), _place(after[name]))
            for name in kept
            if _place(before[name]) != _place(after[name])
        ),
        rewired=_rewired(old.edges, new.edges),
        keywords=tuple(change for name in kept for change in _term_changes(before[name], after[name])),
    )


def _place(segment: Segment) -> tuple[str, str]:
    return segment.stage, segment.group


def _rewired(old: tuple[Edge, ...], new: tuple[Edge, ...]) -> tuple[Rewired, ...]:
    before = {(edge.supplier, edge.user): edge.weight for edge in old}
    after = {(edge.supplier, edge.user): edge.weight for edge in new}
    return tuple(
        Rewired(*pair, before.get(pair), after.get(pair))
        for pair in sorted(before.keys() | after.keys())
        if before.get(pair) != after.get(pair)
    )


def _term_changes(old: Segment, new: Segment) -> list[KeywordChange]:
    changes = []
    for field in ("keywords", "exclusions"):
        before, after = set(getattr(old, field)), set(getattr(new, field))
        if before != after:
            gained, lost = tuple(sorted(after - before)), tuple(sorted(before - after))
            changes.append(KeywordChange(new.id, field, gained, lost))
    return changes
