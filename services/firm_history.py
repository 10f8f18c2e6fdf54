"""What happened with a firm, on one time line, and the notes that people write on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from chains.words import VERDICTS
from data.sql import load_sql
from data.store import Store
from services.audit import record
from services.lists import LONGEST_COMMENT, usable

KINDS: Mapping[str, str] = {
    "import": "数据",
    "match": "匹配",
    "decision": "复核",
    "draft": "目录草稿",
    "catalogue": "目录定稿",
    "list": "名单",
    "trip": "行程",
    "outreach": "对接",
    "visit": "拜访",
    "note": "备注",
    "project": "项目",
}


def add_note(store: Store, home: str, firm_id: str, text: str, *, actor: str, at: datetime) -> None:
    """Append a note to a firm. Raises UnusableText."""
    said = usable(text, "备注", LONGEST_COMMENT)
    with store.write() as cursor:
        cursor.execute("INSERT INTO firm_note VALUES (?, ?, ?, ?, ?)", [home, firm_id, said, at, actor])
        record(cursor, at, actor, "firm_note", firm_id)


def firm_history(
    store: Store, firm_id: str, home: str, actor: str, chains: Mapping[str, str], segments: Mapping[str, str]
) -> pd.DataFrame:
    """Every event of a firm, newest first.

    Parameters
    ----------
    actor : whose private lists and trips are named; chains, segments : names by id

    Returns
    -------
    one row an event: happened_at, kind (a key of ``KINDS``), word, who (NA: nobody is known), text.
    """
    rows = store.query(load_sql("firm_history"), {"firm_id": firm_id, "home": home})
    told = [_text(row, actor, chains, segments) for row in rows.to_dict("records")]
    rows = rows.assign(word=rows.kind.map(KINDS), text=pd.Series(told, index=rows.index, dtype="str"))
    return rows[["happened_at", "kind", "word", "who", "text"]]


@dataclass(frozen=True)
class _Event:
    """What, detail and more of an event, '' where there is none; whether its list or trip is another's own."""

    what: str
    detail: str
    more: str
    hidden: bool
    chains: Mapping[str, str]
    segments: Mapping[str, str]

    def segment(self, segment_id: str) -> str:
        """The name of a segment."""
        return self.segments.get(segment_id, segment_id)


def _text(row: Mapping[str, Any], actor: str, chains: Mapping[str, str], segments: Mapping[str, str]) -> str:
    what, detail, more = ("" if pd.isna(row[key]) else str(row[key]) for key in ("what", "detail", "more"))
    hidden = bool(row["private"]) and actor not in (row["who"], detail)
    return _TEXTS[row["kind"]](_Event(what, detail, more, hidden, chains, segments))


def _listed(one: _Event) -> str:
    return f"列入{'未共享的名单' if one.hidden else f'名单“{one.what}”'}{_still(one)}"


def _still(one: _Event) -> str:
    return f"；他人已跟进，仍加入：{one.more}" if one.more and not one.hidden else ""


def _told(one: _Event) -> str:
    next_step = f"下一步：{one.more}" if one.more else ""
    return "；".join(part for part in (f"状态登记为{one.what}", one.detail, next_step) if part)


_TEXTS: Mapping[str, Callable[[_Event], str]] = {
    "import": lambda one: f"导入“{one.what or '来源不明'}”（{one.detail}），数据日期 {one.more}",
    "match": lambda one: f"在{one.chains.get(one.what, one.what)}匹配到 {one.detail} 个环节",
    "decision": lambda one: (
        f"“{one.segment(one.what)}”判为{VERDICTS[one.detail]}" + (f"：{one.more}" if one.more else "")
    ),
    "draft": lambda one: f"列入目录草稿，环节“{one.segment(one.what)}”{_still(one)}",
    "catalogue": lambda one: f"随“{one.what}”第 {one.detail} 版定稿，环节“{one.segment(one.more)}”",
    "list": _listed,
    "trip": lambda one: f"排入{'未共享的行程' if one.hidden else f'行程“{one.what}”'}，定于 {one.more} 拜访",
    "outreach": _told,
    "visit": lambda one: "拜访" + (f"：{one.detail}" if one.detail else ""),
    "note": lambda one: one.what,
    "project": lambda one: f"“{one.what}”：{one.detail}" + ("（来源没有日期，按登记日期列）" if one.more else ""),
}
