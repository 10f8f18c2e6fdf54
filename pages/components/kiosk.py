"""The big screen (``?kiosk=1``): one chain after the other, dark and large, nothing to operate, new data as they come."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analysis.coverage import NO_REGISTER
from chains.model import Chain
from exports.formats import decimal, is_missing, percent
from exports.theme import LABEL_STYLES
from pages import cached
from pages.components.html import esc
from pages.components.url import here, param
from services.loop import ChainState

PARAMETER = "kiosk"
SECONDS = 20
"""How long a chain stays."""
MOST_URGENT = 6
"""Gaps shown beside the stages."""
_TURN = "kiosk_turn"


def is_kiosk() -> bool:
    """Whether the address asks for the big screen."""
    return param(PARAMETER) == "1"


@st.fragment(run_every=SECONDS)
def kiosk() -> None:
    """One chain; the next one each time this part runs again, which it does by itself. Raises NotMatched."""
    chains = cached.matched()
    first = next((at for at, chain in enumerate(chains) if chain.id == param("chain")), 0)
    turn = int(st.session_state.get(_TURN, 0))
    st.session_state[_TURN] = turn + 1
    chain = chains[(first + turn) % len(chains)]
    st.html(screen(chain, cached.state(chain.id), (first + turn) % len(chains), len(chains)))


def screen(chain: Chain, state: ChainState, at: int, n_chains: int) -> str:
    """The screen of a chain as HTML; ``at`` its place among those shown, from 0."""
    context = cached.context()
    leave = (
        f'<a class="lt-kiosk-leave" data-nav="" data-close="" href="{esc(here("chain_map", kiosk=None))}">退出大屏</a>'
    )
    dots = "".join(f'<i class="{"lt-here" if one == at else ""}"></i>' for one in range(n_chains))
    return (
        f'<section class="lt-kiosk" data-chain="{esc(chain.id)}">{leave}'
        f"<header><div><h1>{esc(chain.name)}</h1><p>{esc(context.caption)}</p></div>"
        f'<div class="lt-kiosk-dots" aria-hidden="true">{dots if n_chains > 1 else ""}</div></header>'
        f"{_figures(state)}<main>{_stages(chain, state)}{_urgent(state)}</main></section>"
    )


def _figures(state: ChainState) -> str:
    whole, known, counts = state.coverage.whole.iloc[0], state.coverage.known, state.counts
    gaps = int(whole.n_gaps)
    figures = [
        ("整体", LABEL_STYLES[str(state.presence.label)].word, f"对照{state.benchmark}"),
        ("完整度", percent(state.completeness[0]), "可判断环节中“一般”以上"),
        ("缺口", f"{gaps} 个", f"缺失 {counts['missing']}，薄弱 {counts['weak']}"),
        ("有效覆盖", _share(gaps, whole.effective_share), "项目已开工或到资" if known else NO_REGISTER),
    ]
    return (
        '<dl class="lt-kiosk-figures">'
        + "".join(
            f"<div><dt>{word}</dt><dd><b>{esc(value)}</b><span>{esc(note)}</span></dd></div>"
            for word, value, note in figures
        )
        + "</dl>"
    )


def _share(n_gaps: int, covered: float | None) -> str:
    return "没有缺口" if n_gaps == 0 else percent(covered)


def _stages(chain: Chain, state: ChainState) -> str:
    """Stages in the order of the chain: how many segments of each label."""
    cells = []
    for stage in chain.stages:
        found = state.labels[state.labels.stage == stage.id].label.value_counts()
        cells.append(f"<li><h2>{esc(stage.name)}</h2><p>{_marks(found.to_dict())}</p></li>")
    return f'<ol class="lt-kiosk-stages">{"".join(cells)}</ol>'


def _marks(counts: Mapping[str, int]) -> str:
    return "".join(
        f'<span title="{style.word}">{mark(key)}<b>{int(counts[key])}</b></span>'
        for key, style in LABEL_STYLES.items()
        if counts.get(key)
    )


def mark(label: str) -> str:
    """Letter and shape of a label."""
    style = LABEL_STYLES[label]
    return f'<i class="lt-kiosk-mark lt-kiosk-{esc(label)}" role="img" aria-label="{style.word}">{style.letter}</i>'


def _urgent(state: ChainState) -> str:
    """The most urgent gaps with local firms and firms expected."""
    rows = state.gaps.sort_values("priority", ascending=False, kind="stable").head(MOST_URGENT)
    labels = state.labels.set_index("segment_id")
    items = "".join(_gap(labels.loc[segment_id]) for segment_id in rows.segment_id)
    listed = f"<ol>{items}</ol>" if items else "<p>没有缺口。</p>"
    return f'<aside class="lt-kiosk-urgent"><h2>最急的缺口<small>本地 / 应有（家）</small></h2>{listed}</aside>'


def _gap(row: pd.Series) -> str:
    local = "—" if is_missing(row.n_local) else f"{int(row.n_local):,}"
    expected = "—" if is_missing(row.expected) else decimal(row.expected)
    return f"<li>{mark(str(row.label))}<span>{esc(row['name'])}</span><b>{local} / {expected}</b></li>"
