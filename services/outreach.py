"""How far firms have been brought: told again and again, the newest of a firm holds wherever the firm is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from chains.words import CONTACT_STATES
from data.store import Store
from services.audit import record

UNTOUCHED, GIVEN_UP = CONTACT_STATES[0], CONTACT_STATES[-1]
TOLD = "INSERT INTO outreach_event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class WrongOutreach(ValueError):
    """A state that does not exist, a firm that is given up without a reason, or a visit that has not come."""


@dataclass(frozen=True)
class Outreach:
    """How far one firm has been brought: state of CONTACT_STATES, day of the visit, note (for 放弃 the reason), next step."""

    state: str = UNTOUCHED
    visited_on: date | None = None
    note: str = ""
    next_step: str = ""


def outreach_of(store: Store, home: str) -> dict[str, Outreach]:
    """What holds of each firm by its id, for a home region; a firm of which nothing was told is not in it."""
    rows = store.rows(
        "SELECT firm_id, state, visited_on, note, next_step FROM outreach WHERE home_adcode = ? ORDER BY firm_id",
        [home],
    )
    return {firm: Outreach(*rest) for firm, *rest in rows}


def with_outreach(items: pd.DataFrame, known: Mapping[str, Outreach]) -> pd.DataFrame:
    """Rows with a firm_id, with contact_state, visited_on, visit_note and next_step of the firm."""
    told = [known.get(firm_id, Outreach()) for firm_id in items.firm_id]
    return items.assign(
        contact_state=[one.state for one in told],
        visited_on=pd.Series([one.visited_on for one in told], index=items.index, dtype="object"),
        visit_note=[one.note for one in told],
        next_step=[one.next_step for one in told],
    )


def tell_outreach(
    store: Store,
    chain_id: str | None,
    home: str,
    told: Sequence[tuple[str | None, str, Outreach]],
    *,
    actor: str,
    at: datetime,
) -> None:
    """Append what was told of firms (segment_id, firm_id, outreach), which then holds of them; all of it or nothing.

    Chain and segment say for which gap the firm was spoken to, None where that is not known. Raises WrongOutreach.
    """
    for _, _, one in told:
        check_outreach(one, at.date())
    with store.write() as cursor:
        for segment_id, firm_id, one in told:
            kept = [home, chain_id, segment_id, firm_id, one.state, one.visited_on, one.note, one.next_step, at, actor]
            cursor.execute(TOLD, kept)
            record(cursor, at, actor, "catalogue_outreach", f"{chain_id}/{segment_id} {firm_id} {one.state}")


def check_outreach(one: Outreach, today: date) -> None:
    """Raises WrongOutreach."""
    if one.state not in CONTACT_STATES:
        raise WrongOutreach(f"对接状态“{one.state}”不在可选的状态里：{'、'.join(CONTACT_STATES)}")
    if one.visited_on is not None and one.visited_on > today:
        raise WrongOutreach(f"拜访日期 {one.visited_on} 晚于今天，不能登记尚未发生的拜访")


def give_up(state: str, note: str) -> None:
    """Raises WrongOutreach where a firm is given up and nothing says why."""
    if state == GIVEN_UP and not note.strip():
        raise WrongOutreach("放弃一家企业要写明原因，例如：已在外地落地、环保条件不符")
