"""The chain map as a file: what an offline map says of every segment, and the drawing in each format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.coverage import NO_REGISTER
from analysis.labels import Label
from chains.model import Chain
from chains.words import STAGES
from data.store import Store
from exports.chain_map.cards import Beside
from exports.chain_map.group_card import Folding
from exports.chain_map.offline import Line, Panel, offline_map
from exports.chain_map.picture import sheet, standing_alone
from exports.chain_map.svg import chain_svg
from exports.formats import decimal, is_missing, percent
from services.context import Context
from services.firm import segment_firms
from services.loop import ChainState, targets_of
from services.ties import read_ties

Ranked = Callable[[str], pd.DataFrame]

FORMATS: dict[str, str] = {
    ".html": "离线网页",
    ".pdf": "A3 版面",
    ".png": "图片",
    ".svg": "矢量图",
}
WIDTHS = {".html": 1500, ".pdf": 1840, ".png": 1840, ".svg": 1840}
SHOWN = 8
"""Firms listed of a kind in a panel."""


class WrongMapFormat(ValueError):
    """A file name that says no format of the map."""

    def __init__(self, suffix: str) -> None:
        known = "、".join(f"{key}（{word}）" for key, word in FORMATS.items())
        super().__init__(f"链图不能存成“{suffix or '没有扩展名的文件'}”；可用：{known}")


@dataclass(frozen=True)
class Look:
    """How the map looks besides its labels: what is said of it (told, in short), what stands beside, what is folded."""

    told: tuple[str, ...] = ()
    beside: Beside | None = None
    folding: Folding | None = None


def map_file(
    store: Store,
    chain: Chain,
    context: Context,
    state: ChainState,
    suffix: str,
    ranked: Ranked | None = None,
    look: Look = Look(),
) -> bytes:
    """The map of a chain as a file of a format.

    Parameters
    ----------
    suffix : .html, .pdf, .png or .svg
    ranked : segment id → its targets, best first, where they are kept; worked out from the store unless given
    look : as on the screen; the page to click (.html) always shows every segment

    Raises
    ------
    WrongMapFormat : another suffix; NoFont : PDF and PNG want a Chinese font
    """
    if suffix not in FORMATS:
        raise WrongMapFormat(suffix)
    folding = None if suffix == ".html" else look.folding
    svg = chain_svg(
        chain,
        state.labels,
        lambda segment_id: f"#{segment_id}",
        WIDTHS[suffix],
        beside=look.beside,
        folding=folding,
    )
    title = f"{context.home.full_name} · {chain.name}产业链图"
    notes = [context.caption, f"对照基准：{state.benchmark}", *look.told]
    if suffix == ".svg":
        return standing_alone(svg).encode("utf-8")
    if suffix == ".html":
        ranked = ranked or _ranking(store, chain, context, state)
        panels = {segment.id: _panel(store, chain, context, state, segment.id, ranked) for segment in chain.segments}
        return offline_map(chain, svg, panels, title, notes, state.summary(chain, context)).encode("utf-8")
    return sheet(svg, title, notes, "pdf" if suffix == ".pdf" else "png")


def _ranking(store: Store, chain: Chain, context: Context, state: ChainState) -> Ranked:
    ties = read_ties(store, context.home)
    return lambda segment_id: targets_of(store, chain, segment_id, context, state.params, ties)


def _panel(store: Store, chain: Chain, context: Context, state: ChainState, segment_id: str, ranked: Ranked) -> Panel:
    row = state.labels.set_index("segment_id").loc[segment_id]
    segment, gap = chain.segment(segment_id), row.label in (Label.WEAK, Label.MISSING)
    lists = [("本地企业", _local(store, chain, context, segment_id))]
    if gap:
        lists.insert(0, ("目标企业", _targets(context, state, ranked(segment_id))))
    lists += [("签约项目", _projects(state, segment_id)), *_neighbours(chain, state, segment_id)]
    return Panel(
        segment.name,
        f"{row.stage_name} · {row.group} · {segment.definition}",
        str(row.label),
        bool(row.critical),
        f"{row.reason}。{_gap(state, segment_id)}",
        _facts(row, context),
        tuple(lists),
    )


def _gap(state: ChainState, segment_id: str) -> str:
    found = state.gaps[state.gaps.segment_id == segment_id]
    if found.empty:
        return ""
    gap = found.iloc[0]
    return f"{gap.action}，优先级 {decimal(gap.priority, 0)}：{gap.gap_reason}。"


def _facts(row: pd.Series, context: Context) -> tuple[tuple[str, str], ...]:
    signed = NO_REGISTER if is_missing(row.nominal) else f"{int(row.nominal)} 个，其中有效 {int(row.effective)} 个"
    return (
        ("本地 / 应有", f"{int(row.n_local):,} / {decimal(row.expected)} 家"),
        (
            "规模加权",
            f"区位商 {decimal(row.lq_size, 2)}（{decimal(row.lq_size_low, 2)}–{decimal(row.lq_size_high, 2)}）",
        ),
        ("证据等级", str(row.tier)),
        ("签约项目", signed),
        ("数据截至", context.span),
        ("来源", "、".join(context.sources)),
    )


def _local(store: Store, chain: Chain, context: Context, segment_id: str) -> tuple[Line, ...]:
    found = segment_firms(store, chain.id, segment_id, context.home.where_sql, context.home.params)
    sure = found[found.verdict == "confirmed"]
    lines = [
        Line(str(one.name_), note=_evidence(one.evidence))
        for one in sure.rename(columns={"name": "name_"}).head(SHOWN).itertuples()
    ]
    more = [Line(f"共 {len(sure)} 家")] if len(sure) > SHOWN else []
    return (*lines, *more)


def _evidence(text: object) -> str:
    return "" if is_missing(text) else str(text)[:80]


def _targets(context: Context, state: ChainState, targets: pd.DataFrame) -> tuple[Line, ...]:
    top = state.explain(targets.head(SHOWN), context)
    return tuple(
        Line(str(row["name"]), f"{decimal(row['score'], 0)} 分", str(row["reason"])) for row in top.to_dict("records")
    )


def _projects(state: ChainState, segment_id: str) -> tuple[Line, ...]:
    found = state.coverage.projects[state.coverage.projects.segment_id == segment_id]
    return tuple(
        Line(str(row["name"]), "阶段不明" if is_missing(row["stage"]) else STAGES[row["stage"]])
        for row in found.to_dict("records")
    )


def _neighbours(chain: Chain, state: ChainState, segment_id: str) -> list[tuple[str, tuple[Line, ...]]]:
    names = state.labels.set_index("segment_id")["name"]
    needs = [(edge.supplier, edge.weight) for edge in chain.edges if edge.user == segment_id]
    serves = [(edge.user, edge.weight) for edge in chain.edges if edge.supplier == segment_id]
    return [
        (
            title,
            tuple(
                Line(names[key], percent(weight), segment=key) for key, weight in sorted(found, key=lambda one: -one[1])
            ),
        )
        for title, found in (("供应来源（占外购）", needs), ("供应去向（占对方外购）", serves))
    ]
