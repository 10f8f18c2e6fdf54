"""What the demo's firms may say they do: the words of chain packages, told apart from one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class SegmentWords(Protocol):
    """What the demo reads of a segment of a chain package."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def keywords(self) -> tuple[str, ...]: ...
    @property
    def exclusions(self) -> tuple[str, ...]: ...


class SupplyEdge(Protocol):
    """What the demo reads of a supply edge."""

    @property
    def supplier(self) -> str: ...
    @property
    def user(self) -> str: ...


class ChainWords(Protocol):
    """What the demo reads of a chain package (``chains.model.Chain``); data does not import chains."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def segments(self) -> Sequence[SegmentWords]: ...
    @property
    def edges(self) -> Sequence[SupplyEdge]: ...


@dataclass(frozen=True)
class Segment:
    """A segment with the words that speak of it and, as far as possible, of no other."""

    id: str
    chain_id: str
    chain_name: str
    name: str
    group: str
    kind: str
    words: tuple[str, ...]
    traps: tuple[str, ...]
    keywords: tuple[str, ...]


def read_segments(chains: Sequence[ChainWords]) -> tuple[Segment, ...]:
    """Every segment of the chains with its clean words.

    A word is clean when no other segment's keyword occurs in it; where a segment has none, its own keywords are used.
    """
    owners: dict[str, set[str]] = {}
    for chain in chains:
        for segment in chain.segments:
            for keyword in segment.keywords:
                owners.setdefault(keyword, set()).add(segment.id)
    return tuple(
        Segment(
            segment.id,
            chain.id,
            chain.name,
            segment.name,
            segment.group,
            str(segment.kind),
            _clean(segment, owners),
            _traps(segment, owners),
            tuple(segment.keywords),
        )
        for chain in chains
        for segment in chain.segments
    )


def _clean(segment: SegmentWords, owners: Mapping[str, set[str]]) -> tuple[str, ...]:
    usable = [word for word in segment.keywords if not any(term in word for term in segment.exclusions)]
    clean = [word for word in usable if not _is_of_another(word, segment, owners)]
    spoken = [word for word in clean or usable if len(word) > 2 and word.isalnum()]
    return tuple(spoken or clean or usable or segment.keywords)


def _traps(segment: SegmentWords, owners: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Terms that contain the segment's keyword and yet mean something else."""
    return tuple(
        term
        for term in segment.exclusions
        if any(keyword in term for keyword in segment.keywords) and not _is_of_another(term, segment, owners)
    )


def _is_of_another(term: str, segment: SegmentWords, owners: Mapping[str, set[str]]) -> bool:
    """Whether a keyword of another segment occurs in the term."""
    cuts = range(len(term) + 1)
    parts = {term[begin:end] for begin in cuts for end in cuts[begin + 1 :]}
    return any(owners.get(part, set()) - {segment.id} for part in parts)
