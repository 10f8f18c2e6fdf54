"""Gaps of a chain in a region, from the counts of the store."""

from __future__ import annotations

import pandas as pd

from analysis.gaps import GapParams, find_gaps
from chains.graph import supply_graph
from chains.model import Chain


def chain_gaps(chain: Chain, density: pd.Series, labels: pd.DataFrame, params: GapParams = GapParams()) -> pd.DataFrame:
    """Weak and missing segments of the chain, highest priority first (see ``analysis.gaps.find_gaps``).

    density : relatedness density of the region by segment (``services.presence.related_density``)
    """
    core = {stage.id for stage in chain.stages if stage.core}
    labels = labels.assign(core=labels.stage.isin(core))
    return find_gaps(labels, supply_graph(chain), density, params)
