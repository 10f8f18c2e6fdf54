"""Weights and filters of the list of targets, all of them in the address."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.targets import TargetParams
from pages.components.chain_bar import ALL
from pages.components.url import choose, switch, type_in
from pages.components.weights import weigh
from services.loop import Params


def weights() -> Params:
    """Parameters with the weights of the address."""
    default = TargetParams()
    return Params(target=replace(default, weights=weigh("targets", default.weights)))


def filtered(found: pd.DataFrame) -> pd.DataFrame:
    """The targets under the filters of the address."""
    one, two, three, four = st.columns([1.4, 1.4, 1, 1.6], vertical_alignment="bottom")
    with one:
        text = type_in("名称或经营内容包含", "q", placeholder="如：轴承")
    with two:
        provinces = _province(found).value_counts()
        options = {ALL: f"全国（{len(found):,}）", **{name: f"{name}（{n:,}）" for name, n in provinces.items()}}
        province = choose("所在省份", "province", options, resets=("p",))
    with three:
        listed = switch("只看上市", "listed")
    with four:
        growing = switch(
            "只看有外地扩张",
            "growing",
            help="登记有外地的分支机构或投资企业，或推断有设在外地的同字号企业，说明在向外扩张",
        )
    kept = pd.Series(True, index=found.index)
    if text:
        kept &= found.name.str.contains(text, regex=False) | found.evidence.fillna("").str.contains(text, regex=False)
    kept &= (_province(found) == province) | (province == ALL)
    kept &= found.stock_code.notna() | (not listed)
    kept &= found.expansion.notna() | (not growing)
    return found[kept].reset_index(drop=True)


def _province(found: pd.DataFrame) -> pd.Series:
    return (
        found.region.fillna("所在地不明")
        .str.extract(r"^(.+?(?:省|自治区|特别行政区|市))", expand=False)
        .fillna("所在地不明")
    )
