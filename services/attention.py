"""What waits for someone in the home region: each kind with the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from analysis.attention import Patience, overdue, quiet_projects, recent, stale, unlisted_gaps
from chains.model import Chain
from data.regions import Region
from data.sql import load_sql
from data.store import Store
from services.batches import batches, match_runs
from services.imports import REFUSED

PATIENCE = Patience()
Found = dict[str, pd.DataFrame]
"""Rows by kind: quiet, unstarted, unfinished, loose, gaps, review, drafts, stale, rejected, refused, unmatched."""


def waiting_for_someone(
    store: Store,
    home: Region,
    chains: Sequence[Chain],
    gaps: pd.DataFrame,
    projects: pd.DataFrame,
    today: date,
    patience: Patience = PATIENCE,
) -> Found:
    """What waits for someone.

    Parameters
    ----------
    chains : those that the place works on
    gaps : of all its chains: chain_id, segment_id, priority
    projects : the region's with nominal, effective, n_segments, and news_on (``services.changes.project_news``)
    """
    ids = [chain.id for chain in chains]
    asked = {"home": home.adcode, "chains": ids}
    drafts = store.query(load_sql("catalogue_drafts"), asked)
    return {
        "quiet": quiet_projects(projects, today, patience.quiet_days),
        "unstarted": overdue(projects[~projects.effective], "signed", today, patience.start_days),
        "unfinished": overdue(projects, "started", today, patience.operate_days),
        "loose": projects[projects.nominal & (projects.n_segments == 0)].reset_index(drop=True),
        "gaps": unlisted_gaps(gaps, store.query(load_sql("catalogue_segments"), asked), patience.top),
        "review": waiting_firms(store, home, ids),
        "drafts": drafts[drafts.version.isna() | (drafts.n_apart > 0)].reset_index(drop=True),
        "stale": stale(store.query(load_sql("newest_sources")), today, patience.stale_months),
        "rejected": _rejected(store, today, patience.recent_days),
        "refused": refused_imports(store, today, patience.recent_days),
        "unmatched": _unmatched(store, ids),
    }


def waiting_firms(store: Store, home: Region, chain_ids: Sequence[str]) -> pd.DataFrame:
    """Uncertain pairs of the region, the surest first: chain_id, segment_id, firm_id, name, role, score, evidence."""
    sql = load_sql("waiting_firms").replace("{region}", home.where_sql)
    return store.query(sql, {"chains": list(chain_ids), **home.params})


def refused_imports(store: Store, today: date, days: int) -> pd.DataFrame:
    """Imports of the last days that were refused and not brought in since: file_name, reason, actor, happened_at."""
    rows = store.query(
        "SELECT split_part(detail, chr(9), 1) AS file_name, split_part(detail, chr(9), 2) AS reason, actor, happened_at "
        "FROM audit_event WHERE action = ? ORDER BY happened_at DESC",
        [REFUSED],
    )
    rows = rows[recent(rows.happened_at, today, days)].drop_duplicates("file_name")
    done = batches(store).groupby("file_name").imported_at.max()
    later = rows.file_name.map(done) >= rows.happened_at
    return rows[~later.fillna(False)].reset_index(drop=True)


def refusals(store: Store) -> int:
    """How many imports were refused so far: it only grows."""
    [(n,)] = store.rows("SELECT count(*) FROM audit_event WHERE action = ?", [REFUSED])
    return int(n)


def _rejected(store: Store, today: date, days: int) -> pd.DataFrame:
    rows = batches(store)
    kept = rows.undone_at.isna() & (rows.n_rejected > 0) & recent(rows.imported_at, today, days)
    return rows[kept].reset_index(drop=True)


def _unmatched(store: Store, chain_ids: Sequence[str]) -> pd.DataFrame:
    """Chains without a matching run of the firms as they are: chain_id, matched_at (NaT never)."""
    runs = match_runs(store)
    fresh = set(runs[~runs.stale].chain_id)
    rows = pd.DataFrame({"chain_id": [one for one in chain_ids if one not in fresh]}, dtype="str")
    return rows.merge(runs[["chain_id", "matched_at"]], on="chain_id", how="left")
