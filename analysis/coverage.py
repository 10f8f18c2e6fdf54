"""Coverage of gaps by projects, twice: nominal (signed) and effective (started, operating or paid in)."""

from __future__ import annotations

import pandas as pd

from analysis.labels import Label

SIGNED_STAGES: frozenset[str] = frozenset({"signed", "started", "operating"})
EFFECTIVE_STAGES: frozenset[str] = frozenset({"started", "operating"})


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


def count_by_segment(projects: pd.DataFrame) -> pd.DataFrame:
    """Projects per segment: index segment_id, columns nominal and effective (counts)."""
    status = project_status(projects)
    return status.groupby("segment_id")[["nominal", "effective"]].sum().astype(int)


def coverage(labels: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Share of gaps (weak or missing segments) that projects cover.

    Parameters
    ----------
    labels : segment_id, label, nominal, effective (counts), and ``by``
    by : column to group on (stage_name), None for the chain as a whole

    Returns
    -------
    one row a group: n_segments, n_gaps, n_nominal, n_effective (gaps with at least one such project), nominal_share,
    effective_share (NA where there is no gap), n_over (strong segments that have signed projects).
    """
    gap = labels.label.isin([Label.WEAK, Label.MISSING])
    flags = pd.DataFrame(
        {
            "n_segments": 1,
            "n_gaps": gap.astype(int),
            "n_nominal": (gap & (labels.nominal > 0)).astype(int),
            "n_effective": (gap & (labels.effective > 0)).astype(int),
            "n_over": ((labels.label == Label.STRONG) & (labels.nominal > 0)).astype(int),
        }
    )
    keys = labels[by] if by else pd.Series("全链", index=labels.index, name="scope")
    table = flags.groupby(keys, sort=False).sum()
    gaps = table.n_gaps.where(table.n_gaps > 0)
    table["nominal_share"] = table.n_nominal / gaps
    table["effective_share"] = table.n_effective / gaps
    return table.reset_index()
