"""What is planned for a firm before the trip: the site to offer, who leads there, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from data.store import Store
from services.audit import record


@dataclass(frozen=True)
class Plan:
    """What is planned for one firm; a text is empty where nothing was told."""

    site: str = ""
    channel: str = ""
    responsible: str = ""


def plans_of(store: Store, home: str) -> dict[str, Plan]:
    """What is planned for each firm by its id, for a home region."""
    rows = store.rows("SELECT firm_id, site, channel, responsible FROM outreach_plan WHERE home_adcode = ?", [home])
    return {firm: Plan(*rest) for firm, *rest in rows}


def with_plans(items: pd.DataFrame, known: Mapping[str, Plan]) -> pd.DataFrame:
    """Rows with a firm_id, with site, channel and responsible of the firm."""
    told = [known.get(firm_id, Plan()) for firm_id in items.firm_id]
    return items.assign(**{key: [getattr(one, key) for one in told] for key in Plan.__dataclass_fields__})


def tell_plans(store: Store, home: str, told: Sequence[tuple[str, Plan]], *, actor: str, at: datetime) -> None:
    """Keep what is planned for firms (firm_id, plan) in place of what was; all of it or nothing."""
    with store.write() as cursor:
        for firm_id, plan in told:
            cursor.execute("DELETE FROM outreach_plan WHERE home_adcode = ? AND firm_id = ?", [home, firm_id])
            kept = [home, firm_id, plan.site, plan.channel, plan.responsible, at, actor]
            cursor.execute("INSERT INTO outreach_plan VALUES (?, ?, ?, ?, ?, ?, ?)", kept)
            record(cursor, at, actor, "catalogue_plan", firm_id)
