"""Where the candidates of a segment are, behind a title that opens."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.regions import region_names
from pages import cached
from pages.components.html import esc, plain
from pages.figures.city_chart import city_chart, city_counts, told


def show_cities(targets: pd.DataFrame) -> None:
    """Bars of the prefectures with most of the firms listed; nothing where no firm's prefecture is known."""
    codes = [str(code) for code in targets.city_code.dropna().unique()]
    counts = city_counts(targets, region_names(cached.store(), codes))
    if counts.empty:
        return
    caption = told(counts, len(targets))
    with st.expander(
        f"候选企业在哪些地市：{plain(counts.city.iloc[0])}最多（{counts.n.iloc[0]:,} 家）", icon=":material/bar_chart:"
    ):
        st.plotly_chart(
            city_chart(counts), theme=None, key="city_chart", config={"displayModeBar": False}, alt=f"条形图：{caption}"
        )
        st.html(f'<p class="lt-note">{esc(caption)}</p>')
