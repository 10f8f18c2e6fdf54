"""Two places, or two dates, of one chain side by side: which segments are judged differently, and how far apart they are."""

from __future__ import annotations

import numpy as np
import pandas as pd

SIDES = ("label", "n_local", "expected", "lq")
"""What is put side by side of a segment."""


def side_by_side(own: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Every segment on both sides, those furthest apart first.

    The difference is |log₂(LQ / LQ′)| of the shrunken location quotients, which are never zero: 1 is twice as much or
    half as much, whatever the size of the segment and whichever side is named first.

    Parameters
    ----------
    own, other : labels of the same segments: segment_id, name, stage_name, label, n_local, expected, lq

    Returns
    -------
    one row a segment: segment_id, name, stage_name, label, n_local, expected, lq, the same with _other, ratio (LQ / LQ′),
    difference (≥ 0) and differs (bool: another label). Equal differences keep the order of ``own``.

    Examples
    --------
    >>> one = pd.DataFrame({"segment_id": ["a", "b"], "name": ["甲", "乙"], "stage_name": "段", "label": "fair",
    ...                     "n_local": 3, "expected": 3.0, "lq": [1.0, 0.5]})
    >>> side_by_side(one, one.assign(lq=[1.0, 2.0], label=["fair", "strong"]))[["segment_id", "difference", "differs"]].values.tolist()
    [['b', 2.0, True], ['a', 0.0, False]]
    """
    beside = other.set_index("segment_id").loc[own.segment_id, list(SIDES)].add_suffix("_other").reset_index(drop=True)
    rows = own[["segment_id", "name", "stage_name", *SIDES]].reset_index(drop=True).join(beside)
    ratio = rows.lq / rows.lq_other
    rows = rows.assign(ratio=ratio, difference=np.abs(np.log2(ratio)), differs=rows.label != rows.label_other)
    return rows.sort_values("difference", ascending=False, kind="stable", ignore_index=True)
