"""Which open gaps of the home region a firm could fill."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from chains.model import Chain
from services.loop import ChainState

States = Callable[[str], ChainState]
Targets = Callable[[str, str], pd.DataFrame]
COLUMNS = (
    "chain_id", "chain_name", "segment_id", "segment_name", "label", "priority", "action", "reason", "effective",
    "verdict", "evidence", "score", "rank", "n_targets",
)  # fmt: skip


def gap_fit(
    segments: pd.DataFrame, chains: Sequence[Chain], states: States, targets: Targets, firm_id: str
) -> pd.DataFrame:
    """The gaps among a firm's segments, the most urgent first.

    Parameters
    ----------
    segments : of the firm: chain_id, segment_id, verdict, evidence (``services.firm.FirmProfile``); rejected ones do not count

    Returns
    -------
    one row a gap: chain_id, chain_name, segment_id, segment_name, label, priority (0–100), action, reason (why it is a gap),
    effective (projects under way for it), verdict, evidence, score and rank among the n_targets targets of the gap (NA where
    the firm is none: not confirmed, or local).
    """
    found = []
    for chain in chains:
        own = segments[(segments.chain_id == chain.id) & (segments.verdict != "rejected")]
        if own.empty:
            continue
        gaps = states(chain.id).gaps
        for row in own[own.segment_id.isin(gaps.segment_id)].itertuples():
            gap = gaps[gaps.segment_id == row.segment_id].iloc[0]
            score, rank, n = _place(targets, chain.id, row, firm_id)
            found.append(
                (chain.id, chain.name, row.segment_id, chain.segment(row.segment_id).name, gap.label, gap.priority,
                 gap.action, gap.gap_reason, gap.effective, row.verdict, row.evidence, score, rank, n)
            )  # fmt: skip
    rows = pd.DataFrame(found, columns=list(COLUMNS)).astype({"score": "float", "rank": "Int64", "n_targets": "Int64"})
    return rows.sort_values(["priority", "segment_id"], ascending=[False, True], ignore_index=True)


def _place(targets: Targets, chain_id: str, row: object, firm_id: str) -> tuple[float | None, int | None, int | None]:
    """Score and rank among the targets of the gap."""
    if getattr(row, "verdict", None) != "confirmed":
        return None, None, None
    ranked = targets(chain_id, str(getattr(row, "segment_id", "")))
    at = ranked.index[ranked.firm_id == firm_id]
    if at.empty:
        return None, None, None
    return float(ranked.score[at[0]]), int(ranked.index.get_loc(at[0])) + 1, len(ranked)
