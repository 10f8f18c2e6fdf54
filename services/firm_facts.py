"""Every fact of a firm with the source and day it is from, and what other sources say instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from exports import formats
from exports.formats import NO_DATA, is_missing

Show = Callable[[Mapping[str, Any]], str | None]


@dataclass(frozen=True)
class Said:
    """What one source says of one fact."""

    value: str
    source: str
    as_of: str


@dataclass(frozen=True)
class Fact:
    """One fact: its word, what holds (None: no source says it), how many records say the same, and what others say."""

    word: str
    holds: Said | None
    n_same: int
    others: tuple[Said, ...]

    @property
    def value(self) -> str:
        """What holds, in words."""
        return NO_DATA if self.holds is None else self.holds.value


def facts_of(firm: pd.Series, records: pd.DataFrame) -> tuple[Fact, ...]:
    """The facts of a firm.

    Parameters
    ----------
    firm : as merged (``firm_facts.sql``); records : what each source says of it, newest first (``firm_records.sql``)

    A fact holds as the merged firm has it; its source is the newest record that says so.
    """
    merged, rows = firm.to_dict(), records.to_dict("records")
    return tuple(_fact(word, show, merged, rows) for word, show in FACTS.items())


def differing(facts: tuple[Fact, ...]) -> int:
    """How many facts the sources do not agree on."""
    return sum(bool(fact.others) for fact in facts)


def _fact(word: str, show: Show, merged: Mapping[str, Any], rows: list[dict[Any, Any]]) -> Fact:
    value = show(merged)
    said = [
        Said(shown, formats.text(row["source_title"]), formats.day(row["as_of"]))
        for row in rows
        if (shown := show(row)) is not None
    ]
    same = [one for one in said if one.value == value]
    others = {one.value: one for one in reversed(said) if one.value != value}
    holds = same[0] if same else None if value is None else Said(value, "合并所得", NO_DATA)
    return Fact(word, holds, len(same), tuple(reversed(others.values())))


def _text(key: str) -> Show:
    def show(row: Mapping[str, Any]) -> str | None:
        value = row.get(key)
        return None if is_missing(value) or not str(value).strip() else str(value)

    return show


def _day(row: Mapping[str, Any]) -> str | None:
    return None if is_missing(row["founded_on"]) else formats.day(row["founded_on"])


def _capital(row: Mapping[str, Any]) -> str | None:
    if is_missing(row["capital_cny"]):
        return None
    foreign = not is_missing(row["capital_currency"]) and row["capital_currency"] != "CNY"
    original = f"（原文 {row['capital_original']:,.0f} {row['capital_currency']}）" if foreign else ""
    doubt = "" if is_missing(row["capital_flag"]) else f"（存疑：{row['capital_flag']}）"
    return formats.money(row["capital_cny"]) + original + doubt


def _revenue(row: Mapping[str, Any]) -> str | None:
    if is_missing(row["revenue_cny"]):
        return None
    year = "" if is_missing(row["revenue_year"]) else f"（{int(row['revenue_year'])} 年）"
    return formats.money(row["revenue_cny"]) + year


def _employees(row: Mapping[str, Any]) -> str | None:
    return None if is_missing(row["employees"]) else f"{formats.count(row['employees'])} 人"


FACTS: Mapping[str, Show] = {
    "企业名称": _text("name"),
    "统一社会信用代码": _text("uscc"),
    "登记状态": _text("status"),
    "成立时间": _day,
    "注册资本": _capital,
    "营业收入": _revenue,
    "员工": _employees,
    "股票代码": _text("stock_code"),
    "行业": _text("industry_text"),
    "主要产品": _text("products"),
    "地址": _text("address"),
    "登记机关区划": _text("registered_code"),
    "经营范围": _text("scope"),
}
