"""How many firms each keyword of a changed segment brings in, and ten of them with the evidence, before saving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from analysis.keyword_preview import KeywordPreview
from chains.changes import changes
from chains.model import Chain, Segment
from chains.words import ROLES, VERDICTS
from exports.formats import count, percent
from pages import cached
from pages.components import table
from pages.components.frame import notice, section
from pages.components.html import Tile, anchor, esc, tags, tiles
from pages.components.review_card import marked
from pages.components.table import html_table
from pages.components.url import choose, link

TOUCHING = ("added", "keywords", "edited", "renamed")
"""Changes after which a segment may find other firms."""
ALL_CHANGED = "changed"
AT_ONCE = 2


def show(base: Chain | None, chain: Chain) -> None:
    """The previews of the changed segments, or of the one that is chosen."""
    section("试算：关键词带来哪些企业", "按现有的短语词典逐条判读，尚未写入；“新”指现行版本没有确认、这一版确认的企业")
    touched = _touched(base, chain)
    names = {one.id: f"{one.name}{'（已改）' if one.id in touched else ''}" for one in chain.segments}
    ordered = {key: names[key] for key in [*touched, *(key for key in names if key not in touched)]}
    first = {ALL_CHANGED: f"全部改动的环节（{len(touched)}）"} if touched else {}
    chosen = choose("环节", "segment", {**first, **ordered})
    keys = touched[:AT_ONCE] if chosen == ALL_CHANGED else [chosen]
    before = {} if base is None else {one.id: one for one in base.segments}
    for key in keys:
        if not _one(chain.segment(key), before.get(key) if key in touched else None):
            return
    if chosen == ALL_CHANGED and len(touched) > AT_ONCE:
        st.html(f'<p class="lt-note">先试算前 {AT_ONCE} 个，其余 {len(touched) - AT_ONCE} 个请在上面逐个选择。</p>')


def _touched(base: Chain | None, chain: Chain) -> list[str]:
    """Own segments that may find other firms than before, in the order of the chain."""
    if base is None:
        return []
    found = {one.segments[0] for one in changes(base, chain) if one.kind in TOUCHING}
    return [one.id for one in chain.segments if one.id in found and not one.shared_from]


def _one(segment: Segment, former: Segment | None) -> bool:
    """One segment; False where there is no dictionary to read."""
    found = cached.keyword_preview(segment, former)
    if found is None:
        notice("warned", "库里还没有短语词典（或是旧版程序建的），试算不了；到数据管理做一次“重新匹配”就会建立。")
        return False
    with st.container(border=True, key=f"package_preview_{segment.id}"):
        st.html(f'<h3 class="lt-plain-head">{esc(segment.name)}</h3>{_figures(found)}')
        st.html(_keywords(found))
        st.html(_firms("十个样本", found.samples, segment))
        if found.dropped.height:
            st.html(
                _firms(
                    f"不再确认的企业（{count(found.lost)} 家中的 {found.dropped.height} 家，按现行版本的证据）",
                    found.dropped,
                    former or segment,
                )
            )
    return True


def _figures(found: KeywordPreview) -> str:
    moved = [] if found.gained is None else [
        Tile("比现行版本多确认", count(found.gained), "家"), Tile("不再确认", count(found.lost), "家"),
    ]  # fmt: skip
    return tiles(
        [
            Tile("确认", count(found.confirmed), "家", f"词典收录 {found.n_firms:,} 家企业"),
            Tile("待核", count(found.uncertain), "家"),
            Tile("仅凭企业名称确认", count(found.elsewhere), "家", "经营范围和产品里没有这些词"),
            *moved,
        ]
    )


def _keywords(found: KeywordPreview) -> str:
    columns = (
        table.text_column("关键词", "keyword", "lt-main"),
        table.count_column("写到的企业", "named"),
        table.count_column("其中确认", "confirmed"),
        table.count_column("其中待核", "uncertain"),
        table.Column("确认比例", "share", _share, "lt-num"),
        table.count_column("只靠这个词确认", "alone"),
    )
    return html_table(found.keywords.with_columns(share=pl.lit(None)).to_pandas(), columns)


def _share(row: Mapping[str, Any]) -> str:
    return percent(row["confirmed"] / row["named"]) if row["named"] else "—"


def _firms(title: str, rows: pl.DataFrame, segment: Segment) -> str:
    if rows.is_empty():
        return f'<h3 class="lt-plain-head">{esc(title)}</h3><p class="lt-note">没有一家企业确认或待核。</p>'

    def evidence(row: Mapping[str, Any]) -> str:
        return marked(str(row["evidence"]), segment.keywords)

    columns = (
        table.Column("企业", "name", _name, "lt-main"),
        table.Column("判读", "verdict", _verdict, "lt-short"),
        table.Column("把握", "score", lambda row: percent(row["score"]), "lt-num"),
        table.Column("证据", "evidence", evidence),
    )
    return f'<h3 class="lt-plain-head">{esc(title)}</h3>{html_table(rows.to_pandas(), columns)}'


def _name(row: Mapping[str, Any]) -> str:
    new = tags(["新"]) if row.get("new") else ""
    return anchor(str(row["name"]), link("firm", firm=row["firm_id"])) + new


def _verdict(row: Mapping[str, Any]) -> str:
    role = ROLES.get(str(row["role"]), "")
    return esc(VERDICTS[row["verdict"]] + (f"（{role}）" if role else ""))
