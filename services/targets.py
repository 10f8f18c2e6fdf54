"""Target firms for a segment: candidates from the whole country, ranked and explained."""

from __future__ import annotations

import pandas as pd

from analysis.centrality import centrality, other_trade, says
from analysis.targets import distance_km
from chains.model import Chain
from data.regions import Region
from data.sql import load_sql
from data.store import Store
from services.ties import Ties, read_ties, tied


def segment_candidates(
    store: Store, chain: Chain, segment_id: str, region: Region, ties: Ties | None = None
) -> pd.DataFrame:
    """Every firm outside the region that is confirmed in the segment, with the facts that ranking needs.

    Parameters
    ----------
    ties : of the region (``services.ties.read_ties``), where they are known already: they are those of every segment

    Returns
    -------
    one row a firm: the columns of ``segment_candidates.sql``, n_projects (its projects in the region), segment_id,
    segment_name, kind, main_business (name or stated industry says a keyword), other_trade and centrality
    (see ``analysis.centrality``), distance_km from the region (NaN where a place is unknown), and tie_value, tie_steps,
    tie_inferred and tie_text (``services.ties.tied``; NA where no path is known).
    Depends on firms and region only, not on weights: keep it and rank it anew.

    Raises
    ------
    KeyError : the chain has no such segment
    """
    segment = chain.segment(segment_id)
    sql = (
        load_sql("segment_candidates")
        .replace("{growth}", load_sql("firm_growth"))
        .replace("{region}", region.where_sql)
    )
    words = segment.keywords, segment.exclusions
    asked = {"chain_id": chain.id, "segment_id": segment_id}
    rows = store.query(sql, asked | region.params)
    ties = ties or read_ties(store, region)
    rows = rows.assign(
        n_projects=rows.firm_id.map(ties.n_projects).fillna(0).astype(int),  # none counted
        segment_id=segment_id,
        segment_name=segment.name,
        kind=str(segment.kind),
        main_business=says(rows.name, *words) | says(rows.industry_text, *words),
        distance_km=distance_km(rows.longitude, rows.latitude, (region.longitude, region.latitude)),
    )
    rows = rows.merge(tied(store, ties, rows.firm_id), on="firm_id", how="left")
    rows = rows.assign(other_trade=other_trade(rows))
    return rows.assign(centrality=centrality(rows))
