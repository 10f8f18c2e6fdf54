"""Coverage of gaps by projects, twice: nominal (signed) and effective (started, operating or paid in)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.labels import Label

SIGNED_STAGES: frozenset[str] = frozenset({"signed", "started", "operating"})
EFFECTIVE_STAGES: frozenset[str] = frozenset({"started", "operating"})
GAP_LABELS: tuple[Label, ...] = (Label.WEAK, Label.MISSING)
COUNTS = ["nominal", "effective"]
NO_REGISTER = "未导入项目台账"
"""Why nothing is known of projects; said wherever their number would stand."""


def project_status(projects: pd.DataFrame) -> pd.DataFrame:
    """Whether each project covers its segments nominally and effectively.

    Parameters
    ----------
    projects : stage (latest, NA where unknown), paid_in_cny (NA where unknown)

    Returns
    -------
    projects with the booleans nominal and effective. Effective implies nominal: money paid in proves the signature.
    A suspended or terminated project covers nothing, whatever was paid.
    """
    ended = projects.stage.isin(["suspended", "terminated"])
    paid = projects.paid_in_cny.gt(0).fillna(False).astype(bool)
    effective = (projects.stage.isin(EFFECTIVE_STAGES) | paid) & ~ended
    nominal = projects.stage.isin(SIGNED_STAGES) | effective
    return projects.assign(nominal=nominal, effective=effective)


def count_by_segment(projects: pd.DataFrame | None, segments: Sequence[str]) -> pd.DataFrame:
    """Projects per segment: index segment_id (``segments``), columns nominal and effective (Int64).

    A register of projects is complete: a segment of which it has no row has 0 projects. Without a register
    (``projects`` is None) the counts are NA: nothing is known, not even that there is none.
    """
    if projects is None:
        return pd.DataFrame(pd.NA, index=pd.Index(segments, name="segment_id"), columns=COUNTS, dtype="Int64")
    counts = project_status(projects).groupby("segment_id")[COUNTS].sum()
    return counts.reindex(pd.Index(segments, name="segment_id"), fill_value=0).astype("Int64")


def coverage(labels: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Share of gaps (weak or missing segments) that projects cover.

    Parameters
    ----------
    labels : segment_id, label, nominal, effective (counts, NA where there is no register of projects), and ``by``
    by : column to group on (stage_name), None for the chain as a whole

    Returns
    -------
    one row a group: n_segments, n_gaps, n_nominal, n_effective (gaps with at least one such project), nominal_share,
    effective_share (NA where there is no gap), n_over (strong segments that have signed projects). Where the projects
    of a segment are unknown, so are all these counts and shares of its group (NA).
    """
    gap = labels.label.isin(GAP_LABELS).to_numpy()
    signed, begun = over_zero(labels.nominal), over_zero(labels.effective)
    strong = (labels.label == Label.STRONG).to_numpy()
    sums = group_sums(
        scope_of(labels, by),
        n_segments=np.ones(len(labels)),
        n_gaps=gap,
        n_nominal=gap & signed,
        n_effective=gap & begun,
        n_over=strong & signed,
        unknown=labels.nominal.isna().to_numpy(),
    )
    unknown = sums.unknown.to_numpy() > 0
    gaps = np.where((sums.n_gaps > 0) & ~unknown, sums.n_gaps, np.nan)
    table = {name: sums[name].to_numpy(dtype=int) for name in ("n_segments", "n_gaps")}
    table |= {name: known_counts(sums[name], unknown) for name in ("n_nominal", "n_effective", "n_over")}
    table |= {f"{kind}_share": sums[f"n_{kind}"].to_numpy() / gaps for kind in ("nominal", "effective")}
    return pd.DataFrame(table, index=sums.index).reset_index()


def over_zero(counts: pd.Series) -> NDArray[np.bool_]:
    """Where there is some; where the number is unknown, none is counted."""
    return counts.gt(0).fillna(False).to_numpy(dtype=bool)


def known_counts(sums: pd.Series, unknown: NDArray[np.bool_]) -> pd.arrays.IntegerArray:
    """Whole numbers, NA where unknown."""
    return pd.arrays.IntegerArray(sums.to_numpy().astype(np.int64), unknown.copy())


def scope_of(rows: pd.DataFrame, by: str | None) -> pd.Series:
    """The group of every row: its ``by``, or 全链 for all."""
    return rows[by] if by else pd.Series("全链", index=rows.index, name="scope")


def group_sums(groups: pd.Series, **columns: ArrayLike) -> pd.DataFrame:
    """Sums of columns by group, in the order of the groups' first rows.

    Examples
    --------
    >>> group_sums(pd.Series(["b", "a", "b"], name="g"), n=[1, 2, 4]).n.to_dict()
    {'b': 5.0, 'a': 2.0}
    """
    codes, found = pd.factorize(groups)
    sums = {
        name: np.bincount(codes, np.asarray(values, dtype=float), minlength=len(found))
        for name, values in columns.items()
    }
    return pd.DataFrame(sums, index=pd.Index(found, name=groups.name))
