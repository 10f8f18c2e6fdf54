"""What to do about a gap: 补链, 强链, 延链 or 建链."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from analysis.labels import Label


def strong_suppliers(labels: pd.DataFrame, graph: nx.DiGraph[str], segment_id: str, main_input: float) -> list[str]:
    """Strong local segments that deliver at least ``main_input`` of what the segment buys, largest share first."""
    edges = [(graph.edges[s, segment_id]["weight"], s) for s in graph.predecessors(segment_id)]
    return [s for weight, s in sorted(edges, reverse=True) if weight >= main_input and labels.label[s] == Label.STRONG]


def empty_stages(labels: pd.DataFrame) -> set[str]:
    """Stages without any local firm, at least half of whose segments are judged missing.

    Where most segments are unknown (数据不足) nothing is said of the stage.
    """
    return {str(stage) for stage, rows in labels.groupby("stage") if is_empty(rows)}


def is_empty(rows: pd.DataFrame) -> bool:
    """Whether segments hold no local firm and at least half of them are judged missing; False for no segment at all."""
    return len(rows) > 0 and rows.n_local.sum() == 0 and bool((rows.label == Label.MISSING).mean() >= 0.5)


def unused_strengths(labels: pd.DataFrame, graph: nx.DiGraph[str], segment_id: str, main_input: float) -> list[str]:
    """Strong local suppliers of a segment whose whole downstream in the chain is empty, main suppliers first."""
    strong = strong_suppliers(labels, graph, segment_id, main_input)
    return [supplier for supplier in strong if is_empty(labels.loc[list(graph.successors(supplier))])]


def choose_action(labels: pd.DataFrame, graph: nx.DiGraph[str], main_input: float) -> pd.Series:
    """补链, 强链, 延链 or 建链 for each weak or missing segment.

    Weak → 强链. Missing in an empty stage → 建链. Missing below a strong main supplier all of whose users are empty →
    延链. Other missing → 补链; where the region is not related to it the reason says so. NA for segments that are no gap.

    Parameters
    ----------
    labels : index segment_id, columns stage, label, n_local
    main_input : share of a user's purchased inputs from which a supplier counts as a main one
    """
    empty = empty_stages(labels)
    actions = {}
    for segment_id, row in labels.iterrows():
        if row.label == Label.WEAK:
            actions[segment_id] = "强链"
        elif row.label == Label.MISSING:
            unused = unused_strengths(labels, graph, str(segment_id), main_input)
            actions[segment_id] = "建链" if row.stage in empty else "延链" if unused else "补链"
    return pd.Series(actions, dtype="object").reindex(labels.index)
