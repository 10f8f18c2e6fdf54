"""Where and when a firm founded others: shading of a region map, and bars by year (plotly)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from exports.theme import COLOURS, FONT, MAP_RAMP, MAP_ZERO
from pages.figures.region_shading import NAMED, Shading, lower_bounds

HEIGHT = 300
STYLES = {"登记": COLOURS["brand"], "推断": "#9db8d2"}
SPAN = 10
"""Years that the axis shows at least."""


def spread_shading(counts: pd.DataFrame, names: Mapping[str, str], counted: Collection[str]) -> Shading:
    """Areas by number of the firm's own firms; of a prefecture that is not ``counted`` nothing is known.

    counts : rows of ``services.firm_spread.by_city``; names : full name by prefecture code
    """
    bounds = lower_bounds(int(counts.n.max()) if len(counts) else 1)
    ends = np.linspace(0, len(MAP_RAMP) - 1, len(bounds)) if len(bounds) > 1 else [2]
    ramp = [MAP_RAMP[round(at)] for at in ends]
    areas: dict[str, dict[str, object]] = {
        code: {"fill": MAP_ZERO, "tip": [names.get(code, code), "没有查到它的企业"]} for code in sorted(counted)
    }
    for row in counts.itertuples():
        fill = ramp[int(np.searchsorted(bounds, row.n, side="right")) - 1]
        told = f"它的企业 {row.n:,} 家：登记 {row.n_recorded:,} 家，推断 {row.n - row.n_recorded:,} 家"
        areas[row.city_code] = {"fill": fill, "tip": [names.get(row.city_code, row.city_code), told]}
    highs = [*(bound - 1 for bound in bounds[1:]), None]
    words = [_class(low, high) for low, high in zip(bounds, highs, strict=True)]
    return Shading(areas, ((MAP_ZERO, "没有查到"), *zip(ramp, words, strict=True)), tuple(counts.city_code.head(NAMED)))


def _class(low: int, high: int | None) -> str:
    if high is None:
        return f"{low:,} 家以上"
    return f"{low:,} 家" if low == high else f"{low:,}–{high:,} 家"


def year_chart(years: pd.DataFrame) -> go.Figure:
    """Firms by year of founding, recorded ones below inferred ones.

    years : rows of ``services.firm_spread.by_year``
    """
    figure = go.Figure()
    for kind, colour in STYLES.items():
        rows = years[years.kind == kind]
        if rows.empty:
            continue
        figure.add_bar(
            x=rows.year.astype(int), y=rows.n.astype(int), name=kind, marker={"color": colour},
            hovertemplate=f"%{{x}} 年：{kind} %{{y:,}} 家<extra></extra>",
        )  # fmt: skip
    figure.update_layout(
        barmode="stack", height=HEIGHT, margin={"l": 8, "r": 8, "t": 8, "b": 8}, font={"family": FONT, "size": 13},
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", bargap=0.15,
        legend={"orientation": "h", "y": 1.12, "x": 0}, showlegend=True,
    )  # fmt: skip
    last, most = int(years.year.max()), int(years.groupby("year").n.sum().max())
    first = min(int(years.year.min()), last - SPAN + 1)
    figure.update_xaxes(range=[first - 0.5, last + 0.5], tickformat="d", automargin=True, fixedrange=True)
    figure.update_yaxes(
        title="家", tickformat=",d", rangemode="tozero", automargin=True, gridcolor=COLOURS["line"], fixedrange=True,
        **({"dtick": 1} if most <= 5 else {}),
    )  # fmt: skip
    return figure
