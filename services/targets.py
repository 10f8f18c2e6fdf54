"""Target firms for a segment: candidates from the whole country, ranked and explained."""

from __future__ import annotations

import pandas as pd

from analysis.targets import distance_km
from chains.model import Chain
from data.regions import Region
from data.sql import load_sql
from data.store import Store


def segment_candidates(store: Store, chain: Chain, segment_id: str, region: Region) -> pd.DataFrame:
    """Every firm outside the region that is confirmed in the segment, with the facts that ranking needs.

    Returns
    -------
    one row a firm: the columns of ``segment_candidates.sql``, segment_id, segment_name and distance_km from the region
    (NaN where a place is unknown). Depends on firms and region only, not on weights: keep it and rank it anew.

    Raises
    ------
    KeyError : the chain has no such segment
    """
    segment = chain.segment(segment_id)
    sql = load_sql("segment_candidates").replace("{region}", region.where_sql)
    rows = store.query(sql, {"chain_id": chain.id, "segment_id": segment_id, **region.params})
    return rows.assign(
        segment_id=segment_id,
        segment_name=segment.name,
        distance_km=distance_km(rows.longitude, rows.latitude, (region.longitude, region.latitude)),
    )
