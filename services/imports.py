"""What an import must know beside its file."""

from __future__ import annotations

from data.imports import SegmentName
from data.store import Store
from services.packages import installed


def known_segments(store: Store) -> tuple[SegmentName, ...]:
    """The segments of every chain in force, with ids and names."""
    return tuple(
        SegmentName(chain.id, chain.name, segment.id, segment.name)
        for chain in installed(store)
        for segment in chain.segments
    )
