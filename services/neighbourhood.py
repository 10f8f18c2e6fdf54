"""Who is around a segment: recorded relations between the firms that make it, here or elsewhere, and local firms."""

from __future__ import annotations

import pandas as pd

from data.regions import Region
from data.sql import load_sql
from data.store import Store


def segment_relations(store: Store, chain_id: str, segment_id: str, region: Region) -> pd.DataFrame:
    """Recorded relations that tie firms confirmed in a segment to the region.

    Those of the segment's local firms with anybody, and those of its firms elsewhere with any local firm.

    Returns
    -------
    one row a relation: kind, from_id, from_name, from_region, from_member (confirmed in the segment), from_local, the same
    of the other end (to_…), since, evidence, source_id, source_title, as_of
    """
    sql = load_sql("segment_relations").replace("{region}", region.where_sql)
    return store.query(sql, {"chain_id": chain_id, "segment_id": segment_id, **region.params})
