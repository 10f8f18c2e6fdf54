"""Which uncertain firm–segment pair is worth a person's decision first: the one that may change a label.

A decision moves three things at once: the region's count n, the benchmark's total (the region is part of it, so E moves
too) and the prior's shape k, which is fitted on all prefectures. :func:`labels_after` follows all three, so that a
promised label is the label that is seen afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.labels import Label, LabelParams, label_segments
from analysis.presence import FloatArray, expected_counts, fit_shape
from chains.words import LABELS

EXACT_STEPS = 24
"""Up to so many decisions every step is worked out in full; beyond, only where a quick estimate sees a change."""
LISTED_STEPS = 60
"""Nobody decides more pairs than that to see a label change."""
UNKNOWN_SIZE = 0.1
"""Size of a firm whose capital is unknown, as among targets: mostly small workshops."""


@dataclass(frozen=True)
class Footing:
    """What the label of one segment in one region stands on.

    counts, base : counting firms and base population of every prefecture
    n_local, n_anchor, own_base : the region's counting firms, listed firms and base population
    """

    counts: FloatArray
    base: FloatArray
    n_local: int
    n_anchor: int
    own_base: float


@dataclass(frozen=True)
class Change:
    """The fewest decisions that change a label: their number, the label before and the label after."""

    n: int
    before: str
    after: str


def labels_after(
    footing: Footing, steps: pd.DataFrame, at: Sequence[int], params: LabelParams = LabelParams()
) -> list[str]:
    """The label after the first m steps, for every m of ``at``, exactly as it will be found anew.

    Parameters
    ----------
    steps : one row a decision in their order: place (index of the firm's prefecture in the footing, -1 for none), n (+1
        for a counting firm confirmed, −1 for one rejected, 0 for one that does not count), anchor (the same for listed firms)
    at : numbers of steps, 0 for the present

    Returns
    -------
    labels in the order of ``at``.
    """
    counts = np.repeat(footing.counts[:, None], len(at), axis=1)
    place, n = steps.place.to_numpy(), steps.n.to_numpy(dtype=float)
    for column, m in enumerate(at):
        inside = place[:m] >= 0
        np.add.at(counts[:, column], place[:m][inside], n[:m][inside])
    total, base_total = counts.sum(axis=0), footing.base.sum()
    everywhere = footing.base[:, None] * total / base_total
    done = steps[["n", "anchor"]].cumsum()
    moved = pd.concat([pd.DataFrame({"n": [0], "anchor": [0]}), done], ignore_index=True).iloc[list(at)]
    presence = pd.DataFrame(
        {
            "n_local": footing.n_local + moved.n.to_numpy(),
            "n_anchor": footing.n_anchor + moved.anchor.to_numpy(),
            "expected": expected_counts(total, footing.own_base, base_total),
            "shape": fit_shape(counts, everywhere),
        }
    )
    return [str(label) for label in label_segments(presence, params).label]


def first_change(footing: Footing, steps: pd.DataFrame, params: LabelParams = LabelParams()) -> Change | None:
    """The fewest of the steps, taken in their order, after which the label is another; None where all of them change nothing.

    Examples
    --------
    Ten prefectures alike, one of which has none of the 18 firms: with its first the segment is missing no more.

    >>> footing = Footing(np.array([0.0] + [2.0] * 9), np.full(10, 100.0), 0, 0, 100.0)
    >>> first_change(footing, pd.DataFrame({"place": [0], "n": [1], "anchor": [0]}))
    Change(n=1, before='missing', after='fair')
    """
    steps = steps.head(LISTED_STEPS)
    wanted = range(len(steps) + 1) if len(steps) <= EXACT_STEPS else _near(_estimated(footing, steps, params))
    at = [m for m in wanted if m <= len(steps)]
    labels = labels_after(footing, steps, at, params)
    for m, label in zip(at, labels, strict=True):
        if label != labels[0]:
            return Change(m, labels[0], label)
    return None


def _estimated(footing: Footing, steps: pd.DataFrame, params: LabelParams) -> list[int]:
    """Numbers of steps at which the label seems to change, with the present shape and total."""
    everywhere = footing.base * footing.counts.sum() / footing.base.sum()
    moved = steps[["n", "anchor"]].cumsum()
    presence = pd.DataFrame(
        {
            "n_local": footing.n_local + np.append(0, moved.n.to_numpy()),
            "n_anchor": footing.n_anchor + np.append(0, moved.anchor.to_numpy()),
            "expected": footing.counts.sum() * footing.own_base / footing.base.sum(),
            "shape": fit_shape(footing.counts, everywhere)[0],
        }
    )
    labels = label_segments(presence, params).label
    return [int(m) for m in np.flatnonzero(labels != labels[0])[:1]] + [len(steps)]


def _near(estimates: Sequence[int]) -> list[int]:
    return sorted({0} | {m for one in estimates for m in range(one - 3, one + 4) if m > 0})


def estimate_changes(labels: pd.DataFrame, waiting: pd.DataFrame, params: LabelParams = LabelParams()) -> pd.DataFrame:
    """For every segment and direction the number of decisions that would change its label, E and k taken as fixed.

    Quick, for ordering hundreds of segments; what is said of a pair is worked out by :func:`first_change`.

    Parameters
    ----------
    labels : segment_id, n_local, n_anchor, expected, shape, label
    waiting : segment_id, sign (+1 to confirm, −1 to reject), n (pairs that may be decided so)

    Returns
    -------
    rows of ``waiting`` with n_change (NA where none of them would) and after (the label then).
    """
    needed = labels[["segment_id", "n_local", "n_anchor", "expected", "shape", "label"]]
    known = waiting.merge(needed, on="segment_id").reset_index(names="row")
    if known.empty:
        return waiting.assign(n_change=pd.Series(dtype="Int64"), after=pd.Series(dtype="str"))
    steps = known.n.clip(upper=LISTED_STEPS).to_numpy()
    rows = known.loc[known.index.repeat(steps)]
    rows = rows.assign(m=np.concatenate([np.arange(1, n + 1) for n in steps]), before=rows.label)
    rows = rows.assign(n_local=rows.n_local + rows.sign * rows.m)
    rows = label_segments(rows[rows.n_local >= 0].drop(columns="label"), params)
    first = rows[rows.label != rows.before].groupby("row").first()
    known = known.assign(n_change=first.m.reindex(known.row).astype("Int64"), after=first.label.reindex(known.row))
    return known[["segment_id", "sign", "n", "n_change", "after"]]


def rank_pairs(pairs: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """Pairs in the order in which they are worth deciding.

    First the segments whose label changes with the fewest decisions, gaps and critical segments before others, urgent
    gaps before less urgent ones; then pairs that change nothing. Within a segment the most uncertain and the
    largest firms: worth = H(score) · (1 + size) / 2 with the binary entropy H in bits and size 0–1 (see :func:`pair_worth`).

    Parameters
    ----------
    pairs : segment_id, firm_id, sign (+1 waits to be confirmed, −1 weakly confirmed), score (0–1), capital_cny, counts
        (whether the firm, confirmed, is one more of its segment)
    segments : segment_id, sign, n_change (NA none), label, critical, priority (NA: no gap)

    Returns
    -------
    ``pairs`` with those columns and worth, best first.
    """
    rows = pairs.merge(segments, on=["segment_id", "sign"], how="left", validate="many_to_one")
    gap = rows.label.isin([Label.MISSING, Label.WEAK])
    rows = rows.assign(
        worth=pair_worth(rows.score, rows.capital_cny),
        no_change=rows.n_change.isna() | ~rows.counts.astype(bool),
        matters=-(gap.astype(int) + rows.critical.astype(bool).astype(int)),
        other=~(gap | rows.critical.astype(bool)),
        urgency=-rows.priority.astype(float),
    )
    order = ["no_change", "other", "n_change", "matters", "urgency", "segment_id", "sign", "worth", "firm_id"]
    ascending = [True, True, True, True, True, True, False, False, True]
    rows = rows.sort_values(order, ascending=ascending, na_position="last", ignore_index=True)
    return rows.drop(columns=["no_change", "matters", "other", "urgency"])


def pair_worth(score: pd.Series, capital_cny: pd.Series) -> pd.Series:
    """H(score) · (1 + size) / 2, 0–1: an open question about a large firm first.

    H(p) = −p·log₂p − (1−p)·log₂(1−p); size is log capital, 50 万元 → 0, 50 亿元 → 1, unknown 0.1.

    Examples
    --------
    >>> pair_worth(pd.Series([0.5, 0.5, 1.0]), pd.Series([5e9, 5e5, 5e9])).tolist()
    [1.0, 0.5, 0.0]
    """
    p = score.astype(float).clip(1e-9, 1 - 1e-9)
    doubt = (-(p * np.log2(p) + (1 - p) * np.log2(1 - p))).round(6)
    capital = capital_cny.astype(float).where(lambda known: known > 0)
    size = (np.log10(capital / 5e5) / 4).clip(0.0, 1.0).fillna(UNKNOWN_SIZE)
    return doubt * (1 + size) / 2


def say_worth(change: Change | None, sign: int, n_waiting: int, label: str, counts: bool = True) -> str:
    """One Chinese sentence: what deciding the pair does to the label of its segment.

    Parameters
    ----------
    change : of :func:`first_change` with this pair as the first step
    sign : +1 to be confirmed, −1 weakly confirmed; n_waiting : pairs of that sign, this one among them
    label : the segment's label now; counts : whether the firm counts at all (a researcher of a product does not)
    """
    if not counts:
        return f"研发类企业不计入本环节家数，确认与否都不改变判定（现为“{LABELS[label]}”）"
    verb = "确认" if sign > 0 else "判为不符"
    if change is None:
        every = "即使" + ("确认" if n_waiting == 1 else f"待核的 {n_waiting} 家全部{verb}")
        return f"{every if sign > 0 else '判为不符'}，判定仍为“{LABELS[label]}”，但会改变本地家数"
    before, after = LABELS[change.before], LABELS[change.after]
    if change.n == 1:
        return f"{'再确认 1 家' if sign > 0 else '这 1 家若判为不符'}，“{before}”将变为“{after}”"
    return f"再{verb} {change.n} 家（含这家），“{before}”将变为“{after}”"
