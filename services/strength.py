"""Where a segment is strong in the country: every prefecture judged as the home region is."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.labels import LabelParams, label_segments
from analysis.presence import regional_presence
from data.sql import load_sql
from data.store import Store
from services.presence import NOWHERE, Cube


def national_strength(
    cube: Cube, segment_id: str, anchors: pd.Series, params: LabelParams = LabelParams()
) -> pd.DataFrame:
    """The label of a segment in every prefecture that has firms, as the home region's would be.

    Parameters
    ----------
    cube : counting firms everywhere, with its benchmark
    anchors : listed firms of the segment by prefecture (:func:`segment_anchors`)

    Returns
    -------
    one row a prefecture, the surest lead first (highest lower end of the interval): region, n_local, n_anchor,
    expected, shape, lq, lq_low, lq_high, label, and for weights size and size_expected. A prefecture without any firm in the store has no row.

    Raises
    ------
    KeyError : the cube does not count the segment
    """
    one = replace(
        cube,
        counts=cube.counts[cube.counts.segment_id == segment_id],
        totals=cube.totals[cube.totals.index != NOWHERE],
        marks=cube.marks.loc[[segment_id]],
    )
    presence = regional_presence(one.counts, one.totals, one.marks).drop(columns="segment_id")
    n_anchor = presence.region.map(anchors).fillna(0).astype(int)  # none counted
    labels = label_segments(presence.assign(n_anchor=n_anchor), params)
    return labels.sort_values(["lq_low", "n_local", "region"], ascending=[False, False, True], ignore_index=True)


def segment_anchors(store: Store, chain_id: str, segment_id: str) -> pd.Series:
    """Number of listed firms confirmed in a segment, by prefecture; those without any have no entry."""
    rows = store.query(load_sql("segment_anchors"), {"chain_id": chain_id, "segment_id": segment_id})
    return rows.set_index("region").n_anchor


def cities(store: Store) -> pd.DataFrame:
    """Every prefecture in force: adcode, name, full_name, province_code, longitude, latitude."""
    return store.query(load_sql("cities"))
