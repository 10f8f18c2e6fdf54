"""Gaps of a chain in a region: which weak or missing segments matter, why, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import networkx as nx
import numpy as np
import pandas as pd

from analysis.coverage import NO_REGISTER
from analysis.labels import Label
from analysis.scoring import weighted_score
from chains.words import LABELS

PARTS: tuple[str, ...] = ("criticality", "demand_pull", "feasibility", "openness")
PART_NAMES: Mapping[str, str] = {
    "criticality": "关键性",
    "demand_pull": "需求",
    "feasibility": "可行性",
    "openness": "未覆盖",
}
LEVEL_VALUE: Mapping[str, float] = {"high": 1.0, "medium": 0.6, "low": 0.2}


@dataclass(frozen=True)
class GapParams:
    """Weights of the parts of gap priority, and its thresholds.

    related_density : density from which a region counts as related
    main_input : share of a user's purchased inputs from which a supplier counts as a main one
    helper_factor : criticality of segments outside the chain's core (its users and helpers) counts so much
    """

    weights: Mapping[str, float] = field(
        default_factory=lambda: {"criticality": 0.3, "demand_pull": 0.3, "feasibility": 0.25, "openness": 0.15}
    )
    neutral: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(PARTS, 0.3))
    related_density: float = 0.35
    main_input: float = 0.1
    helper_factor: float = 0.5


def criticality(graph: nx.DiGraph[str], levels: Mapping[str, str]) -> pd.Series:
    """Criticality of each segment, 0–1: 0.6·level + 0.2·[sole supplier of a user] + 0.2·betweenness (max = 1).

    Parameters
    ----------
    graph : supply graph, supplier → user
    levels : segment id → high, medium or low, as the package judges
    """
    between = pd.Series(nx.betweenness_centrality(graph), dtype=float)
    top = between.max()
    share = between / top if top > 0 else between
    sole = {node: any(graph.in_degree(user) == 1 for user in graph.successors(node)) for node in graph}
    return pd.Series(
        {node: 0.6 * LEVEL_VALUE[levels[node]] + 0.2 * sole[node] + 0.2 * share[node] for node in graph}, dtype=float
    )


def demand_pull(graph: nx.DiGraph[str], n_local: pd.Series, lq: pd.Series) -> pd.Series:
    """Unmet local demand for each segment on a log scale, the chain's largest being 1.

    pull_i = ln(1 + d_i) / max_k ln(1 + d_k), d_i = (1 − min(1, LQ_i)) · Σ_j a_ij · n_j over the local users j of segment i.
    The local supply share is min(1, LQ) (simple location quotient method, tier A: firm counts). The log keeps one very
    large user (three thousand machine shops in one city) from hiding all other demand. NaN for segments without users
    in the chain.
    """
    supply_share = lq.clip(upper=1.0)
    pull = {}
    for node in graph:
        users = list(graph.successors(node))
        demand = sum(graph.edges[node, user]["weight"] * n_local[user] for user in users)
        pull[node] = demand * (1.0 - supply_share[node]) if users else np.nan
    values = np.log1p(pd.Series(pull, dtype=float))
    top = values.max()
    return values / top if top > 0 else values


def openness(nominal: pd.Series, effective: pd.Series) -> pd.Series:
    """1 / (1 + effective + 0.5·(nominal − effective)): falls with every project, most with effective ones.

    NaN where the counts are unknown.
    """
    signed, begun = nominal.astype(float), effective.astype(float)
    return 1.0 / (1.0 + begun + 0.5 * (signed - begun).clip(lower=0))


def strong_suppliers(labels: pd.DataFrame, graph: nx.DiGraph[str], segment_id: str, main_input: float) -> list[str]:
    """Strong local segments that deliver at least ``main_input`` of what the segment buys, largest share first."""
    edges = [(graph.edges[s, segment_id]["weight"], s) for s in graph.predecessors(segment_id)]
    return [s for weight, s in sorted(edges, reverse=True) if weight >= main_input and labels.label[s] == Label.STRONG]


def empty_stages(labels: pd.DataFrame) -> set[str]:
    """Stages without any local firm, at least half of whose segments are judged missing.

    Where most segments are unknown (数据不足) nothing is said of the stage.
    """
    by_stage = labels.assign(missing=labels.label == Label.MISSING).groupby("stage")
    empty = (by_stage.n_local.sum() == 0) & (by_stage.missing.mean() >= 0.5)
    return set(empty[empty].index)


def choose_action(labels: pd.DataFrame, graph: nx.DiGraph[str], params: GapParams = GapParams()) -> pd.Series:
    """补链, 强链, 延链 or 建链 for each weak or missing segment.

    Weak → 强链. Missing in an empty stage → 建链. Missing where a main supplier is strong here → 延链.
    Other missing → 补链. NA for segments that are no gap. ``labels`` is indexed by segment_id.
    """
    empty = empty_stages(labels)
    actions = {}
    for segment_id, row in labels.iterrows():
        if row.label == Label.WEAK:
            actions[segment_id] = "强链"
        elif row.label == Label.MISSING:
            strong = strong_suppliers(labels, graph, str(segment_id), params.main_input)
            actions[segment_id] = "建链" if row.stage in empty else "延链" if strong else "补链"
    return pd.Series(actions, dtype="object").reindex(labels.index)


def find_gaps(
    labels: pd.DataFrame, graph: nx.DiGraph[str], related: pd.Series, params: GapParams = GapParams()
) -> pd.DataFrame:
    """Weak and missing segments with priority, its parts, an action and a reason, highest priority first.

    Parameters
    ----------
    labels : as made by ``label_segments`` with segment_id, name, stage, level, core (bool), n_local, lq, label, nominal,
        effective (NA where there is no register of projects)
    graph : supply graph of the chain
    related : relatedness density by segment_id, NaN where unknown
    params : weights; every part counts 0–1

    Returns
    -------
    one row a gap: the columns of labels, the parts, priority (0–100), completeness (0–1), action, gap_reason.
    """
    rows = labels.set_index("segment_id", drop=False).rename_axis(None)
    parts = pd.DataFrame(
        {
            "criticality": criticality(graph, rows.level.to_dict())
            * rows.core.map({True: 1.0, False: params.helper_factor}),
            "demand_pull": demand_pull(graph, rows.n_local, rows.lq),
            "feasibility": related.reindex(rows.index),
            "openness": openness(rows.nominal, rows.effective),
        }
    ).reindex(rows.index)
    scores = weighted_score(parts, params.weights, params.neutral).rename(columns={"score": "priority"})
    everything = rows.join(parts).join(scores)
    everything["action"] = choose_action(rows, graph, params)
    found = everything[everything.label.isin([Label.WEAK, Label.MISSING])].copy()
    found["gap_reason"] = [_reason(row, graph, rows, params) for _, row in found.iterrows()]
    return found.sort_values(["priority", "segment_id"], ascending=[False, True]).reset_index(drop=True)


def _reason(row: pd.Series, graph: nx.DiGraph[str], labels: pd.DataFrame, params: GapParams) -> str:
    phrases = [f"{LABELS[row.label]}：本地 {int(row.n_local)} 家，应有 {row.expected:.1f} 家"]
    if not row.core:
        phrases.append("属本链配套或应用环节，不是主体")
    elif row.level == "high":
        phrases.append("属关键环节")
    if row.action == "延链":
        strong = strong_suppliers(labels, graph, row.segment_id, params.main_input)
        phrases.append(f"上游{'、'.join(labels.name[s] for s in strong[:2])}为本地优势，可向下延伸")
    users = sorted(graph.successors(row.segment_id), key=lambda user: (-labels.n_local[user], user))
    present = [f"{labels.name[user]} {int(labels.n_local[user])} 家" for user in users if labels.n_local[user] > 0][:2]
    if present:
        phrases.append(f"本地下游有{'、'.join(present)}")
    if pd.notna(row.feasibility):
        near = "相近环节基础较好" if row.feasibility >= params.related_density else "相近环节基础不足"
        phrases.append(f"{near}（关联密度 {row.feasibility:.2f}）")
    phrases.append(_projects(row))
    return "；".join(phrases)


def _projects(row: pd.Series) -> str:
    if pd.isna(row.nominal):
        return f"{NO_REGISTER}，签约情况无数据"
    if row.nominal > 0:
        return f"已签约 {int(row.nominal)} 个项目，其中有效 {int(row.effective)} 个"
    return "尚无签约项目"
