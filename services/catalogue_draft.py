"""The draft of a 招商目录: which firms stand on it for which segment, and why in spite of those who follow them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime

import pandas as pd

from analysis.target_reasons import running
from chains.model import Chain
from data.store import Store
from services.admission import Added, admit
from services.audit import record, record_all
from services.loop import ChainState

FRAME_COLUMNS = ("segment_id", "firm_id")
Targets = Callable[[str], pd.DataFrame]
_KNOWN = "SELECT segment_id, firm_id, position FROM catalogue_item WHERE catalogue_id = ?"
_INSERT = (
    "INSERT INTO catalogue_item "
    "SELECT ?, unnest(?::INTEGER[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), ?, ?"
)


def add_items(
    store: Store,
    chain: Chain,
    home: str,
    keys: Iterable[tuple[str, str]],
    *,
    actor: str,
    at: datetime,
    reason: str = "",
) -> Added:
    """Put firms on the draft list of the chain; those that someone else follows only with a reason, which the audit log keeps.

    keys : segment and firm, in the order of the catalogue. Raises KeyError (no such segment).
    """
    wanted = list(dict.fromkeys(keys))
    for segment_id in {segment_id for segment_id, _ in wanted}:
        chain.segment(segment_id)
    draft = draft_id(chain.id, home)
    with store.write() as cursor:
        known = cursor.execute(_KNOWN, [draft]).fetchall()
        held, last = {row[:2] for row in known}, max((row[2] for row in known), default=0)
        fresh = [key for key in wanted if key not in held]
        admitted = admit(store, home, (firm for _, firm in fresh), actor, reason)
        taken = [key for key in fresh if key[1] in set(admitted.taken)]
        kept = [json.dumps({"claim_reason": admitted.why(firm)}, ensure_ascii=False) for _, firm in taken]
        rows = [
            list(range(last + 1, last + 1 + len(taken))),
            [key[0] for key in taken],
            [key[1] for key in taken],
            kept,
        ]
        cursor.execute(_INSERT, [draft, *rows, at, actor])
        told = [f"{draft} {segment_id} {firm}{admitted.noted(firm)}" for segment_id, firm in taken]
        record_all(cursor, at, actor, "catalogue_add", told)
    return Added(len(taken), len(wanted) - len(fresh), admitted.held(store), "目录")


def remove_items(
    store: Store, chain: Chain, home: str, keys: Iterable[tuple[str, str]], *, actor: str, at: datetime
) -> None:
    """Take firms (segment and firm) off the draft list."""
    draft = draft_id(chain.id, home)
    with store.write() as cursor:
        for segment_id, firm_id in keys:
            cursor.execute(
                "DELETE FROM catalogue_item WHERE catalogue_id = ? AND segment_id = ? AND firm_id = ?",
                [draft, segment_id, firm_id],
            )
            record(cursor, at, actor, "catalogue_remove", f"{draft} {segment_id} {firm_id}")


def draft_keys(store: Store, chain: Chain, home: str) -> pd.DataFrame:
    """segment_id and firm_id of the draft, in the order they were added; claim_reason (why in spite of a claim) and added_by."""
    return store.query(
        "SELECT segment_id, firm_id, item ->> 'claim_reason' AS claim_reason, added_by FROM catalogue_item "
        "WHERE catalogue_id = ? ORDER BY position",
        [draft_id(chain.id, home)],
    )


def best_keys(targets: Targets, state: ChainState, n_gaps: int, per_gap: int) -> pd.DataFrame:
    """segment_id and firm_id of the best targets of the most urgent gaps: what an empty draft is proposed to hold.

    Firms that have ended are not proposed.
    """
    ranked = (targets(segment_id) for segment_id in state.gaps.segment_id.head(n_gaps))
    chosen = [rows[running(rows.status)].head(per_gap)[list(FRAME_COLUMNS)] for rows in ranked]
    return pd.concat(chosen, ignore_index=True) if chosen else pd.DataFrame(columns=list(FRAME_COLUMNS))


def draft_id(chain_id: str, home: str) -> str:
    """Under which id the draft of a chain is kept."""
    return f"{chain_id}-{home}-draft"
