"""Firms that came back from a trip with an intention become leads: projects in negotiation, where the user wants it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chains.model import Chain
from data.regions import resolve_region
from data.store import Store
from services.audit import record
from services.homecoming import Change, Homecoming
from services.projects import projects_of

LEAD_STATES = ("有意向", "在谈")
"""States of a firm that may be the beginning of a project."""
SOURCE, SOURCE_TITLE = "homecoming", "招商目录带回登记"


@dataclass(frozen=True)
class Lead:
    """A project that could be opened for a firm: its id and name; ``known`` names the firm's project that there is already."""

    project_id: str
    name: str
    segment_id: str
    firm_id: str
    on_date: date
    unit: str
    known: str = ""


def possible_leads(store: Store, chain: Chain, home: str, found: Homecoming, today: date) -> tuple[Lead, ...]:
    """One lead for each firm that has newly come to an intention or to talks."""
    projects = projects_of(store, resolve_region(store, home))
    known = dict(zip(projects.firm_id, projects.name, strict=True))
    wanted = (one for one in found.changes if one.after.state in LEAD_STATES and one.before.state not in LEAD_STATES)
    return tuple(_lead(chain, home, one, today, str(known.get(one.firm_id, ""))) for one in wanted)


def add_leads(store: Store, chain: Chain, home: str, leads: Sequence[Lead], *, actor: str, at: datetime) -> int:
    """Open a project in negotiation for each lead without one; all or none. The number of projects."""
    new = [one for one in leads if not one.known]
    with store.write() as cursor:
        if new and not cursor.execute("SELECT 1 FROM source WHERE source_id = ?", [SOURCE]).fetchall():
            cursor.execute("INSERT INTO source (source_id, title) VALUES (?, ?)", [SOURCE, SOURCE_TITLE])
        for one in new:
            cursor.execute(
                "INSERT INTO project (project_id, name, adcode, industry_text, firm_id, unit, source_id, as_of) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [one.project_id, one.name, home, chain.name, one.firm_id, one.unit or None, SOURCE, at.date()],
            )
            cursor.execute(
                "INSERT INTO project_event VALUES (?, 'negotiating', '在谈', ?, ?, ?, NULL, ?)",
                [one.project_id, one.on_date, at, actor, SOURCE],
            )
            cursor.execute(
                "INSERT INTO project_segment VALUES (?, ?, ?, ?, ?, ?, NULL)",
                [one.project_id, chain.id, one.segment_id, actor, at, SOURCE_TITLE],
            )
            record(cursor, at, actor, "lead", f"{one.project_id} {one.firm_id} → {chain.id}/{one.segment_id}")
    return len(new)


def _lead(chain: Chain, home: str, change: Change, today: date, known: str) -> Lead:
    digest = hashlib.sha256(f"{home} {chain.id} {change.segment_id} {change.firm_id}".encode()).hexdigest()[:16]
    name = f"{change.name}{chain.segment(change.segment_id).name}项目"
    on_date = change.after.visited_on or today
    unit = change.plan_after.responsible
    return Lead(f"lead-{digest}", name, change.segment_id, change.firm_id, on_date, unit, known)
