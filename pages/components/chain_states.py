"""The state of every chain, one line each: every number opens the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence

from chains.model import Chain
from exports.formats import percent
from pages.components.html import anchor, count_link, esc, label_chip, spread_bar
from pages.components.url import link
from services.loop import ChainState

HEAD = ("产业链", "整体", "环节（优势、一般、薄弱、缺失、数据不足）", "完整度", "缺口", "已签约", "有效")
NUMBERS_FROM = 3


def chain_states(states: Sequence[tuple[Chain, ChainState]]) -> str:
    """A table of the chains."""
    head = "".join(f'<th scope="col"{_css(at)}>{esc(word)}</th>' for at, word in enumerate(HEAD))
    rows = "".join(_row(chain, state) for chain, state in states)
    return f'<div class="lt-table-frame"><table class="lt-table lt-chains"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _css(at: int) -> str:
    return ' class="lt-num"' if at >= NUMBERS_FROM else ""


def _row(chain: Chain, state: ChainState) -> str:
    share, _ = state.completeness
    whole = state.coverage.whole.iloc[0]

    def rows_of(label: str) -> str:
        return link("rows", of="segments", chain=chain.id, label=label)

    return (
        f'<tr><td class="lt-main">{anchor(chain.name, link("chain_map", chain=chain.id))}</td>'
        f'<td><span title="{esc(state.presence.reason)}">{label_chip(state.presence.label)}</span></td>'
        f'<td class="lt-wide">{spread_bar(state.counts, rows_of)}</td>'
        f'<td class="lt-num" title="可判断的环节中“一般”以上的比例">{percent(share)}</td>'
        f'<td class="lt-num">{count_link(whole.n_gaps, link("gaps", chain=chain.id))}</td>'
        f'<td class="lt-num">{count_link(whole.n_nominal, link("gaps", chain=chain.id, covered="yes"))}</td>'
        f'<td class="lt-num">{count_link(whole.n_effective, link("gaps", chain=chain.id, covered="effective"))}</td></tr>'
    )
