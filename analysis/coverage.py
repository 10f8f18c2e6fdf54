"""Coverage of gaps by projects, twice: nominal (signed) and effective (started, operating or paid in)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

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
    gap = labels.label.isin(GAP_LABELS)
    strong = labels.label == Label.STRONG
    flags = pd.DataFrame(
        {
            "n_segments": 1,
            "n_gaps": gap.astype(int),
            "n_nominal": gap & (labels.nominal > 0),
            "n_effective": gap & (labels.effective > 0),
            "n_over": strong & (labels.nominal > 0),
        }
    )
    keys = scope_of(labels, by)
    known = labels.nominal.notna().groupby(keys, sort=False).all()
    table = flags.groupby(keys, sort=False).sum()
    covered = ["n_nominal", "n_effective", "n_over"]
    table[covered] = table[covered].astype("Int64").where(known, pd.NA)
    gaps = table.n_gaps.where(table.n_gaps > 0)
    table["nominal_share"] = table.n_nominal.astype(float) / gaps
    table["effective_share"] = table.n_effective.astype(float) / gaps
    return table.reset_index()


def scope_of(rows: pd.DataFrame, by: str | None) -> pd.Series:
    """The group of every row: its ``by``, or 全链 for all."""
    return rows[by] if by else pd.Series("全链", index=rows.index, name="scope")
