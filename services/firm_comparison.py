"""Up to five firms side by side: facts, scores of a segment where they are known, reasons; what is missing is said so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.stability import rank_text
from analysis.targets import PART_NAMES, TargetParams
from exports.formats import NO_DATA, count, day, decimal, is_missing, money

Row = Mapping[str, Any]
UNRANKED, NOTHING = "不在本环节候选中", "没有"


@dataclass(frozen=True)
class Aspect:
    """One line of the comparison: its group, its title, and a text for each firm."""

    group: str
    title: str
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the firms are not all alike in it."""
        return len(set(self.values)) > 1


def compare(rows: pd.DataFrame, ranked: pd.DataFrame | None, segment: str, params: TargetParams) -> tuple[Aspect, ...]:
    """The firms side by side.

    Parameters
    ----------
    rows : of ``services.found_firms.found_firms``
    ranked : targets of a segment with rank, rank_best, rank_worst and reason for those of the firms that are among them;
        None where no segment is looked at
    segment : its name; params : the weights that it is ranked by
    """
    facts = [
        Aspect("事实", title, tuple(tell(row) for row in rows.to_dict("records"))) for title, tell in _FACTS.items()
    ]
    scores = [] if ranked is None else _scores(rows, ranked, segment, params)
    why = _WHY if ranked is None else {title: tell for title, tell in _WHY.items() if title != "理由"}
    reasons = [
        Aspect("说明", title, tuple(tell(row) for row in rows.to_dict("records"))) for title, tell in why.items()
    ]
    return (*facts, *scores, *reasons)


def _scores(rows: pd.DataFrame, ranked: pd.DataFrame, segment: str, params: TargetParams) -> list[Aspect]:
    known = {row["firm_id"]: row for row in ranked.to_dict("records")}
    if not known:
        return [Aspect(f"得分：{segment}", "得分", (UNRANKED,) * len(rows))]

    def line(title: str, tell: Callable[[Row], str]) -> Aspect:
        values = (tell(known[firm]) if firm in known else UNRANKED for firm in rows.firm_id)
        return Aspect(f"得分：{segment}", title, tuple(values))

    return [
        line("得分", lambda row: decimal(row["score"], 1)),
        line("名次", rank_text),
        *(line(_part_title(key, params), _part(key, params)) for key in PART_NAMES),
        line("完整度", lambda row: f"{row['completeness']:.0%}"),
        line("推荐理由", lambda row: str(row["reason"])),
    ]


def _part_title(key: str, params: TargetParams) -> str:
    return f"{PART_NAMES[key]}（权重 {params.weights[key] / sum(params.weights.values()):.0%}）"


def _part(key: str, params: TargetParams) -> Callable[[Row], str]:
    return lambda row: (
        f"{NO_DATA}（按 {100 * params.neutral[key]:.0f} 计）" if is_missing(row[key]) else decimal(100 * row[key], 0)
    )


def _text(key: str) -> Callable[[Row], str]:
    return lambda row: NO_DATA if is_missing(row[key]) else str(row[key])


def _capital(row: Row) -> str:
    doubt = "" if is_missing(row["capital_flag"]) else f"（存疑：{row['capital_flag']}）"
    return money(row["capital_cny"]) + doubt


def _revenue(row: Row) -> str:
    year = "" if is_missing(row["revenue_year"]) else f"（{int(row['revenue_year'])} 年）"
    return money(row["revenue_cny"]) + year


def _foundings(row: Row) -> str:
    """What a firm founded elsewhere; registries are samples, so none known is not none."""
    told = []
    if row["n_branches_away"] > 0:
        last = "" if is_missing(row["last_branch_on"]) else f"，最近 {pd.Timestamp(row['last_branch_on']).year} 年"
        told.append(f"登记 {int(row['n_branches_away'])} 家{last}")
    if row["n_affiliates_away"] > 0:
        told.append(f"推断同字号企业 {int(row['n_affiliates_away'])} 家")
    return "；".join(told) or NO_DATA


_FACTS: Mapping[str, Callable[[Row], str]] = {
    "所在地": _text("region"),
    "统一社会信用代码": _text("uscc"),
    "成立": lambda row: day(row["founded_on"]),
    "注册资本": _capital,
    "营业收入": _revenue,
    "员工": lambda row: count(row["employees"]),
    "股票代码": _text("stock_code"),
    "资质名单": _text("tags"),
    "登记状态": _text("status"),
    "行业": _text("industry_text"),
    "产品": _text("products"),
    "参与环节": _text("segments"),
    "在外地设立": _foundings,
    "与本地关联": _text("tie_text"),
    "数据截至": lambda row: day(row["as_of"]),
}
_WHY: Mapping[str, Callable[[Row], str]] = {
    "理由": _text("reason"),
    "需注意": lambda row: "；".join(row["conflicts"]) or NOTHING,
}
