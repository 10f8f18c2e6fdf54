"""Where a segment is strong in the country: every prefecture judged as the home region is."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.labels import LabelParams, label_segments
from analysis.presence import regional_presence
from data.sql import load_sql
from data.store import Store
from services.presence import NOWHERE, Cube


def national_strength(cube: Cube, segment_id: str, params: LabelParams = LabelParams()) -> pd.DataFrame:
    """The label of a segment in every prefecture that has firms.

    Anchor firms are not known of every prefecture: strong needs ``params.min_makers`` there.

    Parameters
    ----------
    cube : counting firms everywhere, with its benchmark

    Returns
    -------
    one row a prefecture, the surest lead first (highest lower end of the interval): region, n_local, expected, shape, lq,
    lq_low, lq_high, label, and for weights size and size_expected. A prefecture without any firm in the store has no row.

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
    labels = label_segments(presence.assign(n_anchor=0), params)  # anchor firms: see above
    ordered = labels.sort_values(["lq_low", "n_local", "region"], ascending=[False, False, True], ignore_index=True)
    return ordered.drop(columns="n_anchor")


def cities(store: Store) -> pd.DataFrame:
    """Every prefecture in force: adcode, name, full_name, province_code, longitude, latitude."""
    return store.query(load_sql("cities"))
