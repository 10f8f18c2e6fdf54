"""Whether a label would stand if one looked at it another way."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.labels import LabelParams, label_segments
from analysis.sensitivity import label_sensitivity
from chains.words import LABELS, MEASURES
from exports.formats import decimal
from pages.components.html import esc

OTHER = {"count": "size", "size": "count"}


def second_opinion(row: pd.Series, params: LabelParams) -> tuple[str, str]:
    """The label by the other measure: what it is called, and what it says."""
    other = replace(params, measure=OTHER[params.measure])
    [seen] = label_segments(
        row.to_frame().T.infer_objects().drop(columns=["lq", "lq_low", "lq_high", "label"]), other
    ).itertuples()
    same = "判定相同" if seen.label == row.label else f"会判为{LABELS[seen.label]}"
    return (
        f"按{MEASURES[other.measure]}看",
        f"区位商 {decimal(seen.lq, 2)}（{decimal(seen.lq_low, 2)}–{decimal(seen.lq_high, 2)}），{same}",
    )


def holds(row: pd.Series, params: LabelParams) -> str:
    """What a tenth more or less of every threshold and of the expected number would make of the label."""
    [found] = label_sensitivity(row.to_frame().T.infer_objects(), params).itertuples()
    return esc("；".join(found.flips)) if found.flips else "各条线与应有数上下浮动 10%，判定不变"
