"""Segments that several chains have in common (模具, 热处理 …): written once in one package, referred to by the others."""

from __future__ import annotations

from collections.abc import Callable

from chains.model import Chain, Segment, Shared, Source


class UnknownReference(ValueError):
    """A reference to a package or segment that does not exist; ``place`` is its position in ``Chain.shared``."""

    def __init__(self, place: int, reason: str) -> None:
        self.place = place
        super().__init__(reason)


def with_shared(chain: Chain, package: Callable[[str], Chain]) -> Chain:
    """The chain with the segments it refers to among its own, under its own ids, stages and groups.

    Parameters
    ----------
    package : the package of an id as it is written; KeyError where there is none

    Raises
    ------
    UnknownReference : a package or segment that is not there, or a package that refers to itself
    """
    segments, sources = list(chain.segments), {source.id: source for source in chain.sources}
    for place, reference in enumerate(chain.shared):
        owner = _owner(chain, place, reference, package)
        segment = _find(owner, place, reference)
        borrowed = {f"{owner.id}_{source.id}": source for source in owner.sources if source.id in segment.sources}
        sources |= {key: _renamed(source, key) for key, source in borrowed.items()}
        changes: dict[str, object] = {
            "id": reference.id,
            "stage": reference.stage,
            "group": reference.group or segment.group,
        }
        changes |= {"sources": tuple(borrowed), "shared_from": f"{owner.id}.{segment.id}"}
        segments.append(segment.model_copy(update=changes))
    return chain.model_copy(update={"segments": tuple(segments), "sources": tuple(sources.values())})


def _owner(chain: Chain, place: int, reference: Shared, package: Callable[[str], Chain]) -> Chain:
    if reference.package == chain.id:
        raise UnknownReference(place, "引用的是本链自己的环节，请直接写在 segments 里")
    try:
        return package(reference.package)
    except KeyError as error:
        raise UnknownReference(place, f"引用的产业链 {reference.package} 不存在") from error


def _find(owner: Chain, place: int, reference: Shared) -> Segment:
    try:
        return owner.segment(reference.segment)
    except KeyError as error:
        raise UnknownReference(place, f"产业链“{owner.name}”没有环节 {reference.segment}") from error


def _renamed(source: Source, key: str) -> Source:
    return source.model_copy(update={"id": key})
