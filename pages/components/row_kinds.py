"""The kinds of rows that a number of 总览 opens: what they are called, where they come from, how they are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.attention import Patience
from chains.words import LABELS
from pages import cached, cached_news
from pages.components import moments, row_columns, table
from pages.components.table import Column
from pages.components.url import param
from services.attention import PATIENCE


@dataclass(frozen=True)
class RowKind:
    """Rows of one kind.

    title : what they are; unit : measure word of a row; rule : exactly which rows are counted
    rows : makes them (None: they cannot be told); columns : how they are shown; act : page where one acts on them
    """

    title: str
    unit: str
    rule: str
    rows: Callable[[], pd.DataFrame | None]
    columns: Callable[[], tuple[Column, ...]]
    act: tuple[str, str] | None = None


def _waiting(kind: str) -> Callable[[], pd.DataFrame]:
    return lambda: _named(cached_news.attention()[kind])


def _changed(kind: str) -> Callable[[], pd.DataFrame | None]:
    def rows() -> pd.DataFrame | None:
        at = moments.since(moments.chosen())
        found = None if at is None else getattr(cached_news.changes(at), kind)
        return None if found is None else _named(found)

    return rows


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    """With the names of chains and segments, and the labels, where only ids are known."""
    if "chain_id" not in rows or "chain_name" in rows:
        return rows
    names = {chain.id: chain.name for chain in cached.chains()}
    rows = rows.assign(chain_name=rows.chain_id.map(names).fillna(rows.chain_id))
    if "segment_id" not in rows or "label" in rows:
        return rows
    facts = cached_news.segments()[["chain_id", "segment_id", "name", "label"]].rename(columns={"name": "segment_name"})
    return rows.merge(facts, on=["chain_id", "segment_id"], how="inner")


def _segments() -> pd.DataFrame:
    rows = cached_news.segments()
    for key, name in (("chain_id", "chain"), ("label", "label")):
        wanted = param(name)
        rows = rows if wanted is None else rows[rows[key] == wanted]
    return rows.reset_index(drop=True)


def _chains() -> pd.DataFrame:
    states = [(chain, cached.state(chain.id)) for chain in cached.matched()]
    facts = [
        {
            "chain_id": chain.id,
            "chain_name": chain.name,
            "label": state.presence.label,
            "n_segments": len(state.labels),
            "n_gaps": len(state.gaps),
            "reason": state.presence.reason,
        }
        for chain, state in states
    ]
    return pd.DataFrame(facts)


def _days(title: str, key: str) -> Column:
    return table.count_column(title, key)


def _rules(p: Patience) -> dict[str, RowKind]:
    """What waits for someone, most pressing first."""
    projects, c = ("去签约项目", "projects"), row_columns
    return {
        "unmatched": RowKind(
            "产业链要重新匹配", "条链", "企业数据或图谱在上次匹配之后有变化，或从未匹配", _waiting("unmatched"), c.unmatched,
            ("去数据管理", "data_admin"),
        ),
        "refused": RowKind(
            "导入没有成功", "个文件", f"{p.recent_days} 天内被退回、之后没有再导入成功的文件", _waiting("refused"), c.refused,
            ("去数据管理", "data_admin"),
        ),
        "unstarted": RowKind(
            f"签约满 {p.start_days} 天未开工的项目", "个项目", f"最新阶段为签约、资金未到位，签约日期早于 {p.start_days} 天前；日期不明的不在内",
            _waiting("unstarted"), lambda: c.projects(_days("超过天数", "overdue_days")), projects,
        ),
        "unfinished": RowKind(
            f"开工满 {p.operate_days} 天未投产的项目", "个项目", f"最新阶段为开工，开工日期早于 {p.operate_days} 天前；日期不明的不在内",
            _waiting("unfinished"), lambda: c.projects(_days("超过天数", "overdue_days")), projects,
        ),
        "quiet": RowKind(
            f"{p.quiet_days} 天以上没有新消息的项目", "个项目", f"在谈、签约、开工的项目，阶段和资金 {p.quiet_days} 天以上没有新内容；重复导入同样的内容不算",
            _waiting("quiet"), lambda: c.projects(_days("沉默天数", "quiet_days")), projects,
        ),
        "gaps": RowKind(
            f"各链前 {p.top} 位的缺口还没有目标", "个缺口", f"每条链优先级前 {p.top} 位的缺口，草稿和最新定稿的招商目录里都没有企业",
            _waiting("gaps"), c.gaps, ("去挑目标企业", "targets"),
        ),
        "drafts": RowKind(
            "招商目录草稿没有定稿", "份草稿", "从未定稿，或与最新定稿的企业不同", _waiting("drafts"), c.drafts,
            ("去招商目录", "catalogue"),
        ),
        "review": RowKind(
            "本地企业的匹配待复核", "对", "本地企业与环节“待核”的每一对，把握大的在前", _waiting("review"), c.review,
            ("去匹配复核", "review"),
        ),
        "loose": RowKind(
            "签约项目没有挂接环节", "个项目", "已签约而没有挂接任何环节的项目，不计入覆盖", _waiting("loose"), c.projects, projects
        ),
        "rejected": RowKind(
            "导入中有退回的行", "个批次", f"{p.recent_days} 天内导入、有行被退回、没有撤回的批次", _waiting("rejected"), c.batches,
            ("去数据管理", "data_admin"),
        ),
        "stale": RowKind(
            f"数据已超过 {p.stale_months} 个月", "个来源", f"在用的来源，最新截止日期早于 {p.stale_months} 个月前", _waiting("stale"),
            c.sources, ("去数据管理", "data_admin"),
        ),
    }  # fmt: skip


WAITING: dict[str, RowKind] = _rules(PATIENCE)
CHANGED: dict[str, RowKind] = {
    "labels": RowKind(
        "环节的判定变了", "个环节", "现在的判定与那时留存的不同", _changed("labels"),
        lambda: row_columns.segments(row_columns.label_column("原判定", "before"), table.count_column("原有企业", "n_before")),
    ),
    "new_projects": RowKind("新登记的项目", "个项目", "首次进入项目台账", _changed("new_projects"), row_columns.projects),
    "moved_projects": RowKind(
        "项目有新进展", "个项目", "此前已登记，阶段或资金有新内容", _changed("moved_projects"), row_columns.projects
    ),
    "versions": RowKind("目录新定稿", "个版本", "定稿的招商目录版本", _changed("versions"), row_columns.versions),
    "batches": RowKind("数据批次导入或撤回", "个批次", "导入或撤回的批次", _changed("batches"), row_columns.batches),
}  # fmt: skip
STATE: dict[str, RowKind] = {
    "chains": RowKind("产业链", "条链", "在用并已匹配的产业链", _chains, row_columns.chains),
    "segments": RowKind("环节", "个环节", "已匹配产业链的环节", _segments, row_columns.segments),
}
KINDS: dict[str, RowKind] = {**WAITING, **CHANGED, **STATE}


def told(kind: str) -> str:
    """The title of a kind as the address narrows it."""
    chain = next((one.name for one in cached.chains() if one.id == param("chain")), "")
    label = LABELS.get(param("label") or "", "")
    narrowed = kind == "segments" and (chain or label)
    return f"{chain}{label}环节" if narrowed else KINDS[kind].title
