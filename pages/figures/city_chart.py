"""In which prefectures a segment's candidate firms are: horizontal bars (plotly)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from exports.theme import COLOURS, FONT

MOST = 12
"""Prefectures in the chart."""
BAR = 30
_HOVER = (
    "<b>%{y}</b><br>候选企业 %{x:,} 家，占全部 %{customdata[0]:.1%}<br>其中上市 %{customdata[1]:,} 家<extra></extra>"
)


def city_counts(targets: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Candidates by prefecture, most first: city_code, city, n, share of all candidates (0–1), n_listed.

    Firms whose prefecture is unknown are in no row, but in the whole that ``share`` is of.

    Parameters
    ----------
    targets : one row a firm: firm_id, city_code, stock_code (missing where unlisted)
    names : prefecture code → name; a code without name stands for itself
    """
    known = targets[targets.city_code.notna()]
    rows = known.groupby("city_code", as_index=False).agg(n=("firm_id", "size"), n_listed=("stock_code", "count"))
    rows = rows.assign(
        city=[names.get(code, str(code)) for code in rows.city_code],
        share=rows.n / max(len(targets), 1),
    )
    ordered = rows.sort_values(["n", "n_listed", "city_code"], ascending=[False, False, True], ignore_index=True)
    return ordered[["city_code", "city", "n", "share", "n_listed"]]


def city_chart(counts: pd.DataFrame) -> go.Figure:
    """Bars of the first ``MOST`` rows of :func:`city_counts`, the longest on top."""
    rows = counts.head(MOST)
    bars = go.Bar(
        x=rows.n.tolist(),
        y=[_shown(name) for name in rows.city],
        customdata=list(zip(rows.share.tolist(), rows.n_listed.tolist(), strict=True)),
        orientation="h",
        text=[f"{n:,}" for n in rows.n],
        textposition="outside",
        cliponaxis=False,
        marker={"color": COLOURS["brand"], "line": {"width": 0}},
        hovertemplate=_HOVER,
    )
    figure = go.Figure(bars)
    figure.update_layout(
        height=BAR * len(rows) + 20,
        margin={"l": 8, "r": 48, "t": 8, "b": 8},
        bargap=0.35,
        paper_bgcolor=COLOURS["card"],
        plot_bgcolor=COLOURS["card"],
        font={"family": FONT, "size": 13, "color": COLOURS["text"]},
        hoverlabel={
            "align": "left",
            "font": {"family": FONT, "size": 13, "color": COLOURS["card"]},
            "bgcolor": COLOURS["ink"],
        },
        xaxis={"rangemode": "tozero", "visible": False, "fixedrange": True},
        yaxis={"autorange": "reversed", "automargin": True, "fixedrange": True, "type": "category", "ticksuffix": "  "},
    )
    return figure


def told(counts: pd.DataFrame, n_all: int) -> str:
    """The chart in one sentence: 前 12 个地市，共 128 家候选企业，占全部 310 家的 41%；另有 3 家所在地不明。"""
    rows = counts.head(MOST)
    shown, unknown = int(rows.n.sum()), n_all - int(counts.n.sum())
    which = f"前 {MOST} 个地市" if len(counts) > MOST else f"{len(rows)} 个地市"
    part = f"，占全部 {n_all:,} 家的 {shown / n_all:.0%}" if shown < n_all else ""
    return f"{which}，共 {shown:,} 家候选企业{part}" + (f"；另有 {unknown:,} 家所在地不明" if unknown else "")


def _shown(name: str) -> str:
    """A name as text: plotly reads some tags in labels."""
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
