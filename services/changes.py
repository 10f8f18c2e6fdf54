"""What changed in the store since a moment: imports, labels, projects, versions of catalogues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analysis.changes import label_changes
from data.regions import Region
from data.sql import load_sql
from data.store import Store
from services.batches import batches
from services.label_history import basis, labels_at

NEVER_KEPT = "那时的判定没有留存，不能比较；从现在起，每次导入、匹配前后都会留存"
OTHER_BASIS = "判定口径（基准或阈值）在那之后改过，前后不能比较"


@dataclass(frozen=True)
class Changes:
    """What changed since a moment; every frame has one row a change.

    batches : imports that came or were taken back (``services.batches.batches``)
    labels : ``analysis.changes.label_changes`` with the segments' names; None where it cannot be told, see ``untold``
    new_projects, moved_projects : projects that came; projects known before of which something new was heard
    versions : catalogues that were frozen
    kept_at : moment of the labels that those of now are compared with
    """

    since: datetime
    batches: pd.DataFrame
    labels: pd.DataFrame | None
    new_projects: pd.DataFrame
    moved_projects: pd.DataFrame
    versions: pd.DataFrame
    kept_at: datetime | None = None
    untold: str = ""


def changes_since(store: Store, home: Region, labels: pd.DataFrame, projects: pd.DataFrame, since: datetime) -> Changes:
    """What changed in the store and in the home region since a moment, the moment itself included.

    Parameters
    ----------
    labels : as they are now: chain_id, segment_id, label, n_local, and what describes the segments
    projects : the region's, with known_at and told_at (:func:`project_news`)
    """
    came = batches(store)
    came = came[(came.imported_at >= since) | (came.undone_at >= since).fillna(False)]
    new = projects.known_at >= since
    moved = ~new & (projects.told_at >= since)
    compared, kept_at, untold = _compared(store, home, labels, since)
    return Changes(
        since,
        came.reset_index(drop=True),
        compared,
        _newest(projects[new]),
        _newest(projects[moved]),
        frozen_since(store, home, since),
        kept_at,
        untold,
    )


def project_news(store: Store) -> pd.DataFrame:
    """One row a project: project_id, known_at, told_at (moments), news_on (day of the newest news)."""
    return store.query(load_sql("project_news"))


def frozen_since(store: Store, home: Region, since: datetime) -> pd.DataFrame:
    """Versions of catalogues that were frozen: chain_id, title, version, frozen_at, created_by, n_items; newest first."""
    return store.query(
        "SELECT c.chain_id, c.title, c.version, c.frozen_at, c.created_by, count(i.firm_id) AS n_items "
        "FROM catalogue c LEFT JOIN catalogue_item i USING (catalogue_id) "
        "WHERE c.home_adcode = ? AND c.frozen_at >= ? GROUP BY ALL ORDER BY c.frozen_at DESC, c.chain_id",
        [home.adcode, since],
    )


def last_batch_at(store: Store) -> datetime | None:
    """When the newest import came that is in force; None where there is none."""
    [(at,)] = store.rows("SELECT max(imported_at) FROM import_batch WHERE undone_at IS NULL")
    return at if isinstance(at, datetime) else None


def _compared(
    store: Store, home: Region, labels: pd.DataFrame, since: datetime
) -> tuple[pd.DataFrame | None, datetime | None, str]:
    before = labels_at(store, home, since)
    if before.empty:
        return None, None, NEVER_KEPT
    if before.basis.iloc[0] != basis(store):
        return None, None, OTHER_BASIS
    facts = labels.drop(columns=["label", "n_local"])
    moved = label_changes(before, labels).merge(facts, on=["chain_id", "segment_id"], validate="one_to_one")
    return moved, before.taken_at.iloc[0].to_pydatetime(), ""


def _newest(projects: pd.DataFrame) -> pd.DataFrame:
    return projects.sort_values(["told_at", "project_id"], ascending=[False, True]).reset_index(drop=True)
