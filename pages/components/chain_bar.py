"""The chain picker and what it needs: shared by every page that is about one chain."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from chains.model import Chain, Segment
from chains.words import MEASURES
from pages import cached
from pages.components.url import choose, param
from services.judging import BENCHMARKS

ALL = "all"
BENCHMARK_HELP = "应有数按谁的比重算。同类地区：规模与产业构成最接近的十个地市，名单见“方法与可信度”页"
MEASURE_HELP = (
    "企业家数：一家算一家；规模加权：按人数、营收或注册资本的平方根计，最大算 5 家，最小算 0.2 家，不详算 1 家"
)


def pick_chain() -> Chain:
    """The chain of parameter ``chain``; choosing another drops what belonged to the old one."""
    known = {chain.id: chain for chain in cached.chains()}
    names = {chain.id: chain.name for chain in known.values()}
    return known[
        choose("产业链", "chain", names, resets=("segment", "stage", "p", "sort", "land", "start", "sign", "open"))
    ]


def pick_judging() -> tuple[str | None, str | None]:
    """Benchmark and measure of the address, to look through other glasses; None where the place's own holds."""
    own = cached.judging()
    left, right = st.columns(2)
    with left:
        names = {**BENCHMARKS, **({} if own.benchmark in BENCHMARKS else {own.benchmark: "本地所选地区"})}
        benchmark = choose("对照基准", "benchmark", names, default=own.benchmark, help=BENCHMARK_HELP)
    with right:
        measure = choose("口径", "measure", MEASURES, default=own.label.measure, help=MEASURE_HELP)
    return (
        None if benchmark == own.benchmark else benchmark,
        None if measure == own.label.measure else measure,
    )


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
