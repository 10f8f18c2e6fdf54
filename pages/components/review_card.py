"""One pair as a reviewer reads it: the firm, the segment, the words that decide, and what matching makes of them. HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from chains.model import Chain, Segment
from chains.words import ROLES, VERDICTS
from exports.formats import NO_DATA, day, is_missing, moment, money, percent, text
from pages.components.html import anchor, esc, facts, tags
from pages.components.review_keys import mark
from pages.components.url import link

LONGEST = 6000
"""So many characters of a scope are shown; nobody reads more to decide one pair."""
SHORT = 160
"""A text of so many characters is open from the start."""
NOBODY = "rule"


def card(chain: Chain, segment: Segment, row: pd.Series, worth: str) -> str:
    """The pair with the sentence on why it is worth deciding."""
    of = mark(segment.id, str(row.firm_id))
    return (
        f'<article class="lt-card-box lt-review" data-pair="{of}"><p class="lt-worth">{esc(worth)}</p>'
        f'<div class="lt-review-two"><section>{_firm(row)}{_evidence(segment, row)}</section>'
        f"<section>{_segment(chain, segment)}{_opinion(row)}</section></div>{_scope(segment, row)}</article>"
    )


def marked(value: str, keywords: Sequence[str]) -> str:
    """Text with its keywords marked, the longest first; HTML.

    >>> marked("轴承<钢>", ["轴承"])
    '<mark>轴承</mark>&lt;钢&gt;'
    """
    words = sorted({word for word in keywords if word}, key=lambda word: (-len(word), word))
    if not words:
        return esc(value)
    pieces = re.split(f"({'|'.join(map(re.escape, words))})", value, flags=re.IGNORECASE)
    return "".join(f"<mark>{esc(one)}</mark>" if at % 2 else esc(one) for at, one in enumerate(pieces))


def decided(row: pd.Series) -> str:
    """Who decided the pair, how and when; empty where nobody did."""
    if is_missing(row.decided_by) or row.decided_by == NOBODY:
        return ""
    at = "" if is_missing(row.decided_at) else f" {moment(row.decided_at)}"
    return f"人工{VERDICTS[row.verdict]}：{row.decided_by}{at}"


def _firm(row: pd.Series) -> str:
    doubt = "" if is_missing(row.capital_flag) else "（存疑）"
    listed = [] if is_missing(row.stock_code) else [f"上市 {row.stock_code}"]
    status = [] if is_missing(row.status) else [f"登记状态：{row.status}"]
    known = [
        ("所在地", esc(text(row.region))),
        ("注册资本", esc(money(row.capital_cny) + doubt)),
        ("成立", esc(day(row.founded_on))),
        ("行业", esc(text(row.industry_text))),
    ]
    name = anchor(str(row["name"]), link("firm", firm=row.firm_id))
    return f"<h2>{name}</h2><p>{tags(listed + status)}</p>{facts(known)}"


def _evidence(segment: Segment, row: pd.Series) -> str:
    if is_missing(row.evidence):
        return '<p class="lt-quote lt-none">匹配没有在这家企业的名称、经营范围和产品里找到本环节的字样。</p>'
    return f'<p class="lt-quote" translate="no">{marked(str(row.evidence), segment.keywords)}</p>'


def _segment(chain: Chain, segment: Segment) -> str:
    opened = anchor(segment.name, link("chain_map", chain=chain.id, segment=segment.id))
    words = esc("、".join(segment.exclusions))
    outside = f'<p class="lt-not"><b>不算</b>　<span translate="no">{words}</span></p>' if words else ""
    return (
        f'<h3>属于“{opened}”吗？</h3><p class="lt-note">{esc(chain.name)} · {esc(chain.stage_name(segment.stage))}</p>'
        f'<p translate="no">{esc(segment.definition)}</p>{outside}'
    )


def _opinion(row: pd.Series) -> str:
    if is_missing(row.verdict):
        return ""
    if decided(row):
        said = "" if is_missing(row.rule_verdict) else f"；匹配原判为{VERDICTS[row.rule_verdict]}"
        return f'<p class="lt-note">{esc(decided(row) + said)}</p>'
    role = ROLES.get(row.role, "没有说明做什么")
    return facts(
        [
            ("程序判读", f"{esc(role)}，{esc(VERDICTS[row.verdict])}"),
            ("把握", f"{percent(row.score)}　{esc(_doubt(row))}"),
        ]
    )


def _doubt(row: pd.Series) -> str:
    if row.verdict == "confirmed":
        return "刚过确认线，值得再看一眼"
    return "介于确认线与不符线之间" if row.verdict == "uncertain" else "低于不符线"


def _scope(segment: Segment, row: pd.Series) -> str:
    parts = [folded("经营范围全文", row.scope, segment), folded("主要产品", row.products, segment)]
    return "".join(parts) or f'<p class="lt-none">经营范围、主要产品：{NO_DATA}</p>'


def folded(title: str, value: object, segment: Segment) -> str:
    """A long text under its title, with the segment's keywords marked; empty where there is none. HTML."""
    if is_missing(value) or not str(value).strip():
        return ""
    whole = str(value)
    cut = f"…（其余 {len(whole) - LONGEST:,} 字略）" if len(whole) > LONGEST else ""
    return (
        f"<details{' open' if len(whole) <= SHORT else ''}><summary>{esc(title)}（{len(whole):,} 字）</summary>"
        f"<p>{marked(whole[:LONGEST], segment.keywords)}{cut}</p></details>"
    )
