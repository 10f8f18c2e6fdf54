"""Weights and filters of the list of targets, all of them in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analysis.targets import TargetParams
from pages import cached_regions
from pages.components.chain_bar import ALL
from pages.components.url import choose, param, switch, type_in
from pages.components.weights import weigh
from pages.figures.region_shading import province_of
from services.loop import Params

GROWING = "登记有外地的分支机构或投资企业，或推断有设在外地的同字号企业，说明在向外扩张"


def weights() -> Params:
    """Parameters with the weights of the address."""
    default = TargetParams()
    return Params(target=replace(default, weights=weigh("targets", default.weights)))


@dataclass(frozen=True)
class Filtered:
    """Targets under the filters of the address: those of the place chosen, and those of any place.

    key : the filters other than the place; with chain and segment it says which firms ``anywhere`` holds
    """

    here: pd.DataFrame
    anywhere: pd.DataFrame
    key: tuple[str, bool, bool]


def filtered(found: pd.DataFrame) -> Filtered:
    """The targets under the filters of the address. The place comes last: its choices tell how many rows they leave."""
    with st.container(key="target_filters"):
        one, two, three, four, five = st.columns([1.3, 1.2, 1.4, 0.9, 1.3], vertical_alignment="bottom")
    with one:
        text = type_in("名称或经营内容包含", "q", placeholder="如：轴承")
    said = _says(found, text)
    is_listed, grows = said & found.stock_code.notna(), said & found.expansion.notna()
    with four:
        listed = switch(f"只看上市（{(is_listed & grows if _on('growing') else is_listed).sum():,}）", "listed")
    with five:
        n_growing = (is_listed & grows if _on("listed") else grows).sum()
        growing = switch(f"只看有外地扩张（{n_growing:,}）", "growing", help=GROWING)
    kept = said & (is_listed | (not listed)) & (grows | (not growing))
    anywhere = found[kept].reset_index(drop=True)
    with two:
        within = _in_province(anywhere)
    with three:
        return Filtered(_in_city(within), anywhere, (text, listed, growing))


def _says(found: pd.DataFrame, text: str) -> pd.Series:
    """Whether name or evidence contains the text."""
    if not text:
        return pd.Series(True, index=found.index)
    return found.name.str.contains(text, regex=False) | found.evidence.fillna("").str.contains(text, regex=False)


def _on(name: str) -> bool:
    return param(name) == "1"


def _in_province(rows: pd.DataFrame) -> pd.DataFrame:
    provinces = province_of(rows.region)
    counts = provinces.value_counts()
    options = {ALL: f"全国（{len(rows):,}）", **{name: f"{name}（{n:,}）" for name, n in counts.items()}}
    asked = param("province")
    if asked is not None and asked not in options and asked in cached_regions.provinces():
        options[asked] = f"{asked}（0）"
    chosen = choose("所在省份", "province", options, resets=("p", "city"))
    return rows if chosen == ALL else rows[provinces == chosen].reset_index(drop=True)


def _in_city(rows: pd.DataFrame) -> pd.DataFrame:
    names = cached_regions.city_names()
    counts = rows.city_code.value_counts()
    options = {ALL: f"全部地市（{len(rows):,}）"}
    options |= {code: f"{names.get(code, code)}（{n:,}）" for code, n in counts.items()}
    asked = param("city")
    if asked is not None and asked in names:
        options.setdefault(asked, f"{names[asked]}（0）")
    chosen = choose("所在地市", "city", options, resets=("p",))
    return rows if chosen == ALL else rows[rows.city_code == chosen].reset_index(drop=True)
