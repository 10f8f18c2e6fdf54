"""The columns of the list of gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.gaps import PART_NAMES
from analysis.stability import rank_text
from exports.formats import count, decimal
from pages import cached_review
from pages.components import table
from pages.components.demand import share_cell
from pages.components.html import anchor, esc, label_chip, meter, parts, tags
from pages.components.url import link


def columns() -> tuple[table.Column, ...]:
    """What the page shows of a gap."""
    return (
        table.Column("环节", "name", _name, "lt-main"),
        table.Column("判定", "label", lambda row: label_chip(row["label"])),
        table.text_column("行动", "action"),
        table.Column(
            "优先级", "priority", lambda row: meter(row["priority"] / 100, decimal(row["priority"], 0)), "lt-num"
        ),
        table.Column("名次", "rank", _rank, "lt-num"),
        table.Column(
            "构成", "parts", lambda row: parts({word: row[key] for key, word in PART_NAMES.items()}), sortable=False
        ),
        table.count_column("本地", "n_local"),
        table.decimal_column("应有", "expected"),
        table.Column("配套率", "supply_share", share_cell, "lt-num"),
        table.Column(
            "签约/有效", "nominal", lambda row: f"{count(row['nominal'])} / {count(row['effective'])}", "lt-num"
        ),
        table.long_column("理由", "gap_reason"),
        table.Column("下一步", "next", _next, "lt-short", sortable=False),
    )


def _name(row: Mapping[str, Any]) -> str:
    critical = tags(["关键"], "lt-tag-critical") if row["critical"] else ""
    opened = anchor(row["name"], link("chain_map", chain=row["chain_id"], segment=row["segment_id"]))
    return f'{opened} {critical}<span class="lt-sub">{esc(row["chain_name"])} · {esc(row["stage_name"])}</span>'


def _rank(row: Mapping[str, Any]) -> str:
    """The place, and below it between which places it stays when weights move."""
    steady = row["rank_best"] == row["rank_worst"]
    below = "不变" if steady else f"{row['rank_best']}–{row['rank_worst']}"
    return f'<span title="{esc(rank_text(row))}"><b>{count(row["rank"])}</b><span class="lt-sub">{below}</span></span>'


def _next(row: Mapping[str, Any]) -> str:
    found = anchor("找目标 →", link("targets", chain=row["chain_id"], segment=row["segment_id"]))
    n = cached_review.waiting(row["chain_id"]).get(row["segment_id"], 0)
    if not n:
        return found
    asked = anchor(f"待核 {n} 家 →", link("review", chain=row["chain_id"], segment=row["segment_id"]))
    return f'{found}<span class="lt-sub">{asked}</span>'
