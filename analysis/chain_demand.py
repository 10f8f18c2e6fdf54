"""Demand inside one chain: from its supply edges and firm counts, or from an input–output table of the user's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.demand import (
    DELTA,
    FloatArray,
    flq_shares,
    pool_shares,
    quotient_shares,
    requirements,
    simple_quotients,
    suppliers_needed,
    total_requirements,
    unmet,
)

Method = Literal["edges", "table", "output"]
METHODS: Mapping[str, str] = {
    "edges": "产业链图的供应关系（占对方外购的比重），规模按企业家数，本地配套率取供需池法",
    "table": "投入产出表的直接消耗系数与完全需要量，规模按企业家数，本地配套率取 FLQ 法",
    "output": "投入产出表的直接消耗系数与完全需要量，规模按产出，本地配套率取 FLQ 法",
}
TIERS: Mapping[str, str] = {"edges": "A", "table": "C", "output": "C"}
TIER_WORDS: Mapping[str, str] = {"A": "企业家数", "C": "投入产出"}
UNITS: Mapping[str, float] = {"edges": 1.0, "table": 1.0, "output": 1e8}
"""What unmet demand is counted in when it is scaled: one firm, or 1 亿元."""
SHARES: Mapping[str, str] = {
    "supply_share_pool": "供需池法",
    "supply_share_slq": "区位商法",
    "supply_share_flq": "FLQ 法",
}


@dataclass(frozen=True)
class InputOutput:
    """An input–output table of one chain.

    coefficients : supplier_id, user_id, coefficient (a_ij, 0–1: value of the supplier's product in one unit of the
        user's output)
    outputs : index segment_id; local_output, national_output, final_demand in 元, NaN where not given
    source, as_of : title and date of the table
    """

    coefficients: pd.DataFrame
    outputs: pd.DataFrame
    source: str
    as_of: date

    @property
    def title(self) -> str:
        """Source and date in words."""
        return f"{self.source}（{self.as_of:%Y-%m-%d}）"


def chain_demand(
    graph: nx.DiGraph[str], firms: pd.DataFrame, table: InputOutput | None = None, delta: float = DELTA
) -> pd.DataFrame:
    """What local users need of each segment, and the share that local firms can supply, by every method that applies.

    Parameters
    ----------
    graph : supply graph, supplier → user, weight = share of the user's purchased inputs
    firms : index segment_id; local (counting firms here, n), expected (E by the region's base) and whole (in the
        benchmark, N); all in one measure
    table : replaces the weights of the graph where given
    delta : exponent of the FLQ

    Returns
    -------
    one row a segment: requirement R (users worth of purchases: one unit is all that one user firm buys; with outputs of a
    table 元; NaN for a segment without users in the chain), suppliers_needed D (firms), supply_share_pool = min(1, n/D),
    supply_share_slq = min(1, n/E), supply_share_flq (NaN without a table), supply_share (the one used), unmet
    = R·(1 − supply_share), demand_method (``METHODS``) and demand_tier (A firm counts, C input–output).
    """
    if table is None:
        return _from_edges(graph, firms)
    return _from_table(table, firms, delta)


def pull(demand: pd.DataFrame) -> pd.Series:
    """Unmet demand on a log scale 0–1, the largest being 1: ln(1 + u) / max ln(1 + u), u in firms or 亿元.

    The log keeps one very large user (three thousand machine shops in one city) from hiding all other demand. NaN where
    unmet demand is unknown, 0 everywhere where nothing is unmet.
    """
    scaled = np.log1p(demand.unmet / demand.demand_method.map(UNITS))
    top = scaled.max()
    return scaled / top if top > 0 else scaled


def _from_edges(graph: nx.DiGraph[str], firms: pd.DataFrame) -> pd.DataFrame:
    weights = nx.to_numpy_array(graph, nodelist=list(firms.index), weight="weight")
    rows = _by_firms(weights, firms)
    required = requirements(weights, firms.local)
    return _result(rows, weights, required, rows.supply_share_pool.to_numpy(), "edges")


def _from_table(table: InputOutput, firms: pd.DataFrame, delta: float) -> pd.DataFrame:
    coefficients = _matrix(table, firms.index)
    rows = _by_firms(coefficients, firms)
    quotients = _known_ratio(firms.local, firms.expected)
    share = float(firms.expected.sum() / firms.whole.sum()) if firms.whole.sum() > 0 else 0.0
    used = np.logical_or((coefficients > 0).any(axis=0), (coefficients > 0).any(axis=1))
    outputs = _outputs(table, firms, used)
    if outputs is None:
        size, method = firms.local.to_numpy(dtype=float), "table"
        required = total_requirements(coefficients, size)
    else:
        size, method = outputs.local_output.to_numpy(), "output"
        required = total_requirements(coefficients, size, outputs.final_demand)
        rows["supply_share_pool"] = pool_shares(size, required)
        rows["suppliers_needed"] = np.nan
        if outputs.national_output[used].notna().all():
            whole = outputs.national_output.where(used, 0.0)
            quotients = simple_quotients(size, whole)
            share = float(size.sum() / whole.sum())
            rows["supply_share_slq"] = quotient_shares(quotients)
    rows["supply_share_flq"] = flq_shares(coefficients, size, quotients, share, delta)
    return _result(rows, coefficients, required, rows.supply_share_flq.to_numpy(), method)


def _by_firms(weights: FloatArray, firms: pd.DataFrame) -> pd.DataFrame:
    """Both shares by the number of firms."""
    needed = suppliers_needed(weights, firms.local, firms.whole)
    return pd.DataFrame(
        {
            "suppliers_needed": needed,
            "supply_share_pool": pool_shares(firms.local, needed),
            "supply_share_slq": quotient_shares(_known_ratio(firms.local, firms.expected)),
            "supply_share_flq": np.nan,
        },
        index=firms.index,
    )


def _result(
    rows: pd.DataFrame, weights: FloatArray, required: FloatArray, share: FloatArray, method: str
) -> pd.DataFrame:
    """The rows with what is required and unmet; both unknown for a segment whose users the chain does not name."""
    named = (weights > 0).any(axis=1)
    required = np.where(named | (required > 0), required, np.nan)
    return rows.assign(
        requirement=required,
        supply_share=share,
        unmet=unmet(required, share),
        demand_method=method,
        demand_tier=TIERS[method],
    )


def _known_ratio(above: pd.Series, below: pd.Series) -> FloatArray:
    return (above / below.where(below > 0)).to_numpy(dtype=float)


def _matrix(table: InputOutput, segments: pd.Index) -> FloatArray:
    found = table.coefficients[
        table.coefficients.supplier_id.isin(segments) & table.coefficients.user_id.isin(segments)
    ]
    matrix = np.zeros((len(segments), len(segments)))
    rows, columns = segments.get_indexer(found.supplier_id), segments.get_indexer(found.user_id)
    matrix[rows, columns] = found.coefficient.to_numpy(dtype=float)
    return matrix


def _outputs(table: InputOutput, firms: pd.DataFrame, used: NDArray[np.bool_]) -> pd.DataFrame | None:
    """Outputs of every segment, 元: as given, else the national output by the region's share of firms.

    None unless they are known for every segment of the table; segments outside the table have none of its flows. A final
    demand that is not given is left out of the requirements.
    """
    given = table.outputs.reindex(firms.index)[["local_output", "national_output", "final_demand"]].astype(float)
    estimated = given.national_output * (firms.local / firms.whole.where(firms.whole > 0))
    local = given.local_output.where(given.local_output.notna(), estimated)
    if not used.any() or local[used].isna().any():
        return None
    final = given.final_demand.where(given.final_demand.notna(), 0.0)
    return given.assign(local_output=local.where(used, 0.0), final_demand=final)
