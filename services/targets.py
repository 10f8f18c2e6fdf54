"""Target firms for a segment: candidates from the whole country, ranked and explained."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.targets import TargetParams, distance_km, explain, rank_targets
from chains.model import Chain
from data.regions import Region
from data.sql import load_sql
from data.store import Store


def segment_targets(
    store: Store, chain: Chain, segment_id: str, region: Region, as_of: date, params: TargetParams = TargetParams()
) -> pd.DataFrame:
    """Every firm outside the region confirmed in the segment, best first, with its parts.

    Returns
    -------
    one row a firm: the facts of ``segment_candidates.sql``, segment_id, segment_name, the parts, score, completeness.
    Sentences are added by :func:`top_targets`, for the rows that are shown.

    Raises
    ------
    KeyError : the chain has no such segment
    """
    segment = chain.segment(segment_id)
    sql = load_sql("segment_candidates").replace("{region}", region.where_sql)
    names = {"chain_id": chain.id, "segment_id": segment_id}
    rows = store.query(sql, {**names, **region.params})
    rows = rows.assign(
        segment_id=segment_id,
        segment_name=segment.name,
        distance_km=distance_km(rows.longitude, rows.latitude, (region.longitude, region.latitude)),
    )
    return rank_targets(rows, as_of, params)


def top_targets(
    store: Store,
    chain: Chain,
    segment_id: str,
    region: Region,
    as_of: date,
    params: TargetParams = TargetParams(),
    limit: int = 20,
) -> pd.DataFrame:
    """The best ``limit`` targets of a segment with reason and conflicts."""
    return explain(segment_targets(store, chain, segment_id, region, as_of, params).head(limit), as_of)
