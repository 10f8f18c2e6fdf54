"""The screen of 总览: figures, chains, what changed, what waits, and the most urgent gaps."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from analysis.coverage import NO_REGISTER
from exports.formats import count, decimal
from pages import cached, cached_news
from pages.components import moments, news
from pages.components.chain_states import chain_states
from pages.components.frame import empty_box
from pages.components.html import Tile, anchor, count_link, esc, label_chip, tiles
from pages.components.legend import legend
from pages.components.row_kinds import CHANGED, WAITING
from pages.components.url import link, param
from services.loop import ChainState

SHOWN = 6
PROJECT_KINDS = ("unstarted", "unfinished", "quiet", "loose")
"""Kinds of what waits of which nothing is known without a register of projects."""


def screen(choice: str, at: datetime | None) -> str:
    """Everything below the header; changes are told since ``at``, a moment of ``pages.components.moments``."""
    states = [(chain, cached.state(chain.id)) for chain in cached.matched()]
    known = all(state.coverage.known for _, state in states)
    chains = _head("产业链") + chain_states(states) + legend()
    side = _changes(choice, at) + _waiting(known)
    gaps = _head("最紧迫、还没有签约项目的缺口") + _open_gaps(known)
    board = f'<div class="lt-board"><div>{chains}</div><div class="lt-side">{side}</div><div>{gaps}</div></div>'
    return _figures([state for _, state in states], known) + board


def _figures(states: list[ChainState], known: bool) -> str:
    projects, everywhere = cached.projects(), {"chain": "all"}
    n_segments, n_gaps = sum(len(s.labels) for s in states), sum(len(s.gaps) for s in states)
    covered = sum(s.coverage.whole.iloc[0].n_nominal for s in states)
    effective = sum(s.coverage.whole.iloc[0].n_effective for s in states)
    signed = int(projects.nominal.sum()) if known else None
    return tiles(
        [
            _tile("本地企业", cached.context().n_local, "家", link("rows", of="firms")),
            _tile("产业链", len(states), "条", link("rows", of="chains")),
            _tile("环节", n_segments, "个", link("rows", of="segments")),
            _tile("缺口（薄弱与缺失）", n_gaps, "个环节", link("gaps", **everywhere)),
            _tile("缺口已有签约项目", covered, "个", link("gaps", **everywhere, covered="yes")),
            _tile("缺口已开工或到资", effective, "个", link("gaps", **everywhere, covered="effective")),
            _tile("登记项目", len(projects) if known else None, "个", link("projects")),
            _tile("已签约项目", signed, "个", link("projects", state="nominal")),
        ]
    )


def _tile(word: str, n: object, unit: str, href: str) -> Tile:
    return Tile(word, count(n), unit, href=href, counts=True)


def _head(title: str, beside: str = "") -> str:
    return f'<div class="lt-section"><h2>{esc(title)}</h2>{beside}</div>'


def _changes(choice: str, at: datetime | None) -> str:
    if at is None:
        return _head("有什么变化") + empty_box("还没有导入过数据", "导入企业或项目之后，这里列出变化。", _TO_DATA)
    body = news.lines(CHANGED, since=param("since")) + news.untold(
        CHANGED["labels"].title, cached_news.changes(at).untold
    )
    return f'{_head("有什么变化", news.ways(choice))}<div class="lt-card-box lt-news"><p class="lt-note">{esc(moments.said(choice, at))}</p>{body}</div>'


def _waiting(known: bool) -> str:
    kinds = {key: kind for key, kind in WAITING.items() if known or key not in PROJECT_KINDS}
    told = (
        ""
        if known
        else f'<p class="lt-note">{NO_REGISTER}，项目有没有进展无从判断。{anchor("去导入 →", link("data_admin"))}</p>'
    )
    return f'{_head("本周需要我")}<div class="lt-card-box lt-news">{news.lines(kinds)}{told}</div>'


def _open_gaps(known: bool) -> str:
    if not known:
        return empty_box(
            f"{NO_REGISTER}，不知道哪些缺口还没有签约项目",
            "在“数据管理”导入项目台账（Excel 或 CSV）后，这里列出还没有项目的缺口；全部缺口见缺口清单。",
            _TO_DATA,
        )
    every = cached_news.gaps()
    found = every[every.nominal == 0]
    if found.empty:
        what = "缺口都已有签约项目，或本地没有判为薄弱、缺失的环节。"
        return empty_box("没有这样的缺口", what, ("看缺口清单", link("gaps", chain="all")))
    items = "".join(_gap(row) for _, row in found.head(SHOWN).iterrows())
    total = count_link(len(found), link("gaps", chain="all", covered="no"))
    return f'<div class="lt-card-box lt-panel"><ol>{items}</ol><p class="lt-note">共 {total} 个</p></div>'


def _gap(row: pd.Series) -> str:
    opened = anchor(row["name"], link("chain_map", chain=row.chain_id, segment=row.segment_id))
    return (
        f'<li><span class="lt-line"><span>{label_chip(row.label)}　{opened}<span class="lt-note">　{esc(row.chain_name)}</span></span>'
        f'<b title="优先级">{decimal(row.priority, 0)}</b></span><small>{esc(row.gap_reason)}</small></li>'
    )


_TO_DATA = ("去数据管理", link("data_admin"))
