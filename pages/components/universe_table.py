"""How firms of the whole store are listed: facts, segments, and why they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.search.filter import Filter
from exports.formats import is_missing
from pages.components import table
from pages.components.html import anchor, esc
from pages.components.target_table import reason_cell, tag_marks
from pages.components.url import link
from services.found_firms import best_segment


def columns(wanted: Filter) -> tuple[table.Column, ...]:
    """Columns of the list; a firm opens at its best segment of the chain asked."""

    def name(row: Mapping[str, Any]) -> str:
        segment = best_segment([row], wanted).get(str(row["firm_id"]))
        opened = anchor(
            row["name"], link("firm", firm=row["firm_id"], chain=wanted.chain if segment else None, segment=segment)
        )
        place = "所在地不明" if is_missing(row["region"]) else str(row["region"])
        return f'{opened} {tag_marks(row)}<span class="lt-sub">{esc(place)}</span>'

    return (
        table.Column("企业", "name", name, "lt-main", sortable=False),
        table.Column("参与环节", "segments", _segments, "lt-segments", sortable=False),
        table.day_column("成立", "founded_on"),
        table.money_column("注册资本", "capital_cny"),
        table.Column("营收", "revenue_cny", _revenue, "lt-num"),
        table.count_column("员工", "employees"),
        table.Column("说明", "reason", reason_cell, "lt-long", sortable=False),
    )


def _segments(row: Mapping[str, Any]) -> str:
    if is_missing(row["segments"]):
        return '<span class="lt-none">没有确认的环节</span>'
    return f'<span class="lt-clamp" title="{esc(row["segments"])}">{esc(row["segments"])}</span>'


def _revenue(row: Mapping[str, Any]) -> str:
    year = "" if is_missing(row["revenue_year"]) else f'<span class="lt-sub">{int(row["revenue_year"])} 年</span>'
    return table.money_column("", "revenue_cny").cell(row) + year
