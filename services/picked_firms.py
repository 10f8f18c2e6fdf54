"""Firms ticked in a list of all firms: each is put on the draft at its best segment, or it is said why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analysis.search.filter import Filter
from chains.model import Chain
from data.store import Store
from services.catalogue import add_item
from services.found_firms import best_segment


@dataclass(frozen=True)
class Added:
    """What became of the firms: how many were put on the draft, were there already, are local, and are in no segment asked."""

    new: int
    known: int
    local: int
    nowhere: int

    def told(self, chain: str) -> str:
        """In a sentence.

        >>> Added(2, 1, 0, 1).told("甲链")
        '已把 2 家企业按各自匹配分最高的环节加入“甲链”招商目录，1 家原已在目录中，1 家没有确认的环节、未加入。'
        """
        beside = [
            (self.known, "原已在目录中"),
            (self.local, "已在本地、未加入"),
            (self.nowhere, "没有确认的环节、未加入"),
        ]
        rest = "".join(f"，{n} 家{why}" for n, why in beside if n)
        return f"已把 {self.new} 家企业按各自匹配分最高的环节加入“{chain}”招商目录{rest}。"


def add_found(
    store: Store, chain: Chain, home: str, rows: pd.DataFrame, wanted: Filter, *, actor: str, at: datetime
) -> Added:
    """Put firms (``services.found_firms.found_firms``) on the draft of the chain, at the best of the segments asked."""
    segments = best_segment(rows.to_dict("records"), wanted)
    away = [str(firm) for firm in rows.firm_id[~rows.here.astype(bool)]]
    fitting = [firm for firm in away if firm in segments]
    new = sum(add_item(store, chain, home, segments[firm], firm, actor=actor, at=at) for firm in fitting)
    return Added(new, len(fitting) - new, len(rows) - len(away), len(away) - len(fitting))
