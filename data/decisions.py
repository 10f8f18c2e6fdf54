"""What people decided about firm–segment pairs: an append-only list that outlives every matching and every import.

A pair is known by chain, segment and firm id, never by a row: the newest decision of a pair that is not undone holds.
``segment_firm`` shows it in place of the rule's verdict, which stays beside it (``rule_role``, ``rule_verdict``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.sql import load_sql
from data.store import Cursor

RULE = "rule"
"""``decided_by`` of a pair that nobody decided."""


@dataclass(frozen=True)
class Counted:
    """As what a confirmed firm counts in a segment.

    core : the segment is of the chain's own production; role : maker, rd or service, where matching found none that counts
    """

    core: bool
    role: str


@dataclass(frozen=True)
class Decision:
    """One decision: a row of ``segment_decision``; ``decided_at`` tells those of a pair apart."""

    chain_id: str
    segment_id: str
    firm_id: str
    verdict: str
    role: str | None
    note: str | None
    decided_by: str
    decided_at: datetime


def add_decision(cursor: Cursor, decision: Decision) -> Decision:
    """Append a decision; it is dated later than every other of its pair, whatever the clocks say. Returns it as written."""
    newest = cursor.execute(
        "SELECT max(decided_at) FROM segment_decision "
        "WHERE chain_id = $chain_id AND segment_id = $segment_id AND firm_id = $firm_id",
        _key(decision),
    ).fetchall()
    at = decision.decided_at
    if newest[0][0] is not None and newest[0][0] >= at:
        at = newest[0][0] + timedelta(microseconds=1)
    written = Decision(**{**vars(decision), "decided_at": at})
    cursor.execute(
        "INSERT INTO segment_decision (chain_id, segment_id, firm_id, verdict, role, note, decided_by, decided_at) "
        "VALUES ($chain_id, $segment_id, $firm_id, $verdict, $role, $note, $decided_by, $decided_at)",
        vars(written),
    )
    return written


def held_decision(cursor: Cursor, chain_id: str, segment_id: str, firm_id: str) -> Decision | None:
    """The decision that holds for a pair, None where nobody decided it."""
    rows = cursor.execute(
        "SELECT chain_id, segment_id, firm_id, verdict, role, note, decided_by, decided_at FROM segment_decision "
        "WHERE chain_id = $chain_id AND segment_id = $segment_id AND firm_id = $firm_id AND undone_at IS NULL "
        "ORDER BY decided_at DESC, rowid DESC LIMIT 1",
        {"chain_id": chain_id, "segment_id": segment_id, "firm_id": firm_id},
    ).fetchall()
    return Decision(*rows[0]) if rows else None


def undo_decision(cursor: Cursor, decision: Decision, *, actor: str, at: datetime) -> bool:
    """Mark a decision as undone; False if it was already, or never was."""
    undone = cursor.execute(
        "UPDATE segment_decision SET undone_by = $actor, undone_at = $at "
        "WHERE chain_id = $chain_id AND segment_id = $segment_id AND firm_id = $firm_id "
        "AND decided_at = $decided_at AND decided_by = $decided_by AND undone_at IS NULL",
        _key(decision)
        | {"decided_at": decision.decided_at, "decided_by": decision.decided_by, "actor": actor, "at": at},
    ).fetchall()
    return bool(undone[0][0])


def apply_decisions(cursor: Cursor, chain_id: str, counted: Mapping[str, Counted], firm_id: str | None = None) -> None:
    """Bring the pairs of the chain's segments (of one firm, or of all) in line with what people decided.

    To be called inside the write that made the pairs anew; calling it twice changes nothing. Decided pairs that matching
    does not find are added, as long as the firm exists; those of an undone decision say again what matching said.

    Parameters
    ----------
    counted : the segments to bring in line, by id
    """
    scope: dict[str, object] = {"chain_id": chain_id, "segments": list(counted), "firm_id": firm_id}
    cursor.execute(load_sql("restore_rule_pairs"), scope)
    cursor.execute(load_sql("drop_decided_pairs"), scope)
    facts = {"core": [one.core for one in counted.values()], "roles": [one.role for one in counted.values()]}
    cursor.execute(load_sql("hold_decisions"), scope | facts)
    cursor.execute(load_sql("apply_decisions"), {"chain_id": chain_id})
    cursor.execute(load_sql("add_decided_pairs"), {"chain_id": chain_id})
    cursor.execute("DROP TABLE held")


def _key(decision: Decision) -> dict[str, object]:
    return {"chain_id": decision.chain_id, "segment_id": decision.segment_id, "firm_id": decision.firm_id}
