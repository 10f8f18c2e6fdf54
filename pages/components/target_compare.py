"""Firms side by side, as the address names them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pandas as pd
import streamlit as st

from chains.model import Chain
from exports.columns import Column
from exports.formats import NO_DATA
from pages import cached, cached_search
from pages.components import picked_firms, target_filters
from pages.components.add_to_list import offer
from pages.components.chain_bar import segment_of_address
from pages.components.downloads import table_download
from pages.components.frame import empty, section
from pages.components.html import anchor, esc
from pages.components.picked_firms import MOST_COMPARED
from pages.components.url import here, link, listed
from services.firm_comparison import NOTHING, UNRANKED, Aspect, compare
from services.loop import Params

QUIET = (NO_DATA, UNRANKED, NOTHING)


def asked() -> tuple[str, ...]:
    """The firms of the address, at most MOST_COMPARED."""
    return listed("compare")[:MOST_COMPARED]


def show(firms: tuple[str, ...]) -> None:
    """Draw the comparison and the ways back."""
    rows = cached_search.described(firms)
    back = here("targets", compare=None)
    if rows.empty:
        empty("这些企业不在库里", "企业数据可能已更新；请回到名单重新勾选。", ("← 回到名单", back))
        return
    chosen = segment_of_address()
    params = target_filters.weights() if chosen else Params()
    section(
        f"并列比较 {len(rows)} 家",
        "底色标出各家不同的项；没有的写无数据，不当作零"
        + ("" if chosen else "；从一个环节的候选名单进入时，另列得分与分项"),
    )
    st.html(anchor("← 回到名单", back, "lt-go"))
    ranked = None if chosen is None else _ranked(chosen[0], chosen[1].id, firms, params)
    aspects = compare(rows, ranked, chosen[1].name if chosen else "", params.target)
    picked_firms.warn(firms)
    st.html(_table(rows, aspects))
    with st.container(horizontal=True, vertical_alignment="center"):
        offer(firms, *((chosen[0].id, chosen[1].id) if chosen else (None, None)), key="compared")
        _download(rows, aspects)


def _download(rows: pd.DataFrame, aspects: Sequence[Aspect]) -> None:
    saved = pd.DataFrame(
        [
            {"group": one.group, "title": one.title, **dict(zip(map(str, range(len(rows))), one.values, strict=True))}
            for one in aspects
        ]
    )
    titles = [Column("类别", "group", 12), Column("项目", "title", 18)]
    table_download(
        "企业比较",
        [*titles, *(Column(name, str(at), 30) for at, name in enumerate(rows.name))],
        saved,
        cached.context(),
    )


def _ranked(chain: Chain, segment_id: str, firms: tuple[str, ...], params: Params) -> pd.DataFrame:
    """Those of the firms that are targets of the segment, with ranks and reasons."""
    found = cached.targets(chain.id, segment_id, params)
    found = found[found.firm_id.isin(firms)]
    ranges = cached.rank_ranges(chain.id, segment_id, tuple(found.firm_id), params)
    return cached.state(chain.id).explain(found.join(ranges, on="firm_id"), cached.context())


def _table(rows: pd.DataFrame, aspects: Sequence[Aspect]) -> str:
    firms = list(rows.firm_id)
    heads = "".join(_head(row.firm_id, row.name_, firms) for row in rows.rename(columns={"name": "name_"}).itertuples())
    body = "".join(
        f'<tr><th scope="rowgroup" colspan="{len(firms) + 1}">{esc(group)}</th></tr>' + "".join(map(_line, lines))
        for group, lines in groupby(aspects, key=lambda one: one.group)
    )
    return (
        f'<div class="lt-table-frame lt-compare"><table class="lt-table"><thead><tr><th scope="col">项目</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _head(firm_id: str, name: str, firms: Sequence[str]) -> str:
    rest = ",".join(one for one in firms if one != firm_id)
    without = esc(here("targets", compare=rest or None))
    crossed = f'<a data-nav="stay" href="{without}" aria-label="不再比较 {esc(name)}">✕</a>'
    return f'<th scope="col">{anchor(name, link("firm", firm=firm_id))} {crossed}</th>'


def _line(one: Aspect) -> str:
    css = ' class="lt-differs"' if one.differs else ""
    return f'<tr{css}><th scope="row">{esc(one.title)}</th>{"".join(f"<td>{_cell(value)}</td>" for value in one.values)}</tr>'


def _cell(value: str) -> str:
    return f'<span class="lt-none">{esc(value)}</span>' if value in QUIET else esc(value)
