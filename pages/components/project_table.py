"""How projects are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from chains.words import STAGES
from exports.formats import NO_DATA, is_missing, money
from pages import cached, cached_projects
from pages.components import table
from pages.components.html import anchor, esc, tags
from pages.components.url import here

STATES = {
    "all": "全部",
    "nominal": "已签约（名义覆盖）",
    "effective": "已开工或到资（有效覆盖）",
    "waiting": "签约未开工",
    "loose": "未挂接环节",
    "unclear": "阶段不明",
}

PLANNED = {"总投资": "planned_cny", "协议": "agreement_cny"}
BOUND = {"合同": "contract_cny", "到位": "paid_in_cny"}


def in_state(rows: pd.DataFrame, state: str) -> pd.Series:
    """Which of the projects are in a state of STATES."""
    waiting = rows.nominal & ~rows.effective
    known = {"nominal": rows.nominal, "effective": rows.effective, "waiting": waiting}
    known |= {"loose": rows.n_segments == 0, "unclear": rows.stage.isna()}
    return known.get(state, pd.Series(True, index=rows.index))


def of_chain(rows: pd.DataFrame, chain_id: str) -> pd.Series:
    """Which of the projects belong to a chain or to none at all; all of them where it is no (matched) chain."""
    if chain_id not in {chain.id for chain in cached.matched()}:
        return pd.Series(True, index=rows.index)
    return cached_projects.of_chain(chain_id)


def columns() -> tuple[table.Column, ...]:
    """Columns of the table of projects."""
    return (
        table.Column("项目", "name", _name, "lt-main"),
        table.Column("阶段", "stage", _stage, "lt-short"),
        table.day_column("阶段日期", "stage_on"),
        table.Column("覆盖", "effective", _cover, "lt-short"),
        table.Column("挂接环节", "segments", _segments),
        table.Column("总投资、协议额", "planned_cny", lambda row: _layers(row, PLANNED), "lt-num"),
        table.Column("合同额、到位资金", "contract_cny", lambda row: _layers(row, BOUND), "lt-num"),
        table.Column("来源", "source_title", _source, "lt-long"),
    )


def _name(row: Mapping[str, Any]) -> str:
    where = " · ".join(str(row[key]) for key in ("place", "unit") if not is_missing(row[key]))
    return f'{anchor(row["name"], here("projects", project=row["project_id"]))}<span class="lt-sub">{esc(where)}</span>'


def _stage(row: Mapping[str, Any]) -> str:
    word = '<span class="lt-none">不明</span>' if is_missing(row["stage"]) else f"<b>{esc(STAGES[row['stage']])}</b>"
    said = (
        "" if is_missing(row["stage_text"]) or STAGES.get(row["stage"]) == row["stage_text"] else str(row["stage_text"])
    )
    return f'{word}<span class="lt-sub" title="来源原话">{esc(said[:24])}</span>'


def _cover(row: Mapping[str, Any]) -> str:
    if row["effective"]:
        return '<span class="lt-key-effective">有效</span>'
    return '<span class="lt-key-pending">名义</span>' if row["nominal"] else '<span class="lt-none">不计入</span>'


def _segments(row: Mapping[str, Any]) -> str:
    if row["segments"]:
        return tags(row["segments"].split("、"))
    return anchor("去挂接 →", here("projects", project=row["project_id"]))


def _layers(row: Mapping[str, Any], layers: Mapping[str, str]) -> str:
    """Layers of money below one another: never added."""
    return "".join(
        f'<span class="lt-sub">{word} {NO_DATA if is_missing(row[key]) else f"<b>{money(row[key])}</b>"}</span>'
        for word, key in layers.items()
    )


def _source(row: Mapping[str, Any]) -> str:
    title = "来源不明" if is_missing(row["source_title"]) else str(row["source_title"])
    return f'<span class="lt-sub">{esc(title)}，{row["as_of"]:%Y-%m-%d}</span>'
