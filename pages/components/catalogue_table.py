"""How the firms of a catalogue are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from exports.formats import decimal, is_missing
from pages.components import table
from pages.components.firm_lists import states_text
from pages.components.html import anchor, esc, meter
from pages.components.target_table import reason_cell, tag_marks
from pages.components.url import link


def sums(items: pd.DataFrame) -> str:
    """How many entries, firms and segments, and in which state."""
    n_firms = items.firm_id.nunique()
    told = f"{n_firms:,} 家企业" if n_firms == len(items) else f"{len(items):,} 家次，{n_firms:,} 家企业"
    return f"{told}，{items.segment_id.nunique()} 个环节；{states_text(items.contact_state)}"


def columns(chain_id: str) -> tuple[table.Column, ...]:
    """Columns of a draft catalogue."""

    def name(row: Mapping[str, Any]) -> str:
        opened = anchor(row["name"], link("firm", firm=row["firm_id"], chain=chain_id, segment=row["segment_id"]))
        place = "所在地不明" if is_missing(row["region"]) else str(row["region"])
        return f'{opened} {tag_marks(row)}<span class="lt-sub">{esc(place)}</span>'

    def segment(row: Mapping[str, Any]) -> str:
        opened = anchor(row["segment_name"], link("chain_map", chain=chain_id, segment=row["segment_id"]))
        return f'{opened}<span class="lt-sub">{esc(row["stage_name"])}</span>'

    return (
        table.count_column("序号", "position"),
        table.Column("环节", "segment_name", segment, "lt-main"),
        table.text_column("缺口类型", "action"),
        table.Column("企业", "name", name, "lt-main"),
        table.Column("得分", "score", lambda row: meter(row["score"] / 100, decimal(row["score"], 0)), "lt-num"),
        table.text_column("统一社会信用代码", "uscc"),
        table.money_column("注册资本", "capital_cny"),
        table.Column("推荐理由", "reason", reason_cell, "lt-long", sortable=False),
    )
