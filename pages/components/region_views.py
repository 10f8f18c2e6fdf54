"""Where a segment's candidate firms are, and where in the country the segment is strong: two views of one map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from chains.words import LABELS, MEASURES
from exports.formats import is_missing
from pages import cached, cached_regions
from pages.components.html import anchor, esc, label_chip
from pages.components.region_map import show_region_map
from pages.components.table import Column, decimal_column, html_table
from pages.components.target_filters import Filtered
from pages.components.url import here, listed, param
from pages.figures.region_shading import count_shading, strength_shading

PLACES, STRENGTH = "places", "strength"
VIEWS = {None: "只看名单", PLACES: "候选企业在哪里", STRENGTH: "全国哪里强"}
"""Views by what parameter ``map`` says."""
CURRENT = ' aria-current="true"'
MOST = 12


def show_views(chain_id: str, segment_id: str, kept: Filtered) -> None:
    """The choice of a view, and the map and list of the one chosen."""
    chosen = param("map") if param("map") in VIEWS else None
    tabs = "".join(
        f'<a data-nav="stay"{CURRENT if key == chosen else ""} href="{esc(here("targets", map=key))}">{word}</a>'
        for key, word in VIEWS.items()
    )
    cleared = anchor("✕ 不限地市", here("targets", city=None, p=None)) if param("city") else ""
    st.html(f'<nav class="lt-views" aria-label="地图">{tabs}{cleared}</nav>')
    with st.container(key="region_view"):
        if chosen == PLACES:
            _places(cached_regions.places(chain_id, segment_id, kept.key, kept.anywhere))
        elif chosen == STRENGTH:
            found = cached_regions.places(chain_id, segment_id, kept.key, kept.anywhere)
            _strengths(chain_id, segment_id, found.counts)


def _places(found: cached_regions.Places) -> None:
    names, caption = cached_regions.city_names(), found.told
    left, right = st.columns([1.5, 1])
    with left:
        shading = count_shading(found.counts, names, cached_regions.counted_cities(), opens)
        show_region_map(shading, f"地图：{caption}", chosen=param("city"), home=_home(), dim=_outside(names))
    with right:
        config = {"displayModeBar": False}
        st.plotly_chart(found.chart, theme=None, key="city_chart", config=config, alt=f"条形图：{caption}")
        st.html(f'<p class="lt-note">{esc(caption)}。点地图上的地市只看那里的企业，再点一次取消。</p>')


def _strengths(chain_id: str, segment_id: str, counts: pd.DataFrame) -> None:
    names = cached_regions.city_names()
    rows = cached_regions.strength(chain_id, segment_id)
    caption = strength_told(rows)
    left, right = st.columns([1.5, 1])
    with left:
        shading = strength_shading(rows, counts, names, opens)
        show_region_map(shading, f"地图：{caption}", chosen=param("city"), home=_home(), dim=_outside(names))
    with right:
        listed = rows[rows.label != "unknown"].head(MOST)
        listed = listed.assign(name=[names.get(code, code) for code in listed.region])
        listed = listed.assign(n_targets=listed.region.map(dict(zip(counts.city_code, counts.n, strict=True))))
        st.html(html_table(listed, _columns()))
        params, context = cached.state(chain_id).params.label, cached.context()
        basis = f"按{MEASURES[params.measure]}、对照全国，{params.level:.0%} 区间下限高的在前"
        source = f"数据 {context.span}，来源：{'、'.join(context.sources) or '来源不明'}"
        st.html(f'<p class="lt-note">{esc(caption)}。{esc(basis)}。{esc(source)}。</p>')


def strength_told(rows: pd.DataFrame) -> str:
    """The strengths in one sentence: 30 个地市有企业数据：优势 3 个，一般 20 个，薄弱 4 个，缺失 1 个，数据不足 2 个."""
    found = rows.label.value_counts()
    return f"{len(rows)} 个地市有企业数据：" + "，".join(
        f"{word} {found.get(key, 0)} 个" for key, word in LABELS.items()
    )


def opens(code: str) -> str:
    """Address of the list with the firms of a prefecture; of all again where it is chosen already."""
    return here("targets", city=None if param("city") == code else code, province=None, county=None, p=None)


def _columns() -> tuple[Column, ...]:
    def city(row: Mapping[str, Any]) -> str:
        return esc(row["name"]) if is_missing(row["n_targets"]) else anchor(row["name"], opens(row["region"]))

    return (
        Column("地市", "name", city, "lt-main", sortable=False),
        Column("判定", "label", lambda row: label_chip(str(row["label"])), sortable=False),
        decimal_column("区位商", "lq", 2),
        Column("区间", "lq_low", lambda row: f"{row['lq_low']:.2f}–{row['lq_high']:.2f}", "lt-num", sortable=False),
        Column(
            "企业 / 应有",
            "n_local",
            lambda row: f"{row['n_local']:,} / {row['expected']:.1f}",
            "lt-num",
            sortable=False,
        ),
    )


def _home() -> str | None:
    return cached.context().home.city_code


def _outside(names: Mapping[str, str]) -> list[str]:
    """Prefectures beyond the provinces chosen."""
    chosen = {code[:2] for code in listed("province")}
    return [code for code in names if chosen and code[:2] not in chosen]
