"""What was imported and matched, for those who look after the data."""

from __future__ import annotations

import pandas as pd

from data.store import Store
from services.packages import installed


def batches(store: Store) -> pd.DataFrame:
    """One row an import, newest first; undone ones stay.

    batch_id, kind, title, file_name, as_of, imported_at, imported_by, n_read, n_accepted, n_rejected, n_flagged,
    undone_at, undone_by (NA while in force).
    """
    return store.query(
        "SELECT b.batch_id, b.kind, s.title, b.file_name, b.as_of, b.imported_at, b.imported_by, b.n_read, b.n_accepted, "
        "b.n_rejected, b.n_flagged, b.undone_at, b.undone_by "
        "FROM import_batch b LEFT JOIN (SELECT source_id, any_value(title) AS title FROM source GROUP BY source_id) s "
        "USING (source_id) ORDER BY b.imported_at DESC, b.batch_id"
    )


def match_runs(store: Store) -> pd.DataFrame:
    """One row a matched chain: chain_id, version, matched_at, n_firms, n_pairs, stale.

    stale : whether firms were imported or taken back since, or the chain has another version now.
    """
    runs = store.query(
        "SELECT m.*, coalesce(m.matched_at < (SELECT max(greatest(imported_at, coalesce(undone_at, imported_at))) "
        "FROM import_batch WHERE kind = 'firms'), false) OR m.n_firms <> (SELECT count(*) FROM firm) AS stale FROM match_run m ORDER BY chain_id"
    )
    current = {chain.id: chain.version for chain in installed(store)}
    changed = (
        runs.chain_id.map(current).fillna(runs.version) != runs.version
    )  # a chain no longer shipped is left as it is
    return runs.assign(stale=runs.stale.astype(bool) | changed)
