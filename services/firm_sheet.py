"""What one page says of a firm: facts with sources, gaps it could fill, the way to it, who follows it, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from chains.words import LABELS, ROLES, VERDICTS
from exports.document.dossier import Dossier, Part
from exports.formats import decimal, is_missing, moment, text
from services.context import Context
from services.firm import FirmProfile
from services.firm_facts import Fact, differing, facts_of
from services.firm_spread import INFERRED, RECORDED, by_city
from services.ties import Step

FACT_WORDS = (
    "统一社会信用代码", "登记状态", "成立时间", "注册资本", "营业收入", "员工", "股票代码", "行业", "地址", "主要产品", "经营范围",
)  # fmt: skip
WAY = ("链路（逐步，含来源）", 1.0)
SITES = (("载体", 3.0), ("所在地", 3.0), ("可用面积", 2.0), ("来源与日期", 4.0))
SHORT = {"统一社会信用代码": "信用代码"}
FOLLOW = "没有登记：本地没有它的项目，也没有人跟进。"


@dataclass(frozen=True)
class Insight:
    """What follows from a firm's facts: gaps it could fill, way into the home region, its other firms, claims, events.

    fit : ``services.firm_fit.gap_fit``; spread : ``services.firm_spread.spread_of``; history : ``services.firm_history``
    claims : sentences; cities : names of prefectures by code; segments : (chain, segment) names by segment id
    """

    fit: pd.DataFrame
    way: tuple[Step, ...]
    spread: pd.DataFrame
    history: pd.DataFrame
    claims: tuple[str, ...]
    cities: dict[str, str]
    segments: dict[str, tuple[str, str]]
    sites: tuple[tuple[str, ...], ...] = ()


def firm_sheet(profile: FirmProfile, insight: Insight, context: Context, author: str, at: datetime) -> Dossier:
    """The page."""
    facts = facts_of(profile.firm, profile.records)
    parts = (
        _gaps(insight),
        _part("谁在跟进（首报首谈）", (("说明", 1.0),), [(one,) for one in insight.claims], FOLLOW),
        _part("到本地的引荐路径", (WAY,), [(step.text,) for step in insight.way], "三步之内没有查到。"),
        _segments(profile, insight),
        _spread(insight),
        _part("可用载体", SITES, insight.sites, "没有登记相符的载体，或还没有载体数据。"),
        _history(insight),
    )
    mark = f"　{context.mark}" if context.mark else ""
    stamp = f"{author} {moment(at)}"
    return Dossier(
        f"{profile.firm['name']}{mark}",
        f"{text(profile.firm.region)}　对照：{context.home.full_name}　数据截至 {context.span}",
        tuple((SHORT.get(word, word), _value(fact)) for word, fact in _chosen(facts)),
        parts,
        _notes(profile, facts, context),
        " · ".join(part for part in (context.mark, "企业档案", stamp) if part),
        f"{context.mark} {stamp}".strip(),
    )


def _chosen(facts: Sequence[Fact]) -> list[tuple[str, Fact]]:
    by_word = {fact.word: fact for fact in facts}
    return [(word, by_word[word]) for word in FACT_WORDS]


def _value(fact: Fact) -> str:
    if fact.holds is None:
        return fact.value
    other = f"；{len(fact.others)} 个来源说法不同" if fact.others else ""
    return f"{fact.value}（{fact.holds.as_of}{other}）"


def _part(title: str, columns: tuple[tuple[str, float], ...], rows: Sequence[tuple[str, ...]], empty: str) -> Part:
    return Part(title, columns, tuple(rows), len(rows), empty)


def _gaps(insight: Insight) -> Part:
    rows = [
        (
            f"{row.segment_name}（{row.chain_name}）", f"{LABELS[row.label]}·{row.action}", decimal(row.priority),
            "未排名" if is_missing(row.score) else f"{decimal(row.score, 0)} 分，第 {row.rank:,}/{row.n_targets:,} 名",
            row.reason,
        )
        for row in insight.fit.itertuples()
    ]  # fmt: skip
    columns = (("可补的缺口", 3.2), ("判定", 1.6), ("优先级", 1.1), ("作为目标", 2.4), ("为什么是缺口", 5.0))
    return _part("可补的本地缺口", columns, rows, "它参与的环节在本地都不是缺口。")


def _segments(profile: FirmProfile, insight: Insight) -> Part:
    own = profile.segments[profile.segments.verdict != "rejected"]
    known = own[own.segment_id.isin(list(insight.segments))]
    rows = [
        ("·".join(insight.segments[row.segment_id]), ROLES[row.role], VERDICTS[row.verdict], row.evidence)
        for row in known.itertuples()
    ]
    return _part("参与的环节", (("产业链·环节", 3.2), ("角色", 1), ("结论", 1), ("依据", 6)), rows, "没有匹配到环节。")


def _spread(insight: Insight) -> Part:
    rows, kinds = insight.spread, insight.spread.kind.value_counts()
    listed = [
        (insight.cities.get(row.city_code, row.city_code), f"{row.n:,}", f"{row.n_recorded:,}")
        for row in by_city(rows).itertuples()
    ]
    title = f"在各地的布局：登记 {kinds.get(RECORDED, 0):,} 家，推断同字号 {kinds.get(INFERRED, 0):,} 家"
    columns = (("地市", 4.0), ("企业数", 1.0), ("其中登记", 1.0))
    return _part(title, columns, listed, "没有登记分支或投资企业，也没有推断出同字号企业。")


def _history(insight: Insight) -> Part:
    rows = [
        (moment(row.happened_at), row.word, "系统" if is_missing(row.who) else row.who, row.text)
        for row in insight.history.itertuples()
    ]
    columns = (("时间", 1.8), ("类别", 1.0), ("谁", 1.2), ("内容", 7.0))
    return _part("时间线", columns, rows, "还没有任何记录。")


def _notes(profile: FirmProfile, facts: Sequence[Fact], context: Context) -> str:
    titles = "、".join(dict.fromkeys(text(title) for title in profile.records.source_title))
    n = differing(tuple(facts))
    doubt = f"{n} 项各来源说法不一，已取日期最新的。" if n else ""
    return f"企业事实来源：{titles or '无数据'}；括号内为数据日期。{doubt}联系方式不在打印件上。"
