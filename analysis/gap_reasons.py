"""One sentence on each gap, made from its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
import pandas as pd

from analysis.chain_demand import SHARES
from analysis.coverage import NO_REGISTER
from analysis.gap_actions import unused_strengths
from analysis.labels import Label
from chains.words import LABELS

Row = Mapping[str, Any]
NEAR, FAR = 2 / 3, 1 / 3
"""Feasibility from which what is alike is called well founded here, and below which it is called thin."""
APART = 0.3
"""Difference of two local supply shares from which they are said to disagree."""


def gap_reasons(gaps: pd.DataFrame, graph: nx.DiGraph[str], labels: pd.DataFrame, main_input: float) -> list[str]:
    """Of each gap: label and counts; part in the chain; what the action goes by; demand and supply; relatedness; projects.

    Parameters
    ----------
    gaps : rows with their parts, action and the columns of ``analysis.chain_demand``; labels : all segments, by segment_id
    main_input : as in ``analysis.gap_actions.choose_action``
    """
    names, n_local = labels.name.to_dict(), labels.n_local.to_dict()
    unused = unused_strengths(labels, graph, main_input)
    return [
        "；".join(
            phrase
            for phrase in (
                f"{LABELS[row['label']]}：本地 {int(row['n_local'])} 家，应有 {row['expected']:.1f} 家",
                _part_in_chain(row),
                _action(row, [names[one] for one in unused.get(row["segment_id"], [])]),
                _demand(row, [(names[user], int(n_local[user])) for user in graph[row["segment_id"]]]),
                _relatedness(row),
                _projects(row),
            )
            if phrase
        )
        for row in gaps.to_dict("records")
    ]


def share_words(row: Row) -> str:
    """The local supply shares that are known, by method: 供需池法 10%、区位商法 80%（两法相差较大）; empty for none.

    >>> share_words({"supply_share_pool": 0.1, "supply_share_slq": 0.8})
    '供需池法 10%、区位商法 80%（相差较大）'
    """
    known = {word: row[key] for key, word in SHARES.items() if key in row and pd.notna(row[key])}
    told = "、".join(f"{word} {share:.0%}" for word, share in known.items())
    apart = known and max(known.values()) - min(known.values()) >= APART
    return told + ("（相差较大）" if apart else "")


def _part_in_chain(row: Row) -> str:
    if not row["core"]:
        return "属本链配套或应用环节，不是主体"
    return "属关键环节" if row["level"] == "high" else ""


def _action(row: Row, unused: list[str]) -> str:
    if row["action"] == "建链":
        return "所在整段本地尚无企业"
    if row["action"] == "延链":
        return f"上游{'、'.join(unused[:2])}为本地优势而下游尚无企业，可向下延伸"
    return ""


def _demand(row: Row, users: list[tuple[str, int]]) -> str:
    """Who needs it here, and what of it local firms can supply; users with the number of their local firms."""
    here = sorted((user for user in users if user[1] > 0), key=lambda user: (-user[1], user[0]))
    if not here:
        return "本地尚无下游企业" if users else ""
    told = f"本地下游有{'、'.join(f'{name} {n} 家' for name, n in here[:2])}"
    if row["label"] == Label.MISSING and pd.notna(row["suppliers_needed"]):
        return f"{told}，{_needed(row)}"
    shares = share_words(row)
    return f"{told}，本地配套率{shares}" if shares else told


def _needed(row: Row) -> str:
    if row["suppliers_needed"] < 1:
        return "用量还不足一家供应企业"
    return f"按用量约需供应企业 {row['suppliers_needed']:.1f} 家"


def _relatedness(row: Row) -> str:
    if pd.isna(row["feasibility"]):
        return ""
    if FAR <= row["feasibility"] < NEAR:
        return "相近环节基础一般"
    word = "较好" if row["feasibility"] >= NEAR else "不足"
    return f"相近环节基础{word}（关联度高于本地 {row['feasibility']:.0%} 的环节）"


def _projects(row: Row) -> str:
    if pd.isna(row["nominal"]):
        return f"{NO_REGISTER}，签约情况无数据"
    if row["nominal"] > 0:
        return f"已签约 {int(row['nominal'])} 个项目，其中有效 {int(row['effective'])} 个"
    return "尚无签约项目"
