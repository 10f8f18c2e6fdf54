"""Where and when a firm founded others: a map, bars by year, and the same in a sentence."""

from __future__ import annotations

import streamlit as st

from pages import cached, cached_firm, cached_regions
from pages.components.frame import nothing, section
from pages.components.html import esc
from pages.components.region_map import show_region_map
from pages.figures.spread import spread_shading, year_chart
from services.firm_spread import INFERRED, RECORDED, by_city, by_year


def show(firm_id: str) -> None:
    """Draw them."""
    rows = cached_firm.spread(firm_id)
    found = rows.kind.value_counts()
    said = f"登记的分支与投资企业 {found.get(RECORDED, 0):,} 家，推断的同字号企业 {found.get(INFERRED, 0):,} 家"
    section("在各地、各年的布局", said)
    if rows.empty:
        nothing("没有查到它在外地的企业：没有登记分支或投资企业，也没有推断出同字号企业；没有登记不等于没有。")
        return
    cities, years = by_city(rows), by_year(rows)
    nowhere, undated = int(rows.city_code.isna().sum()), int(rows.year.isna().sum())
    told = f"{len(rows):,} 家分布在 {len(cities)} 个地市"
    missing = f"所在地不明 {nowhere} 家、年份不明 {undated} 家未画出"
    left, right = st.columns([1.5, 1])
    with left:
        names = cached_regions.city_names()
        shading = spread_shading(cities, names, cached_regions.counted_cities())
        show_region_map(shading, f"地图：{told}", chosen=None, home=cached.context().home.city_code)
    with right:
        config = {"displayModeBar": False}
        if years.empty:
            st.html('<p class="lt-note">年份都不明，没有画出。</p>')
        else:
            st.plotly_chart(year_chart(years), theme=None, key="year_chart", config=config, alt=f"条形图：{said}，按年")
        st.html(f'<p class="lt-note">{esc(told)}；{esc(missing)}。推断的依据见“同字号企业”。</p>')
