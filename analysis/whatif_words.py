"""A what-if in sentences: what would change, and what of it changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from analysis.coverage import EFFECTIVE_STAGES, NO_REGISTER
from chains.words import LABELS

NAMED = 4
"""Segments that a sentence names; of more it tells the number."""
Figures = tuple[float | None, pd.Series]


def sentence(changes: pd.DataFrame, before: Figures, after: Figures, asked: tuple[int, int, int]) -> str:
    """What changes, in one Chinese sentence.

    Parameters
    ----------
    changes : result of ``compare`` with more_needed
    before, after : completeness (0–1, None unknown) and the chain's row of coverage
    asked : number of firms that are counted, of projects that start, and of projects that are signed
    """
    words = zip(asked, ("落地 {} 家企业", "开工 {} 个项目", "签约 {} 个项目"), strict=True)
    done = "、".join(word.format(n) for n, word in words if n)
    told = [_labels(changes), _completeness(before[0], after[0]), _coverage(before[1], after[1]), _priorities(changes)]
    return f"{f'如果{done}，' if done else ''}{'；'.join(part for part in told if part)}。"


def firm_notes(
    facts: pd.DataFrame, wanted: Mapping[str, Collection[str]], names: Mapping[str, str], makers_only: Collection[str]
) -> Iterator[str]:
    """Firms that change nothing or less than one may think, one sentence each.

    Parameters
    ----------
    facts : firm_id, name, status, is_local, is_struck_off, segment_id (NA where confirmed in none), role
    wanted : asked firms with the segments they are to land in; none means all of theirs
    names : segments of the chain; makers_only : those in which researchers do not count
    """
    rows = list(facts.itertuples())
    for one in {row.firm_id: row for row in rows}.values():
        asked = wanted[one.firm_id]
        roles = {row.segment_id: row.role for row in rows if row.firm_id == one.firm_id and pd.notna(row.segment_id)}
        others = [names.get(segment, segment) for segment in sorted(set(asked) - set(roles))]
        silent = [names[s] for s in asked or roles if roles.get(s) == "rd" and s in makers_only]
        if one.is_local:
            yield f"{one.name}已在本地，家数里已经有它，不重复计入"
        elif one.is_struck_off:
            yield f"{one.name}登记状态为“{one.status}”，不计入"
        elif not roles:
            yield f"{one.name}没有确认属于本链的任何环节，落地后本链什么也不改变"
        else:
            if others:
                yield f"{one.name}没有确认属于{_quoted(others)}，在那里不计入"
            if silent:
                yield f"{one.name}在{_quoted(sorted(silent))}只确认为研发，不计入生产企业数"


def project_notes(
    projects: pd.DataFrame, attached: pd.DataFrame, start: Collection[str], sign: Collection[str]
) -> Iterator[str]:
    """Projects that change nothing, one sentence each.

    projects : the region's project_id, name, stage, nominal; attached : those of them in segments of the chain
    """
    rows = projects.set_index("project_id")
    for project_id in dict.fromkeys((*start, *sign)):
        one = rows.loc[project_id]
        if project_id not in set(attached.project_id):
            yield f"项目“{one['name']}”没有挂接到本链的环节，不影响本链；可在“签约项目与覆盖”页挂接"
        elif one.stage in EFFECTIVE_STAGES:
            yield f"项目“{one['name']}”已经开工，推演不再改变它"
        elif project_id not in set(start) and one.nominal:
            yield f"项目“{one['name']}”已经签约，推演不再改变它"


def _quoted(names: Collection[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def _labels(changes: pd.DataFrame) -> str:
    flips = changes[changes.label_before != changes.label_after]
    if flips.empty:
        return f"没有环节的判定改变{_still_needed(changes)}"
    each = [
        f"{row['name']}由{LABELS[row.label_before]}变{LABELS[row.label_after]}"
        for _, row in flips.head(NAMED).iterrows()
    ]
    return f"{len(flips)} 个环节的判定改变（{'、'.join(each)}{'等' if len(flips) > NAMED else ''}）"


def _still_needed(changes: pd.DataFrame) -> str:
    grown = changes[(changes.n_local_after > changes.n_local_before) & changes.more_needed.notna()]
    each = [f"{row['name']}还差 {row.more_needed} 家" for _, row in grown.head(NAMED).iterrows()]
    return f"（到“一般”：{'、'.join(each)}）" if each else ""


def _completeness(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return "尚无可判断的环节，完整度无数据" if after is None else f"完整度 {after:.0%}（原来没有可判断的环节）"
    return f"完整度{_moved(f'{before:.0%}', f'{after:.0%}')}"


def _coverage(before: pd.Series, after: pd.Series) -> str:
    gaps = f"缺口{_moved(str(before.n_gaps), str(after.n_gaps))} 个"
    if pd.isna(after.n_nominal):
        return f"{gaps}，{NO_REGISTER}，覆盖无数据"
    counts = [
        f"{word}{_moved(str(before[key]), str(after[key]))} 个"
        for key, word in (("n_nominal", "其中名义覆盖"), ("n_effective", "有效覆盖"))
    ]
    return "，".join([gaps, *counts])


def _moved(one: str, other: str) -> str:
    return f"仍为 {one}" if one == other else f"由 {one} 变为 {other}"


def _priorities(changes: pd.DataFrame) -> str:
    moved = changes[changes.changed & changes.priority_change.notna()]
    falls, rises = moved[moved.priority_change < 0], moved[moved.priority_change > 0]
    told = []
    if len(falls):
        row = falls.loc[falls.priority_change.idxmin()]
        told.append(f"优先级下降最多的是{row['name']}（−{-row.priority_change:.1f}）")
    if len(rises):
        row = rises.loc[rises.priority_change.idxmax()]
        told.append(
            f"{'' if told else '优先级'}上升最多的是{row['name']}（{row.priority_change:+.1f}，本地下游需求增加）"
        )
    return "，".join(told)
