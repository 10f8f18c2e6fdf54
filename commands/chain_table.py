"""The table of chain packages as Markdown: what they hold, and what a store says of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chains.model import Chain
from data.store import Store
from services.package_figures import NotReadable, chain_pairs, known_firms, n_matched, strong_cities
from services.presence import Cube, load_cube, matched_chains

HEAD = ("产业链", "环节", "其中引用", "供应关系", "关键词")
ON_STORE = ("知名企业（找到 / 列出）", "命中率", "匹配企业", "强市（区位商，企业数）")
NOTHING = "—"


def counts(chain: Chain) -> dict[str, Any]:
    """What a package holds."""
    return {
        "id": chain.id,
        "name": chain.name,
        "version": chain.version,
        "segments": len(chain.segments),
        "shared": len(chain.shared),
        "edges": len(chain.edges),
        "keywords": sum(len(segment.keywords) for segment in chain.segments),
    }


def lines(chains: Sequence[Chain], store: Store | None) -> Iterator[str]:
    """Lines of the table; with a store also the hit rate of well-known firms, firms matched and strong prefectures."""
    heads = HEAD if store is None else (*HEAD, *ON_STORE)
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join('---' if at == 0 or head == ON_STORE[-1] else '---:' for at, head in enumerate(heads))}|"
    cube = None if store is None or not matched_chains(store, chains) else load_cube(store, chains)
    found = hit = 0
    for chain in chains:
        held = counts(chain)
        cells = [f"{chain.name} `{chain.id}` {chain.version}"]
        cells += [f"{held[key]:,}" for key in ("segments", "shared", "edges", "keywords")]
        if store is not None:
            more, n_found, n_hit = _on_store(store, chain, cube)
            cells, found, hit = [*cells, *more], found + n_found, hit + n_hit
        yield f"| {' | '.join(cells)} |"
    if found:
        yield ""
        yield f"知名企业合计：找到 {found:,} 家次，命中 {hit:,}，命中率 {hit / found:.0%}。"


def _on_store(store: Store, chain: Chain, cube: Cube | None) -> tuple[list[str], int, int]:
    try:
        pairs = chain_pairs(store, chain)
    except NotReadable:
        return ["尚未匹配", NOTHING, NOTHING, NOTHING], 0, 0
    known = known_firms(store, chain, pairs)
    rate = NOTHING if known.rate is None else f"{known.rate:.0%}"
    cells = [f"{known.found} / {known.listed}", rate, f"{n_matched(pairs):,}", _cities(store, chain, cube)]
    return cells, known.found, known.hit


def _cities(store: Store, chain: Chain, cube: Cube | None) -> str:
    if cube is None or chain.id not in {one.id for one in cube.chains}:
        return NOTHING
    cities = strong_cities(store, chain, cube)
    return "、".join(f"{city.name}（{city.lq:.1f}，{city.n_firms:,}）" for city in cities) or NOTHING
