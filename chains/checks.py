"""Rules that every chain package keeps; each function breaks on one thing and names the offending rows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from chains.model import Chain, Segment

_VAGUE = re.compile(r"其他|其它|相关|等$|平台$|^综合|^配套")
_BOUNDARY = re.compile(r"不算|不含|不包括|不计|除外")
_WEIGHT_TOLERANCE = 1e-9
UNFILLED = "待填写"
"""Stands in a draft where people still have to write something."""


@dataclass(frozen=True)
class Finding:
    """One broken rule: the check's name, the offending row (a segment id, an edge …) and a Chinese message."""

    check: str
    row: str
    message: str


def ids_unique(chain: Chain) -> list[Finding]:
    """Stage, segment and source ids occur once."""
    lists = {
        "段": [stage.id for stage in chain.stages],
        "环节": [segment.id for segment in chain.segments],
        "来源": [source.id for source in chain.sources],
    }
    return [
        Finding("ids_unique", row, f"{kind} id {row} 出现 {count} 次，应只出现一次")
        for kind, ids in lists.items()
        for row, count in Counter(ids).items()
        if count > 1
    ]


def names_unique(chain: Chain) -> list[Finding]:
    """Segment names occur once in a chain."""
    counts = Counter(segment.name for segment in chain.segments)
    return [
        Finding("names_unique", name, f"环节名“{name}”出现 {n} 次，应只出现一次") for name, n in counts.items() if n > 1
    ]


def stages_exist(chain: Chain) -> list[Finding]:
    """Every segment belongs to a stage of the chain."""
    known = {stage.id for stage in chain.stages}
    return [
        Finding("stages_exist", segment.id, f"环节“{segment.name}”所属的段 {segment.stage} 不存在")
        for segment in chain.segments
        if segment.stage not in known
    ]


def sources_exist(chain: Chain) -> list[Finding]:
    """Segments and edges refer to sources of the chain."""
    known = {source.id for source in chain.sources}
    used = [(segment.id, source) for segment in chain.segments for source in segment.sources]
    used += [(f"{edge.supplier} → {edge.user}", edge.source) for edge in chain.edges]
    return [
        Finding("sources_exist", row, f"{row} 引用的来源 {source} 不在 sources 里")
        for row, source in used
        if source not in known
    ]


def edges_exist(chain: Chain) -> list[Finding]:
    """Both ends of an edge are segments of the chain, and no edge is written twice."""
    known = {segment.id for segment in chain.segments}
    found = [
        Finding("edges_exist", f"{edge.supplier} → {edge.user}", f"供应关系的一端 {end} 不是本链的环节")
        for edge in chain.edges
        for end in (edge.supplier, edge.user)
        if end not in known
    ]
    counts = Counter((edge.supplier, edge.user) for edge in chain.edges)
    return found + [
        Finding("edges_exist", f"{supplier} → {user}", f"供应关系写了 {count} 次，应只写一次")
        for (supplier, user), count in counts.items()
        if count > 1
    ]


def no_self_edge(chain: Chain) -> list[Finding]:
    """No segment supplies itself."""
    return [
        Finding("no_self_edge", edge.supplier, f"环节 {edge.supplier} 不能供应自己")
        for edge in chain.edges
        if edge.supplier == edge.user
    ]


def no_cycle(chain: Chain) -> list[Finding]:
    """The supply edges form a directed acyclic graph; one cycle is shown."""
    graph: nx.DiGraph[str] = nx.DiGraph(
        (edge.supplier, edge.user) for edge in chain.edges if edge.supplier != edge.user
    )
    try:
        cycle = [supplier for supplier, _ in nx.find_cycle(graph)]
    except nx.NetworkXNoCycle:
        return []
    row = " → ".join([*cycle, cycle[0]])
    return [Finding("no_cycle", row, f"供应关系成环：{row}")]


def weights_bounded(chain: Chain) -> list[Finding]:
    """The weights of the edges into a segment (shares of its purchased inputs) sum to at most 1."""
    sums: defaultdict[str, float] = defaultdict(float)
    for edge in chain.edges:
        sums[edge.user] += edge.weight
    return [
        Finding("weights_bounded", user, f"进入 {user} 的权重之和是 {total:.3f}，应不超过 1")
        for user, total in sums.items()
        if total > 1 + _WEIGHT_TOLERANCE
    ]


def no_orphan(chain: Chain) -> list[Finding]:
    """Every segment supplies or uses something."""
    connected = {end for edge in chain.edges for end in (edge.supplier, edge.user)}
    return [
        Finding("no_orphan", segment.id, f"环节“{segment.name}”没有任何供应关系")
        for segment in chain.segments
        if segment.id not in connected
    ]


def stages_reachable(chain: Chain) -> list[Finding]:
    """Every stage has segments and is linked by supply edges, over any number of steps, to the first stage."""
    stage_of = {segment.id: segment.stage for segment in chain.segments}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(stage.id for stage in chain.stages)
    ends = [(edge.supplier, edge.user) for edge in chain.edges]
    graph.add_edges_from((stage_of[a], stage_of[b]) for a, b in ends if a in stage_of and b in stage_of)
    reached = nx.node_connected_component(graph, chain.stages[0].id)
    filled = set(stage_of.values())
    empty = [stage for stage in chain.stages if stage.id not in filled]
    cut_off = [stage for stage in chain.stages if stage.id in filled and stage.id not in reached]
    return [Finding("stages_reachable", stage.id, f"段“{stage.name}”里没有环节") for stage in empty] + [
        Finding("stages_reachable", stage.id, f"段“{stage.name}”与第一段之间没有供应关系相连") for stage in cut_off
    ]


def no_one_character_keyword(chain: Chain) -> list[Finding]:
    """Keywords and exclusions have two characters or more."""
    return [
        Finding("no_one_character_keyword", segment.id, f"环节“{segment.name}”的词“{term}”只有一个字，会命中过多")
        for segment in chain.segments
        for term in (*segment.keywords, *segment.exclusions)
        if len(term) < 2
    ]


def keywords_once(chain: Chain) -> list[Finding]:
    """A segment lists each keyword and each exclusion once."""
    return [
        Finding("keywords_once", segment.id, f"环节“{segment.name}”的词“{term}”写了 {count} 次")
        for segment in chain.segments
        for terms in (segment.keywords, segment.exclusions)
        for term, count in Counter(terms).items()
        if count > 1
    ]


def keywords_survive_exclusions(chain: Chain) -> list[Finding]:
    """No exclusion is contained in a keyword of its own segment: that keyword would never match."""
    return [
        Finding("keywords_survive_exclusions", segment.id, f"环节“{segment.name}”的排除词“{term}”使关键词“{word}”失效")
        for segment in chain.segments
        for term in segment.exclusions
        for word in segment.keywords
        if term in word
    ]


def keywords_told_apart(chain: Chain) -> list[Finding]:
    """A keyword of one segment inside a keyword of another needs an exclusion that tells them apart.

    “铁粉” also finds “还原铁粉”: the segment with the shorter word must exclude a term that the longer word
    contains. Two equal words need, in either segment, an exclusion that contains the word.
    """
    return [
        Finding("keywords_told_apart", short.id, _shared_message(short, word, other, longer))
        for short in chain.segments
        for other in chain.segments
        if short.id != other.id
        for word in short.keywords
        for longer in other.keywords
        if word in longer and not _told_apart(short, word, other, longer)
    ]


def _told_apart(short: Segment, word: str, other: Segment, longer: str) -> bool:
    if word == longer:
        return any(word in term for term in (*short.exclusions, *other.exclusions))
    return any(term in longer for term in short.exclusions)


def _shared_message(short: Segment, word: str, other: Segment, longer: str) -> str:
    return (
        f"环节“{short.name}”的关键词“{word}”也会命中环节“{other.name}”的“{longer}”，"
        f"请在“{short.name}”里加排除词“{longer}”或换更具体的词"
    )


def no_vague_segment(chain: Chain) -> list[Finding]:
    """No segment is named 其他, 相关 …, 平台 or the like: a leaf must be specific enough to search for."""
    return [
        Finding("no_vague_segment", segment.id, f"环节名“{segment.name}”太笼统，无法据以寻找企业")
        for segment in chain.segments
        if _VAGUE.search(segment.name)
    ]


def definitions_bounded(chain: Chain) -> list[Finding]:
    """A definition also says what does not count (不算, 不含 …)."""
    return [
        Finding("definitions_bounded", segment.id, f"环节“{segment.name}”的定义没有说明什么不算")
        for segment in chain.segments
        if not _BOUNDARY.search(segment.definition)
    ]


def rare_explained(chain: Chain) -> list[Finding]:
    """A segment marked rare gives a reason, not just a mark."""
    return [
        Finding("rare_explained", segment.id, f"环节“{segment.name}”标为稀有，但“{segment.rare}”不是理由")
        for segment in chain.segments
        if segment.rare and len(segment.rare) < 6
    ]


def nothing_unfilled(chain: Chain) -> list[Finding]:
    """Nothing is left to be filled in."""
    said = [(chain.id, f"产业链“{chain.name}”的定义", chain.definition)]
    for segment in chain.segments:
        said.append(
            (
                segment.id,
                f"环节“{segment.name}”的名称、小组和关键词",
                " ".join((segment.name, segment.group, *segment.keywords)),
            )
        )
        said.append((segment.id, f"环节“{segment.name}”的定义", segment.definition))
        said.append((segment.id, f"环节“{segment.name}”的关键性理由", segment.criticality.reason))
    return [Finding("nothing_unfilled", row, f"{what}还没有填写") for row, what, text in said if UNFILLED in text]


Check = Callable[[Chain], list[Finding]]

CHECKS: tuple[Check, ...] = (
    ids_unique,
    names_unique,
    stages_exist,
    sources_exist,
    edges_exist,
    no_self_edge,
    no_cycle,
    weights_bounded,
    no_orphan,
    stages_reachable,
    no_one_character_keyword,
    keywords_once,
    keywords_survive_exclusions,
    keywords_told_apart,
    no_vague_segment,
    definitions_bounded,
    rare_explained,
    nothing_unfilled,
)


def codes_exist(chain: Chain, codes: Collection[str]) -> list[Finding]:
    """Every GB/T 4754 code of a segment is one of ``codes``, the official table."""
    return [
        Finding("codes_exist", segment.id, f"环节“{segment.name}”的行业代码 {code} 不在 GB/T 4754 里")
        for segment in chain.segments
        for code in segment.gb4754
        if code not in codes
    ]


def check_chain(chain: Chain, codes: Collection[str] | None = None) -> list[Finding]:
    """All findings on one chain, in the order of CHECKS; codes are checked where their table is given."""
    findings = [finding for check in CHECKS for finding in check(chain)]
    return findings if codes is None else findings + codes_exist(chain, codes)


def ids_unique_across(chains: Sequence[Chain]) -> list[Finding]:
    """A segment id belongs to one chain only, so that a firm or project can refer to it by id."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for chain in chains:
        for segment in chain.segments:
            owners[segment.id].add(chain.id)
    return [
        Finding("ids_unique_across", row, f"环节 id {row} 出现在多条链里：{'、'.join(sorted(found))}")
        for row, found in owners.items()
        if len(found) > 1
    ]


def ids_kept(old_ids: Iterable[str], chain: Chain) -> list[Finding]:
    """Ids once published stay: facts refer to them. Lists the ids that the chain no longer has."""
    present = {segment.id for segment in chain.segments}
    return [
        Finding("ids_kept", row, f"环节 id {row} 已被引用，新版本里却没有") for row in sorted(set(old_ids) - present)
    ]


def references_kept(chain: Chain, others: Iterable[Chain]) -> list[Finding]:
    """Segments that other chains refer to stay. Lists those that the chain no longer has of its own."""
    present = {segment.id for segment in chain.segments if not segment.shared_from}
    return [
        Finding("references_kept", one.segment, f"环节 id {one.segment} 被产业链“{other.name}”引用，新版本里却没有")
        for other in others
        for one in other.shared
        if one.package == chain.id and one.segment not in present
    ]
