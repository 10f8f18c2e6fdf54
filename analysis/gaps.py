"""Gaps of a chain in a region: which weak or missing segments matter, why, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import networkx as nx
import pandas as pd

from analysis.chain_demand import pull
from analysis.gap_actions import choose_action
from analysis.gap_reasons import gap_reasons
from analysis.labels import Label
from analysis.scoring import weighted_score
from analysis.stability import rank_stability

PARTS: tuple[str, ...] = ("criticality", "demand_pull", "feasibility", "openness")
PART_NAMES: Mapping[str, str] = {
    "criticality": "关键性",
    "demand_pull": "需求",
    "feasibility": "可行性",
    "openness": "未覆盖",
}
TOP = 10
"""Gaps that a meeting can speak of."""
RANKS: tuple[str, ...] = ("rank", "rank_best", "rank_worst", "top_share")
LEVEL_VALUE: Mapping[str, float] = {"high": 1.0, "medium": 0.6, "low": 0.2}


@dataclass(frozen=True)
class GapParams:
    """Weights of the parts of gap priority, and its thresholds.

    main_input : share of a user's purchased inputs from which a supplier counts as a main one
    helper_factor : criticality of segments outside the chain's core (its users and helpers) counts so much
    """

    weights: Mapping[str, float] = field(
        default_factory=lambda: {"criticality": 0.3, "demand_pull": 0.3, "feasibility": 0.25, "openness": 0.15}
    )
    neutral: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(PARTS, 0.3))
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


def feasibility(density: pd.Series) -> pd.Series:
    """How the region's relatedness to each segment compares with its relatedness to all others, 0–1.

    feasibility_i = (number of segments with lower density + half of those with the same) / (number known − 1, the segment
    itself left out). The density itself says above all how varied a region is: within one region it hardly differs
    (0.24–0.26 for nearly all segments of a motor town) and would rank nothing. 0.5 where only one is known, NaN where
    unknown.

    Parameters
    ----------
    density : relatedness density of the region by segment, over all segments known and not of one chain alone

    Examples
    --------
    >>> feasibility(pd.Series({"a": 0.2, "b": 0.3, "c": 0.3, "d": None})).round(2).to_dict()
    {'a': 0.0, 'b': 0.75, 'c': 0.75, 'd': nan}
    """
    others = density.notna().sum() - 1
    place = density.rank(method="average") - 1.0
    return place / others if others > 0 else place + 0.5


def openness(nominal: pd.Series, effective: pd.Series) -> pd.Series:
    """1 / (1 + effective + 0.5·(nominal − effective)): falls with every project, most with effective ones.

    NaN where the counts are unknown.
    """
    signed, begun = nominal.astype(float), effective.astype(float)
    return 1.0 / (1.0 + begun + 0.5 * (signed - begun).clip(lower=0))


def find_gaps(
    labels: pd.DataFrame, graph: nx.DiGraph[str], related: pd.Series, params: GapParams = GapParams()
) -> pd.DataFrame:
    """Weak and missing segments with priority, its parts, an action and a reason, highest priority first.

    Parameters
    ----------
    labels : as made by ``label_segments`` with segment_id, name, stage, level, core (bool), n_local, expected, label,
        nominal, effective (NA where there is no register of projects) and the columns of ``analysis.chain_demand``
    graph : supply graph of the chain
    related : relatedness density by segment_id over all segments known, NaN where unknown
    params : weights; every part counts 0–1

    Returns
    -------
    one row a gap: the columns of labels, density, the parts, priority (0–100), completeness (0–1), the columns of
    ``analysis.stability.rank_stability``, action, gap_reason.
    """
    rows = labels.set_index("segment_id", drop=False).rename_axis(None)
    parts = pd.DataFrame(
        {
            "criticality": criticality(graph, rows.level.to_dict())
            * rows.core.map({True: 1.0, False: params.helper_factor}),
            "demand_pull": pull(rows),
            "feasibility": feasibility(related.astype(float)).reindex(rows.index),
            "openness": openness(rows.nominal, rows.effective),
        }
    ).reindex(rows.index)
    everything = rows.join(parts).assign(
        density=related.reindex(rows.index), action=choose_action(rows, graph, params.main_input)
    )
    found = everything[everything.label.isin([Label.WEAK, Label.MISSING])].copy()
    found["gap_reason"] = gap_reasons(found, graph, rows, params.main_input)
    return rank_gaps(found, params)


def rank_gaps(gaps: pd.DataFrame, params: GapParams = GapParams(), top: int = TOP) -> pd.DataFrame:
    """Gaps under weights: priority, completeness, and how firmly each holds its rank; highest priority first.

    The parts are as they were found: weights move without computing the chain again. Gaps of several chains may be
    ranked together.

    Parameters
    ----------
    gaps : rows of :func:`find_gaps`; top : length of the list whose membership ``top_share`` tells
    """
    scores = weighted_score(gaps[list(PARTS)], params.weights, params.neutral).rename(columns={"score": "priority"})
    ranked = gaps.drop(columns=[*scores.columns, *RANKS], errors="ignore").join(scores)
    ranked = ranked.sort_values(["priority", "segment_id"], ascending=[False, True], ignore_index=True)
    return ranked.join(rank_stability(ranked[list(PARTS)], params.weights, params.neutral, top=top))
