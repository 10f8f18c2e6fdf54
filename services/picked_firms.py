"""Firms ticked in a list of all firms: each is put on the draft at its best segment, or it is said why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analysis.search.filter import Filter
from chains.model import Chain
from data.store import Store
from services.admission import Added, told_held
from services.catalogue_draft import add_items
from services.found_firms import best_segment


@dataclass(frozen=True)
class Found:
    """What became of the firms: those that fitted, how many are local, and how many are in no segment asked."""

    added: Added
    local: int
    nowhere: int

    def told(self, chain: str) -> str:
        """In a sentence.

        >>> Found(Added(2, 1, ()), 0, 1).told("甲链")
        '已把 2 家企业按各自匹配分最高的环节加入“甲链”招商目录，1 家原已在目录中，1 家没有确认的环节、未加入。'
        """
        beside = [
            (self.added.already, "原已在目录中"),
            (self.local, "已在本地、未加入"),
            (self.nowhere, "没有确认的环节、未加入"),
        ]
        rest = "".join(f"，{n} 家{why}" for n, why in beside if n)
        held = told_held(self.added.flagged)
        return f"已把 {self.added.new} 家企业按各自匹配分最高的环节加入“{chain}”招商目录{rest}{held}。"


def add_found(
    store: Store,
    chain: Chain,
    home: str,
    rows: pd.DataFrame,
    wanted: Filter,
    *,
    actor: str,
    at: datetime,
    reason: str = "",
) -> Found:
    """Put firms (``services.found_firms.found_firms``) on the draft of the chain, at the best of the segments asked."""
    segments = best_segment(rows.to_dict("records"), wanted)
    away = [str(firm) for firm in rows.firm_id[~rows.here.astype(bool)]]
    fitting = [firm for firm in away if firm in segments]
    keys = [(segments[firm], firm) for firm in fitting]
    added = add_items(store, chain, home, keys, actor=actor, at=at, reason=reason)
    return Found(added, len(rows) - len(away), len(away) - len(fitting))
