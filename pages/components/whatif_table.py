"""How a what-if is shown: figures and segments, each before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis.whatif import MOVED
from exports.formats import NO_DATA, count, decimal, is_missing, percent
from pages.components import table
from pages.components.html import Tile, anchor, esc, label_chip, spread_bar, tiles
from pages.components.url import link
from services.loop import ChainState
from services.whatif import WhatIf

ARROW = '<span class="lt-arrow" aria-label="变为">→</span>'


def figures(found: WhatIf) -> str:
    """Completeness, gaps and coverage before and after as tiles."""
    one, other = found.before, found.after
    known = other.coverage.known
    before, after = one.coverage.whole.iloc[0], other.coverage.whole.iloc[0]
    shown = [
        Tile("完整度", _moved(one.completeness[0], other.completeness[0], percent), note=_unjudged(one, other)),
        Tile("缺口", _moved(before.n_gaps, after.n_gaps, count), "个"),
        *(
            Tile(word, _moved(before[f"{kind}_share"], after[f"{kind}_share"], percent), note=_by_priority(before, after, kind, known))
            for word, kind in (("名义覆盖率", "nominal"), ("有效覆盖率", "effective"))
        ),
    ]  # fmt: skip
    return tiles(shown)


def bars(found: WhatIf) -> str:
    """The labels before and after as bars; nothing where they are as many of each."""
    if found.before.counts == found.after.counts:
        return ""
    rows = "".join(
        f"<dt>{word}</dt><dd>{spread_bar(state.counts)}</dd>"
        for word, state in (("现在", found.before), ("推演", found.after))
    )
    return f'<dl class="lt-facts lt-before-after">{rows}</dl>'


def columns(chain_id: str) -> tuple[table.Column, ...]:
    """Columns of the table of segments."""

    def name(row: Mapping[str, Any]) -> str:
        opened = anchor(row["name"], link("chain_map", chain=chain_id, segment=row["segment_id"]))
        return f'{opened}<span class="lt-sub">{esc(row["stage_name"])}</span>'

    return (
        table.Column("环节", "name", name, "lt-main"),
        table.Column("判定", "label_after", _labels, "lt-short"),
        table.Column("本地企业", "n_local_after", _firms, "lt-num"),
        table.Column("区位商", "lq_after", lambda row: _cell(row, "lq", lambda value: decimal(value, 2)), "lt-num"),
        table.Column("签约", "nominal_after", lambda row: _cell(row, "nominal", count), "lt-num"),
        table.Column("有效", "effective_after", lambda row: _cell(row, "effective", count), "lt-num"),
        table.Column("优先级", "priority_after", _priority, "lt-num"),
        table.Column("优先级变化", "priority_change", _change, "lt-num"),
    )


def _moved(before: Any, after: Any, show: Callable[[Any], str]) -> str:
    one, other = (NO_DATA if is_missing(value) else show(value) for value in (before, after))
    return one if one == other else f"{one} → {other}"


def _unjudged(one: ChainState, other: ChainState) -> str:
    return f"数据不足 {_moved(one.completeness[1], other.completeness[1], count)} 个"


def _by_priority(before: pd.Series, after: pd.Series, kind: str, known: bool) -> str:
    key = f"{kind}_priority_share"
    return f"按优先级 {_moved(before[key], after[key], percent)}" if known else "未导入项目台账"


def _labels(row: Mapping[str, Any]) -> str:
    after = label_chip(row["label_after"])
    if row["label_before"] == row["label_after"]:
        return after
    return f'<span class="lt-row lt-from-to">{label_chip(row["label_before"])}{ARROW}{after}</span>'


def _cell(row: Mapping[str, Any], key: str, show: Callable[[Any], str]) -> str:
    one, other = (
        "" if is_missing(row[f"{key}_{when}"]) else show(row[f"{key}_{when}"]) for when in ("before", "after")
    )
    if not one and not other:
        return f'<span class="lt-none">{NO_DATA}</span>'
    return esc(other) if one == other else f"{esc(one or '—')}{ARROW}<b>{esc(other or '—')}</b>"


def _firms(row: Mapping[str, Any]) -> str:
    below = (
        "" if is_missing(row["more_needed"]) else f'<span class="lt-sub">到“一般”还差 {row["more_needed"]} 家</span>'
    )
    return _cell(row, "n_local", count) + below


def _priority(row: Mapping[str, Any]) -> str:
    one, other = row["priority_before"], row["priority_after"]
    if is_missing(one) and is_missing(other):
        return '<span class="lt-none">不是缺口</span>'
    if is_missing(other):
        return f'{decimal(one)}{ARROW}<b class="lt-gone">不再是缺口</b>'
    return f"新缺口 <b>{decimal(other)}</b>" if is_missing(one) else _cell(row, "priority", decimal)


def _change(row: Mapping[str, Any]) -> str:
    change = row["priority_change"]
    if is_missing(change) or abs(change) < MOVED:
        return '<span class="lt-none">—</span>'
    return f"{'▲' if change > 0 else '▼'} {abs(change):.1f}"
