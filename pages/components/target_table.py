"""How targets are shown: score with its parts, facts, reason, what speaks against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.stability import rank_text
from analysis.targets import PART_NAMES, TargetParams
from exports.formats import decimal, is_missing, percent
from pages.components import table
from pages.components.html import anchor, esc, meter, parts, tags
from pages.components.url import link


def columns(chain_id: str, segment_id: str | None) -> tuple[table.Column, ...]:
    """Columns of a table of targets; ``segment_id`` None takes the segment of each row."""

    def name(row: Mapping[str, Any]) -> str:
        segment = segment_id or str(row["segment_id"])
        opened = anchor(row["name"], link("firm", firm=row["firm_id"], chain=chain_id, segment=segment))
        place = "所在地不明" if is_missing(row["region"]) else str(row["region"])
        return f'{opened} {tag_marks(row)}<span class="lt-sub">{esc(place)}</span>'

    return (
        table.Column("企业", "name", name, "lt-main"),
        table.Column("得分", "score", lambda row: meter(row["score"] / 100, decimal(row["score"], 0)), "lt-num"),
        table.Column("完整度", "completeness", lambda row: percent(row["completeness"]), "lt-num"),
        table.Column(
            "构成", "parts", lambda row: parts({word[:2]: row[key] for key, word in PART_NAMES.items()}), sortable=False
        ),
        table.Column("名次稳定性", "rank_text", _stability, "lt-short", sortable=False),
        table.day_column("成立", "founded_on"),
        table.money_column("注册资本", "capital_cny"),
        table.Column("推荐理由", "reason", reason_cell, "lt-long", sortable=False),
    )


def with_ranks(rows: pd.DataFrame, ranges: pd.DataFrame) -> pd.DataFrame:
    """Targets with their rank and its range (``analysis.targets.rank_ranges``), in words as rank_text too."""
    known = rows.join(ranges, on="firm_id")
    texts = [rank_text(row) for row in known[["rank", "rank_best", "rank_worst"]].to_dict("records")]
    return known.assign(rank_text=pd.Series(texts, index=known.index, dtype="str"))


def _stability(row: Mapping[str, Any]) -> str:
    """Rank, and below it between which ranks it moves: in the first 25 in how many of the runs."""
    best, worst = int(row["rank_best"]), int(row["rank_worst"])
    moved = "不变" if best == worst else f"{best}–{worst}"
    share = f"{percent(row['top_share'])}的情形在前 {TargetParams().top} 名"
    return f'<span title="{esc(row["rank_text"])}；{share}">{moved}</span>'


def tag_marks(row: Mapping[str, Any]) -> str:
    """Stock code and official tags of a firm as small frames."""
    found = [] if is_missing(row["stock_code"]) else [f"上市 {row['stock_code']}"]
    found += [] if is_missing(row["tags"]) else str(row["tags"]).split("、")
    return tags(found)


def reason_cell(row: Mapping[str, Any]) -> str:
    """Why the firm, in two lines with the whole in the title, and what speaks against it."""
    against = tags(row["conflicts"], "lt-tag-warn")
    return f'<span class="lt-clamp" title="{esc(row["reason"])}">{esc(row["reason"])}</span>{against}'
