"""Local demand of a chain's segments, from the store's counts and an input–output table where one was imported."""

from __future__ import annotations

import pandas as pd

from analysis.chain_demand import InputOutput, chain_demand
from chains.graph import supply_graph
from chains.model import Chain
from data.regions import Region
from data.sql import load_sql
from data.store import Store


def demand_of(
    chain: Chain, labels: pd.DataFrame, marks: pd.DataFrame, measure: str, table: InputOutput | None
) -> pd.DataFrame:
    """The labels with the columns of ``analysis.chain_demand.chain_demand``.

    Parameters
    ----------
    labels : ``services.presence.chain_labels``; marks : the benchmark by segment (``services.presence.Cube``)
    measure : count or size, as the labels were judged; table : the chain's input–output table in force, if any
    """
    own = marks.loc[labels.segment_id]
    by_count = {"local": labels.n_local, "expected": labels.expected, "whole": own.total}
    by_size = {"local": labels["size"], "expected": labels.size_expected, "whole": own.w_total / own.unit}
    columns = by_size if measure == "size" else by_count
    firms = pd.DataFrame({name: values.to_numpy(dtype=float) for name, values in columns.items()}, labels.segment_id)
    return labels.join(chain_demand(supply_graph(chain), firms, table), on="segment_id")


def input_output(store: Store, chain: Chain, region: Region) -> InputOutput | None:
    """The chain's table in force: of batches not undone the one with the newest date, then the one imported last.

    Local outputs and final demand are taken for the region that they were imported for, and left out for any other.
    """
    found = store.rows(load_sql("io_tables"), {"chain_id": chain.id})
    if not found:
        return None
    batch_id, title, as_of, _ = found[0]
    asked = {"chain_id": chain.id, "batch_id": batch_id}
    coefficients = store.query(load_sql("io_coefficients"), asked)
    outputs = store.query(load_sql("io_outputs"), asked | {"adcode": region.adcode})
    return InputOutput(coefficients, outputs.set_index("segment_id"), title, as_of)
