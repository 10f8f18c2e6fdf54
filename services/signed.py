"""The chain with what is signed already: every signed project that does not yet produce counts as one firm."""

from __future__ import annotations

import pandas as pd

from analysis.coverage import EFFECTIVE_STAGES
from data.regions import Region
from data.store import Store
from services.scenario import Facts, Scenario, landing_facts
from services.whatif import Ground, WhatIf, concluded

SIGNED_NOTE = (
    "每个已签约、尚未投产的项目按 1 家普通规模的企业计入所挂的环节，未开工的视为开工；项目的企业已在本地并确认属于该环节的不重复计，"
    "已投产的项目视为已在企业数里。应有家数按现状不变。"
)


def with_signed(store: Store, region: Region, ground: Ground) -> WhatIf:
    """Labels, gaps and coverage if every signed project came to produce (see ``SIGNED_NOTE``), beside those of now."""
    projects = ground.before.coverage.projects
    waiting = projects[projects.nominal.astype(bool) & (projects.stage != "operating")]
    firms = _arriving(store, region, ground, waiting)
    start = waiting[~waiting.stage.isin(EFFECTIVE_STAGES)].project_id
    facts = Facts({key: frozenset() for key in firms.firm_id}, firms, projects.drop_duplicates("project_id"))
    return concluded(ground, Scenario(start=tuple(dict.fromkeys(start))), facts)


def _arriving(store: Store, region: Region, ground: Ground, waiting: pd.DataFrame) -> pd.DataFrame:
    """The projects as firms that land, in the form of ``landing_facts``: each firm once in a segment, unless it is there."""
    known = landing_facts(store, region, ground.chain, waiting.firm_id.dropna().unique())
    there = known[known.is_local & known.segment_id.notna()]
    present = set(zip(there.firm_id, there.segment_id, strict=True))
    rows = pd.DataFrame(
        {
            "firm_id": waiting.firm_id.where(waiting.firm_id.notna(), waiting.project_id),
            "name": waiting["name"],
            "region": None,
            "status": None,
            "listed": False,
            "is_local": False,
            "is_struck_off": False,
            "weight": 1.0,
            "segment_id": waiting.segment_id,
            "role": "maker",
            "core": waiting.segment_id.isin(ground.chain.core_segments),
        }
    ).drop_duplicates(["firm_id", "segment_id"])
    new = [(row.firm_id, row.segment_id) not in present for row in rows.itertuples()]
    return rows[pd.Series(new, index=rows.index, dtype=bool)].reset_index(drop=True)
