"""How past catalogues did, by the score of their firms: projects that followed, and answers brought home from visits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analysis.validation.catalogues import BANDS, MIN_DAYS
from exports.formats import NO_DATA, percent
from pages import cached
from pages.cached_drawn import read
from pages.components import table
from pages.components.frame import section
from pages.components.html import esc
from pages.components.table import html_table
from services.catalogue_hits import catalogue_answers, catalogue_hits

NO_ANSWER = "还没有从定稿的目录带回拜访结果；在“招商目录”页带回填好的 Excel，或在企业档案里登记对接情况"


def show() -> None:
    """Two tables, one row a third of the firms by score; what is not known yet says so."""
    held = cached.store()
    hits = read("catalogue_hits", lambda: catalogue_hits(held))
    answers = read("catalogue_answers", lambda: catalogue_answers(held))
    section("往期目录的命中率", f"定稿满 {MIN_DAYS} 天的目录里，后来有新签约项目的企业，按定稿时的得分三等分")
    _table(hits.bands, "有新签约的", hits.reason)
    section("拜访得到的回应", "定稿目录里已有拜访结果的企业中有意向或在谈的，按定稿时的得分三等分")
    _table(answers, "有意向或在谈的", NO_ANSWER if answers.empty else "")


def _table(bands: pd.DataFrame, hit: str, reason: str) -> None:
    known = {row["band"]: row for row in bands.to_dict("records")}
    rows = pd.DataFrame([known.get(band, {"band": band}) for band in BANDS]).reindex(
        columns=["band", "lowest", "highest", "n", "hits", "share", "low", "high"]
    )
    columns = (
        table.text_column("得分档", "band", "lt-main"),
        table.Column("得分", "lowest", _scores, "lt-num"),
        table.count_column("企业", "n"),
        table.count_column(hit, "hits"),
        table.Column("比例", "share", _share, "lt-num"),
        table.Column("95% 区间", "low", _interval, "lt-num"),
    )
    st.html(html_table(rows, columns))
    if reason:
        st.html(f'<p class="lt-note">{esc(reason)}</p>')


NONE = f'<span class="lt-none">{NO_DATA}</span>'


def _scores(row: Mapping[str, Any]) -> str:
    return NONE if pd.isna(row["lowest"]) else f"{row['lowest']:.0f}–{row['highest']:.0f}"


def _share(row: Mapping[str, Any]) -> str:
    return NONE if pd.isna(row["share"]) else percent(row["share"])


def _interval(row: Mapping[str, Any]) -> str:
    return NONE if pd.isna(row["low"]) else f"{percent(row['low'])}–{percent(row['high'])}"
