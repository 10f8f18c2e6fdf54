"""The counts behind the labels under another tier of evidence, or as of an earlier day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from analysis.presence import benchmark
from chains.model import Chain, Kind
from data.regions import Region
from data.sql import load_sql
from data.store import Store
from services.presence import Cube, Local, counted_segments, counted_totals, counting_of

SURE = 0.95
"""Least 把握 (0–1) of a firm in a segment that counts under the strict tier."""
TIERS: Mapping[str, str] = {"confirmed": "确认", "strict": "从严", "all": "从宽"}
TIER_NOTES: Mapping[str, str] = {
    "confirmed": "确认属于该环节的企业",
    "strict": f"只计把握不低于 {SURE:.0%} 或人工确认的企业",
    "all": "连同待核企业",
}


@dataclass(frozen=True)
class Counting:
    """Which firms count. tier : a key of ``TIERS``; until : only firms known to be founded by then, None for all."""

    tier: str = "confirmed"
    until: date | None = None

    @property
    def params(self) -> dict[str, Any]:
        """Parameters of the queries."""
        return {"tier": self.tier, "sure": SURE, "until": self.until}

    def __bool__(self) -> bool:
        return self != Counting()


def counted_cube(store: Store, cube: Cube, counting: Counting) -> Cube:
    """The cube counted otherwise: numerator, denominator and benchmark by the same rule, the benchmark of the same places.

    How much regions differ (the prior's k) and the counts by industry stay those of ``cube``. Raises NothingToCompare
    where the benchmark's places had no firm then.
    """
    if not counting:
        return cube
    rows, totals = counted_segments(store, None, **counting.params), counted_totals(store, None, counting.until)
    counts = counting_of(rows, cube.chains)
    marks = benchmark(counts, totals, cube.marks.base, shape=cube.marks["shape"])
    counted = replace(cube, counts=counts, totals=totals, marks=marks)
    return counted if cube.cities is None else counted.against(cube.cities, cube.benchmark)


def counted_local(store: Store, local: Local, region: Region, counting: Counting) -> Local:
    """The counts of a region counted otherwise; ``local`` : as they are usually (``load_local``)."""
    if not counting:
        return local
    rows, totals = counted_segments(store, region, **counting.params), counted_totals(store, region, counting.until)
    return replace(local, counts=rows.drop(columns=["w2_makers", "w2_rd"]), totals=totals)


def undated(store: Store, region: Region, chain: Chain) -> pd.Series:
    """Counting firms of the region without a date of founding, by segment; segments without any are left out."""
    sql = load_sql("undated_segments").replace("{region}", region.where_sql)
    research = [segment.id for segment in chain.segments if segment.kind == Kind.RD]
    rows = store.query(sql, {"chain_id": chain.id, "research": research, **region.params})
    return pd.Series(rows.n.to_numpy(dtype=int), index=rows.segment_id)
