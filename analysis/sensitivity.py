"""Which labels hang by a thread: what each would be with every threshold, and the expected number, a tenth off."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.labels import LabelParams, label_segments
from chains.words import LABELS

THRESHOLDS: dict[str, str] = {
    "strong_low": "优势线",
    "weak_high": "薄弱线",
    "missing_expected": "缺失所需应有数",
    "min_expected": "数据不足线",
}
EXPECTED = "应有数"


def label_sensitivity(presence: pd.DataFrame, params: LabelParams = LabelParams(), change: float = 0.1) -> pd.DataFrame:
    """Labels under ±``change`` of each threshold and of the expected number, one at a time.

    Parameters
    ----------
    presence : as for ``label_segments``, with its label
    change : share by which each is moved, 0.1 = 10 %

    Returns
    -------
    same index as ``presence``: held (share of the ten variants in which the label stays), flips (list of sentences such as
    优势线 +10% → 一般).

    Examples
    --------
    >>> rows = pd.DataFrame({"n_local": [44], "expected": [22.0], "shape": [2.0], "n_anchor": [0]})
    >>> rows = label_segments(rows)
    >>> rows.label.tolist(), label_sensitivity(rows).flips.tolist()
    (['strong'], [['优势线 +10% → 一般', '应有数 +10% → 一般']])
    """
    bare = presence.drop(columns=["label", "lq", "lq_low", "lq_high"], errors="ignore").reset_index(drop=True)
    variants = {}
    for sign, word in ((1.0 + change, f"+{change:.0%}"), (1.0 - change, f"−{change:.0%}")):
        for name, title in THRESHOLDS.items():
            moved = replace(params, **{name: getattr(params, name) * sign})
            variants[f"{title} {word}"] = label_segments(bare, moved).label
        variants[f"{EXPECTED} {word}"] = label_segments(_scaled(bare, sign), params).label
    others = pd.DataFrame(variants)
    now = presence.label.reset_index(drop=True)
    same = others.eq(now, axis=0)
    flips = [
        [f"{title} → {LABELS[others.loc[row, title]]}" for title in others.columns if not same.loc[row, title]]
        for row in others.index
    ]
    return pd.DataFrame({"held": same.mean(axis=1).to_numpy(), "flips": flips}, index=presence.index)


def _scaled(presence: pd.DataFrame, factor: float) -> pd.DataFrame:
    wanted = [column for column in ("expected", "size_expected") if column in presence]
    return presence.assign(**{column: presence[column] * factor for column in wanted})
