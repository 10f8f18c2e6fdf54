"""The chain picker and what it needs: shared by every page that is about one chain."""

from __future__ import annotations

from collections.abc import Iterable

from chains.model import Chain, Segment
from pages import cached
from pages.components.url import choose, param

ALL = "all"


def pick_chain() -> Chain:
    """The chain of parameter ``chain``; choosing another drops what belonged to the old one."""
    known = {chain.id: chain for chain in cached.chains()}
    names = {chain.id: chain.name for chain in known.values()}
    return known[choose("产业链", "chain", names, resets=("segment", "stage", "p", "sort"))]


def pick_chains() -> tuple[Chain, ...]:
    """The chain of parameter ``chain``, or every chain when it is absent or ALL."""
    known = {chain.id: chain for chain in cached.chains()}
    names = {ALL: "全部产业链", **{chain.id: chain.name for chain in known.values()}}
    chosen = choose("产业链", "chain", names, resets=("segment", "stage", "p"))
    return cached.matched() if chosen == ALL else (known[chosen],)


def pick_segment(chain: Chain, preferred: Iterable[str] = ()) -> str:
    """The segment of parameter ``segment``: gaps first (``preferred``), then the rest in the order of the chain."""
    names = {segment.id: f"{segment.name}　（{chain.stage_name(segment.stage)}）" for segment in chain.segments}
    first = [segment_id for segment_id in preferred if segment_id in names]
    ordered = {key: names[key] for key in [*first, *(key for key in names if key not in first)]}
    return choose("环节", "segment", ordered, resets=("p", "sort"), help="缺口环节排在前面，可直接输入名称查找")


def segment_of_address() -> tuple[Chain, Segment] | None:
    """Chain and segment of the parameters ``chain`` and ``segment``; None unless both are known."""
    for chain in cached.chains():
        for segment in chain.segments:
            if (chain.id, segment.id) == (param("chain"), param("segment")):
                return chain, segment
    return None
