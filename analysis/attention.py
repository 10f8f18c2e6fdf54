"""What waits for someone: projects without news, stages that are overdue, gaps without a target on a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

ALIVE = ("negotiating", "signed", "started")
"""Stages after which something still has to happen."""


@dataclass(frozen=True)
class Patience:
    """How long is too long.

    quiet_days : days without news of a project; start_days : days from signing to the start; operate_days : days from
    the start to operation; stale_months : months since a source's as-of date; top : most urgent gaps of every chain
    that ought to have a target on a list; recent_days : days in which an import that went wrong is worth a line
    """

    quiet_days: int = 90
    start_days: int = 180
    operate_days: int = 730
    stale_months: int = 6
    top: int = 5
    recent_days: int = 30


def quiet_projects(projects: pd.DataFrame, today: date, days: int) -> pd.DataFrame:
    """Projects that are neither done nor ended and of which nothing new was heard for more than ``days``, longest first.

    Parameters
    ----------
    projects : one row a project: project_id, stage (NA unknown), news_on (day of the newest news)

    Returns
    -------
    those rows with quiet_days (days since). A project of unknown stage is not among them.

    >>> rows = pd.DataFrame({"project_id": ["p", "q"], "stage": ["signed", "operating"], "news_on": [date(2026, 1, 1)] * 2})
    >>> quiet_projects(rows, date(2026, 4, 11), 90)[["project_id", "quiet_days"]].values.tolist()
    [['p', 100]]
    """
    alive = projects[projects.stage.isin(ALIVE) & projects.news_on.notna()]
    silent = (pd.Timestamp(today) - pd.to_datetime(alive.news_on)).dt.days
    rows = alive.assign(quiet_days=silent)[silent > days]
    return rows.sort_values(["quiet_days", "project_id"], ascending=[False, True]).reset_index(drop=True)


def overdue(projects: pd.DataFrame, stage: str, today: date, days: int) -> pd.DataFrame:
    """Projects that have stood in a stage for more than ``days``, longest first; those without a day are not among them.

    Parameters
    ----------
    projects : one row a project: project_id, stage, stage_on (day of the stage, NA unknown)

    Returns
    -------
    those rows with overdue_days (days beyond what is allowed).

    >>> rows = pd.DataFrame({"project_id": ["p"], "stage": ["signed"], "stage_on": [date(2026, 1, 1)]})
    >>> overdue(rows, "signed", date(2026, 7, 10), 180).overdue_days.tolist()
    [10]
    """
    due = projects[(projects.stage == stage).fillna(False) & projects.stage_on.notna()]
    late = (pd.Timestamp(today) - pd.to_datetime(due.stage_on)).dt.days - days
    rows = due.assign(overdue_days=late)[late > 0]
    return rows.sort_values(["overdue_days", "project_id"], ascending=[False, True]).reset_index(drop=True)


def unlisted_gaps(gaps: pd.DataFrame, listed: pd.DataFrame, top: int) -> pd.DataFrame:
    """The ``top`` most urgent gaps of every chain that have no firm on a catalogue, most urgent first.

    Parameters
    ----------
    gaps : one row a gap: chain_id, segment_id, priority; listed : chain_id and segment_id of the catalogues

    >>> gaps = pd.DataFrame({"chain_id": "c", "segment_id": ["a", "b", "d"], "priority": [90.0, 80.0, 70.0]})
    >>> unlisted_gaps(gaps, gaps.loc[[0], ["chain_id", "segment_id"]], 2).segment_id.tolist()
    ['b']
    """
    ordered = gaps.sort_values(["priority", "segment_id"], ascending=[False, True])
    first = ordered.groupby("chain_id", sort=False).head(top)
    known = pd.MultiIndex.from_frame(listed[["chain_id", "segment_id"]])
    missing = ~pd.MultiIndex.from_frame(first[["chain_id", "segment_id"]]).isin(known)
    return first[missing].reset_index(drop=True)


def stale(sources: pd.DataFrame, today: date, months: int) -> pd.DataFrame:
    """Sources whose facts held more than ``months`` ago, oldest first.

    sources : one row a source: as_of (day)

    >>> stale(pd.DataFrame({"as_of": [date(2026, 1, 31), date(2026, 9, 1)]}), date(2026, 10, 1), 6).as_of.astype(str).tolist()
    ['2026-01-31']
    """
    limit = pd.Timestamp(today) - pd.DateOffset(months=months)
    rows = sources[pd.to_datetime(sources.as_of) < limit]
    return rows.sort_values("as_of", kind="stable").reset_index(drop=True)


def recent(moments: pd.Series, today: date, days: int) -> pd.Series:
    """Which of the moments lie within the last ``days``; a missing one does not.

    >>> recent(pd.Series(pd.to_datetime(["2026-09-20", "2026-08-01"])), date(2026, 10, 1), 30).tolist()
    [True, False]
    """
    return pd.to_datetime(moments) >= pd.Timestamp(today - timedelta(days=days))
