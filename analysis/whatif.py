"""What would be different: firms that land, projects that begin, and the conclusions before and after, beside one another.

Landing a firm adds it to the region's counts. The expected numbers stay as they are: neither the benchmark nor the
region's own base population is counted anew. One firm among thousands would move them by less than a thousandth, and a
what-if in which bringing one firm lowers every other segment would tell of arithmetic rather than of the region.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.coverage import EFFECTIVE_STAGES, GAP_LABELS, project_status
from analysis.labels import LabelParams, label_segments

SUMS = ("n_makers", "n_rd", "n_anchor", "w_makers", "w_rd")
SIDES = ("label", "n_local", "n_rd", "lq", "nominal", "effective")
"""What is shown of a segment before and after, besides its priority."""
MOVED = 0.05
"""A priority (0–100) that moves by less is the same: it is shown with one decimal."""
MOST_FIRMS = 300


def land(counts: pd.DataFrame, arrivals: pd.DataFrame) -> pd.DataFrame:
    """A region's counts with the firms that land.

    Parameters
    ----------
    counts : one region's region, segment_id, n_makers, n_rd, n_anchor, w_makers, w_rd
    arrivals : segment_id, role, listed (bool), weight (of the firm's size); one row a firm and segment

    Returns
    -------
    counts with one more for every arrival: as researcher where its role is rd, as maker otherwise, as anchor where it is
    listed. Segments without a row get one.
    """
    if arrivals.empty:
        return counts
    research = arrivals.role == "rd"
    added = pd.DataFrame(
        {
            "segment_id": arrivals.segment_id,
            "n_makers": (~research).astype(int),
            "n_rd": research.astype(int),
            "n_anchor": arrivals.listed.astype(int),
            "w_makers": arrivals.weight.astype(float).where(~research, 0.0),
            "w_rd": arrivals.weight.astype(float).where(research, 0.0),
        }
    ).assign(region=counts.region.iloc[0] if len(counts) else "")
    both = pd.concat([counts, added], ignore_index=True)
    return both.groupby(["region", "segment_id"], as_index=False, sort=False)[list(SUMS)].sum()


def whole_arrivals(arrivals: pd.DataFrame, whole: str) -> pd.DataFrame:
    """The firms of ``arrivals`` that stand in a core segment, each once, as rows of the chain as a whole.

    whole : the id under which the chain as a whole is counted; arrivals : firm_id and core besides those of :func:`land`
    """
    core = arrivals[arrivals.core.astype(bool)]
    # a firm that makes in one segment and researches in another is a maker of the chain
    once = core.sort_values("role", key=lambda role: role == "rd", kind="stable").drop_duplicates("firm_id")
    return once.assign(segment_id=whole)


def advance(projects: pd.DataFrame, start: Collection[str] = (), sign: Collection[str] = ()) -> pd.DataFrame:
    """Projects as they would be if some began and some were signed; none goes back.

    Parameters
    ----------
    projects : project_id, stage, paid_in_cny and the rest of ``project_status``
    start, sign : ids; what is started need not be signed as well

    Returns
    -------
    projects with stage, nominal and effective as they would be. A project that has begun stays as it is; one that is
    signed already stays signed.
    """
    begun = projects.stage.isin(EFFECTIVE_STAGES)
    started = projects.project_id.isin(list(start)) & ~begun
    signed = projects.project_id.isin(list(sign)) & ~projects.nominal.astype(bool) & ~started
    stage = projects.stage.astype("str").mask(started, "started").mask(signed, "signed")
    return project_status(projects.assign(stage=stage))


def compare(before: tuple[pd.DataFrame, pd.DataFrame], after: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    """Every segment before and after, those that change first.

    Parameters
    ----------
    before, after : labels of a chain's segments (``chain_labels``) and its gaps (``find_gaps``)

    Returns
    -------
    one row a segment: segment_id, name, stage_name; label, n_local, n_rd, lq, nominal, effective and priority (NA where it
    is no gap) with _before and _after; priority_change (NA unless it is a gap both times); changed (bool). Those whose
    label changes come first, then by the change of counts and of priority, then in the order of the chain.
    """
    ids = before[0].segment_id
    sides = {
        f"{key}_{when}": values
        for when, (labels, gaps) in (("before", before), ("after", after))
        for key, values in _side(labels, gaps, ids).items()
    }
    rows = pd.DataFrame({name: before[0][name].array for name in ("segment_id", "name", "stage_name")} | sides)
    rows["priority_change"] = rows.priority_after - rows.priority_before
    flips = rows.label_after != rows.label_before
    counts = np.logical_or.reduce([_differs(rows, key) for key in ("n_local", "n_rd", "nominal", "effective")])
    moved = rows.priority_change.abs().ge(MOVED) | (rows.priority_after.isna() != rows.priority_before.isna())
    rows["changed"] = flips | counts | moved
    size = rows.priority_change.abs().fillna(-1.0)
    order = np.lexsort((-size, ~moved, ~counts, ~flips))
    return rows.iloc[order].reset_index(drop=True)


def firms_to_fair(labels: pd.DataFrame, params: LabelParams = LabelParams()) -> pd.Series:
    """How many more counting firms each gap needs to be fair: the smallest m with which it is a gap no longer.

    Parameters
    ----------
    labels : segment_id, label, n_local, expected, shape, n_anchor and, for the measure size, size and size_expected

    Returns
    -------
    Int64 by segment_id; only gaps; NA where ``MOST_FIRMS`` are too few. A firm is taken to be of ordinary size.
    """
    gaps = labels[labels.label.isin(GAP_LABELS)]
    known = [name for name in ("n_local", "expected", "shape", "n_anchor", "size", "size_expected") if name in gaps]
    tried = gaps[["segment_id", *known]].iloc[np.repeat(np.arange(len(gaps)), MOST_FIRMS)]
    tried = tried.assign(more=np.tile(np.arange(1, MOST_FIRMS + 1), len(gaps)))
    for name in {"n_local", "size"} & set(known):
        tried[name] += tried.more
    judged = label_segments(tried, params)
    enough = judged[~judged.label.isin(GAP_LABELS)].groupby("segment_id").more.min()
    return enough.reindex(pd.Index(gaps.segment_id)).astype("Int64")


def _side(labels: pd.DataFrame, gaps: pd.DataFrame, ids: pd.Series) -> dict[str, ArrayLike]:
    """What is compared, in the order of ``ids``."""
    place = pd.Index(labels.segment_id).get_indexer(ids)
    priority = pd.Series(gaps.priority.to_numpy(dtype=float), index=gaps.segment_id).reindex(ids).to_numpy()
    return {key: labels[key].array.take(place) for key in SIDES} | {"priority": priority}


def _differs(rows: pd.DataFrame, key: str) -> np.ndarray:
    """Where a count is another; unknown both times is the same."""
    one, other = (rows[f"{key}_{side}"].to_numpy(dtype=float, na_value=-1.0) for side in ("before", "after"))
    return np.asarray(one != other)
