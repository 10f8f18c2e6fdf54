"""What to do about a gap: 补链, 强链, 延链 or 建链."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd

from analysis.labels import Label


def strong_suppliers(labels: pd.DataFrame, graph: nx.DiGraph[str], main_input: float) -> dict[str, list[str]]:
    """Strong local suppliers by segment: those that deliver at least ``main_input`` of what it buys, largest first."""
    strong = set(labels.index[labels.label == Label.STRONG])
    found: dict[str, list[tuple[float, str]]] = {}
    for supplier in strong:
        for user, edge in graph[supplier].items():
            if edge["weight"] >= main_input:
                found.setdefault(user, []).append((edge["weight"], supplier))
    return {user: [supplier for _, supplier in sorted(edges, reverse=True)] for user, edges in found.items()}


def unused_strengths(labels: pd.DataFrame, graph: nx.DiGraph[str], main_input: float) -> dict[str, list[str]]:
    """Of the :func:`strong_suppliers` those none of whose users in the chain has a local firm, by segment."""
    here = set(labels.index[labels.n_local > 0])
    found = strong_suppliers(labels, graph, main_input)
    return {
        user: unused
        for user, suppliers in found.items()
        if (unused := [supplier for supplier in suppliers if here.isdisjoint(graph[supplier])])
    }


def empty_stages(labels: pd.DataFrame) -> set[str]:
    """Stages without any local firm, at least half of whose segments are judged missing.

    Where most segments are unknown (数据不足) nothing is said of the stage.
    """
    by_stage = labels.assign(missing=labels.label == Label.MISSING).groupby("stage")
    empty = (by_stage.n_local.sum() == 0) & (by_stage.missing.mean() >= 0.5)
    return set(empty[empty].index)


def choose_action(labels: pd.DataFrame, graph: nx.DiGraph[str], main_input: float) -> pd.Series:
    """补链, 强链, 延链 or 建链 for each weak or missing segment.

    Weak → 强链. Missing in an empty stage → 建链. Missing below a strong main supplier none of whose users has a firm
    here → 延链. Other missing → 补链; where the region is not related to it the reason says so. NA for segments that are
    no gap.

    Parameters
    ----------
    labels : index segment_id, columns stage, label, n_local
    main_input : share of a user's purchased inputs from which a supplier counts as a main one
    """
    missing = labels.label == Label.MISSING
    conditions = {
        "强链": labels.label == Label.WEAK,
        "建链": missing & labels.stage.isin(list(empty_stages(labels))),
        "延链": missing & labels.index.isin(list(unused_strengths(labels, graph, main_input))),
        "补链": missing,
    }
    chosen = np.select(list(conditions.values()), list(conditions), default="")
    return pd.Series(chosen, index=labels.index, dtype="object").where(chosen != "")
