"""People's decisions about uncertain firm–segment pairs: taken, undone, listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pandas as pd

from chains.model import Chain, Kind
from data.cube import rebuild_segments
from data.decisions import (
    RULE,
    Counted,
    Decision,
    add_decision,
    apply_decisions,
    held_decision,
    undo_decision,
)
from data.sql import load_sql
from data.store import Cursor, Store
from services.audit import record
from services.firm import UnknownFirm

DECIDED = ("confirmed", "rejected")
COUNTING = {Kind.PRODUCTION: "maker", Kind.RD: "rd", Kind.SERVICE: "service", Kind.SUPPORT: "service"}
"""As what a firm counts in a segment of each kind, where matching found no role that does."""
ROLES = ("maker", "rd", "service")
Pair = tuple[str, str]
"""segment_id and firm_id."""


class WrongDecision(ValueError):
    """The decision cannot be taken or undone; the message says why."""


def counted(chain: Chain) -> dict[str, Counted]:
    """Every segment of the chain with what its confirmed firms count as."""
    core = chain.core_segments
    return {segment.id: Counted(segment.id in core, COUNTING[segment.kind]) for segment in chain.segments}


def decide(
    store: Store,
    chain: Chain,
    pair: Pair,
    verdict: str,
    *,
    role: str | None = None,
    note: str | None = None,
    actor: str,
    at: datetime,
) -> Decision:
    """Decide a pair: written, applied to the pair and to the counts, and recorded, in one transaction.

    What the same person already decided so, and holds, is not written again.

    Parameters
    ----------
    pair : segment and firm
    verdict : confirmed or rejected
    role : maker, rd or service; None keeps the role that matching found, where that counts in the segment

    Returns
    -------
    the decision as it was written, or as it already holds

    Raises
    ------
    WrongDecision : unknown segment, verdict, role or name of a person
    UnknownFirm : there is no such firm
    """
    segment_id, firm_id = pair
    _check(chain, segment_id, verdict, role, actor)
    asked = Decision(chain.id, segment_id, firm_id, verdict, role, _text(note), actor.strip(), at)
    with store.write() as cursor:
        city = _city(cursor, firm_id)
        if city is None:
            raise UnknownFirm(firm_id)
        held = held_decision(cursor, chain.id, segment_id, firm_id)
        if held and replace(held, decided_at=at) == asked:
            return held
        decision = add_decision(cursor, asked)
        _bring_in_line(cursor, chain, decision, city[0])
        record(cursor, at, actor, "decide", f"{chain.id}/{segment_id} {firm_id} {verdict}")
    return decision


def undo(store: Store, chain: Chain, decision: Decision, *, actor: str, at: datetime) -> Decision | None:
    """Take a decision back; what was decided before it holds again, or what matching says.

    Returns the decision that holds now, None for matching's own verdict. Raises WrongDecision if it was undone already.
    """
    with store.write() as cursor:
        if not undo_decision(cursor, decision, actor=actor, at=at):
            raise WrongDecision("这条判定已被撤销，没有再改动")
        city = _city(cursor, decision.firm_id)
        _bring_in_line(cursor, chain, decision, city[0] if city else None)
        record(cursor, at, actor, "undecide", f"{chain.id}/{decision.segment_id} {decision.firm_id} {decision.verdict}")
        return held_decision(cursor, chain.id, decision.segment_id, decision.firm_id)


def undo_pair(store: Store, chain: Chain, pair: Pair, *, actor: str, at: datetime) -> Decision:
    """Take back the decision that holds for a pair, and return it. Raises WrongDecision where nobody decided the pair."""
    held = holding(store, chain, pair)
    if held is None:
        raise WrongDecision(f"没有人判定过企业 {pair[1]} 与环节 {pair[0]}，无可撤销")
    undo(store, chain, held, actor=actor, at=at)
    return held


def holding(store: Store, chain: Chain, pair: Pair) -> Decision | None:
    """The decision that holds for a pair, None where there is none."""
    rows = recent_decisions(store, chain.id, pair=pair, limit=None)
    held = rows[rows.holds]
    return None if held.empty else as_decision(held.iloc[0])


def recent_decisions(
    store: Store,
    chain_id: str,
    *,
    actor: str | None = None,
    pair: Pair | None = None,
    limit: int | None = 10,
) -> pd.DataFrame:
    """Decisions of the chain, newest first, without the undone ones.

    chain_id, segment_id, firm_id, name (NA: the firm is gone), verdict, role, note, decided_by, decided_at, holds
    (whether it is the newest of its pair).
    """
    segment_id, firm_id = pair or (None, None)
    asked = {"chain_id": chain_id, "actor": actor, "segment_id": segment_id, "firm_id": firm_id, "n": limit}
    return store.query(load_sql("recent_decisions"), asked)


def n_decided(store: Store, actor: str, day: date) -> int:
    """How many decisions the person took on a day and did not take back."""
    found = store.rows(
        "SELECT count(*) FROM segment_decision WHERE decided_by = ? AND decided_at::DATE = ? AND undone_at IS NULL",
        [actor, day],
    )
    return int(found[0][0])


def as_decision(row: pd.Series) -> Decision:
    """The decision of a row of :func:`recent_decisions`."""
    return Decision(
        row.chain_id,
        row.segment_id,
        row.firm_id,
        row.verdict,
        None if pd.isna(row.role) else row.role,
        None if pd.isna(row.note) else row.note,
        row.decided_by,
        pd.Timestamp(row.decided_at).to_pydatetime(),
    )


def _check(chain: Chain, segment_id: str, verdict: str, role: str | None, actor: str) -> None:
    if segment_id not in {segment.id for segment in chain.segments}:
        raise WrongDecision(f"产业链“{chain.name}”没有环节 {segment_id}")
    if verdict not in DECIDED:
        raise WrongDecision(f"不认识的结论“{verdict}”；可用：confirmed（确认）、rejected（不符）")
    if role is not None and role not in ROLES:
        raise WrongDecision(f"不认识的角色“{role}”；可用：maker（制造）、rd（研发）、service（服务）")
    if actor.strip() in ("", RULE):
        raise WrongDecision("请先填写使用人姓名，判定须记在具体的人名下")


def _text(note: str | None) -> str | None:
    return (note or "").strip()[:500] or None


def _city(cursor: Cursor, firm_id: str) -> tuple[str | None] | None:
    """The firm's prefecture; None where there is no such firm."""
    rows = cursor.execute("SELECT city_code FROM firm WHERE firm_id = ?", [firm_id]).fetchall()
    return rows[0] if rows else None


def _bring_in_line(cursor: Cursor, chain: Chain, decision: Decision, city_code: str | None) -> None:
    only = {key: value for key, value in counted(chain).items() if key == decision.segment_id}
    apply_decisions(cursor, chain.id, only, decision.firm_id)
    rebuild_segments(cursor, chain.id, [decision.segment_id], city_code)
