"""What became of the firms of a catalogue: state, visit, note and next step of each, as last told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from chains.words import CONTACT_STATES
from data.store import Store
from services.audit import record

UNTOUCHED = CONTACT_STATES[0]


@dataclass(frozen=True)
class Outreach:
    """How far one firm has been brought: state of CONTACT_STATES, day of the visit, note (for 放弃 the reason), next step."""

    state: str = UNTOUCHED
    visited_on: date | None = None
    note: str = ""
    next_step: str = ""


def outreach_of(store: Store, chain_id: str, home: str) -> dict[tuple[str, str], Outreach]:
    """What is known of a chain's firms by segment and firm; a firm of which nothing was told is not in it."""
    rows = store.rows(
        "SELECT segment_id, firm_id, state, visited_on, note, next_step FROM outreach WHERE chain_id = ? AND home_adcode = ?",
        [chain_id, home],
    )
    return {(segment, firm): Outreach(*rest) for segment, firm, *rest in rows}


def with_outreach(items: pd.DataFrame, known: dict[tuple[str, str], Outreach]) -> pd.DataFrame:
    """The items of a catalogue with contact_state, visited_on, visit_note and next_step."""
    told = [known.get((row.segment_id, row.firm_id), Outreach()) for row in items.itertuples()]
    return items.assign(
        contact_state=[one.state for one in told],
        visited_on=pd.Series([one.visited_on for one in told], index=items.index, dtype="object"),
        visit_note=[one.note for one in told],
        next_step=[one.next_step for one in told],
    )


def tell_outreach(
    store: Store,
    chain_id: str,
    home: str,
    told: Sequence[tuple[str, str, Outreach]],
    *,
    actor: str,
    at: datetime,
) -> None:
    """Keep what was told of firms (segment_id, firm_id, outreach), in place of what was known; all of it or nothing."""
    with store.write() as cursor:
        for segment_id, firm_id, one in told:
            key = [home, chain_id, segment_id, firm_id]
            cursor.execute(
                "DELETE FROM outreach WHERE home_adcode = ? AND chain_id = ? AND segment_id = ? AND firm_id = ?", key
            )
            kept = [*key, one.state, one.visited_on, one.note, one.next_step, at, actor]
            cursor.execute("INSERT INTO outreach VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", kept)
            record(cursor, at, actor, "catalogue_outreach", f"{chain_id}/{segment_id} {firm_id} {one.state}")
