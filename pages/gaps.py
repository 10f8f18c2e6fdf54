"""缺口清单: weak and missing segments, most urgent first, each with the parts of its priority."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from exports.columns import GAPS
from pages import cached, cached_review
from pages.components import table
from pages.components.chain_bar import ALL, pick_chains
from pages.components.downloads import table_download
from pages.components.formats import count, decimal
from pages.components.frame import empty, header
from pages.components.html import anchor, esc, label_chip, meter, parts, tags
from pages.components.listing import Listing, show_table
from pages.components.url import choose, link, switch

PARTS = {"criticality": "关键性", "demand_pull": "需求", "feasibility": "可行性", "openness": "未覆盖"}
COVERED = {ALL: "全部", "no": "还没有签约项目", "yes": "已有签约项目", "effective": "项目已开工或到资"}
ACTIONS = {ALL: "全部", **{word: word for word in ("补链", "强链", "延链", "建链")}}
LABELS = {ALL: "全部", "missing": "缺失", "weak": "薄弱"}
NOTE = "优先级由四部分加权得出（0–100）；斜纹表示该部分无数据，按中性值计，不当作零"


def page() -> None:
    """Draw the page."""
    context = cached.context()
    header("缺口清单", "薄弱与缺失的环节，按优先级排列；数据不足的环节不算缺口。", context)
    rows = _chosen()
    if rows.empty:
        empty(
            "没有符合条件的缺口",
            "可放宽上面的筛选；如果所选产业链没有薄弱或缺失的环节，可在链图查看各环节的判定依据。",
            ("看链图", link("chain_map")),
        )
        return
    show_table(Listing("gaps", "个缺口", NOTE), rows, _columns())
    table_download("缺口清单", GAPS, rows, context)


def _chosen() -> pd.DataFrame:
    """Gaps under the filters of the address."""
    one, two, three, four, five = st.columns([1.4, 1, 1, 1.4, 1.2], vertical_alignment="bottom")
    with one:
        chains = pick_chains()
    rows = pd.concat(
        [cached.state(c.id).gaps.assign(chain_id=c.id, chain_name=c.name) for c in chains], ignore_index=True
    )
    with two:
        label = choose("判定", "label", _counted(LABELS, rows.label), resets=("p",))
    with three:
        action = choose("行动", "action", _counted(ACTIONS, rows.action), resets=("p",))
    with four:
        covered = choose("签约覆盖", "covered", COVERED, resets=("p",))
    with five:
        critical = switch("只看关键环节", "critical")
    kept = pd.Series(True, index=rows.index)
    kept &= (rows.label == label) | (label == ALL)
    kept &= (rows.action == action) | (action == ALL)
    kept &= {ALL: True, "no": rows.nominal == 0, "yes": rows.nominal > 0, "effective": rows.effective > 0}[covered]
    kept &= rows.critical | (not critical)
    return rows[kept].sort_values(["priority", "segment_id"], ascending=[False, True], ignore_index=True)


def _counted(words: Mapping[str, str], column: pd.Series) -> dict[str, str]:
    """Each choice with the number of rows it leaves."""
    return {
        key: f"{word}（{len(column) if key == ALL else int((column == key).sum())}）" for key, word in words.items()
    }


def _columns() -> tuple[table.Column, ...]:
    return (
        table.Column("环节", "name", _name, "lt-main"),
        table.Column("判定", "label", lambda row: label_chip(row["label"])),
        table.text_column("行动", "action"),
        table.Column(
            "优先级", "priority", lambda row: meter(row["priority"] / 100, decimal(row["priority"], 0)), "lt-num"
        ),
        table.Column(
            "构成", "parts", lambda row: parts({word: row[key] for key, word in PARTS.items()}), sortable=False
        ),
        table.count_column("本地", "n_local"),
        table.decimal_column("应有", "expected"),
        table.Column(
            "签约 / 有效", "nominal", lambda row: f"{count(row['nominal'])} / {count(row['effective'])}", "lt-num"
        ),
        table.long_column("理由", "gap_reason"),
        table.Column("下一步", "next", _next, "lt-short", sortable=False),
    )


def _name(row: Mapping[str, Any]) -> str:
    critical = tags(["关键"], "lt-tag-critical") if row["critical"] else ""
    opened = anchor(row["name"], link("chain_map", chain=row["chain_id"], segment=row["segment_id"]))
    return f'{opened} {critical}<span class="lt-sub">{esc(row["chain_name"])} · {esc(row["stage_name"])}</span>'


def _next(row: Mapping[str, Any]) -> str:
    found = anchor("找目标企业 →", link("targets", chain=row["chain_id"], segment=row["segment_id"]))
    n = cached_review.waiting(row["chain_id"]).get(row["segment_id"], 0)
    if not n:
        return found
    asked = anchor(f"本地待核 {n} 家 →", link("review", chain=row["chain_id"], segment=row["segment_id"]))
    return f'{found}<span class="lt-sub">{asked}</span>'
