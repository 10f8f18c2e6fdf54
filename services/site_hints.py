"""Sites that could be offered to the firms of a catalogue, where nobody has named one yet."""

from __future__ import annotations

import pandas as pd

from data.regions import Region
from data.store import Store
from services.sites import sites_of, suitable

HINT = "候选："
"""Before sites that nobody has chosen; brought home unchanged, they are still nobody's choice."""
MOST = 2


def with_site_hints(store: Store, home: Region, items: pd.DataFrame) -> pd.DataFrame:
    """Items of a catalogue whose empty ``site`` names the sites meant for the item's segment or chain, largest first."""
    sites = sites_of(store, home)
    if sites.empty:
        return items
    pairs = items[["segment_name", "chain_name"]].drop_duplicates().itertuples(index=False, name=None)
    hints = {pair: _hint(suitable(sites, pair)) for pair in pairs}
    return items.assign(
        site=[
            said or hints[segment, chain]
            for said, segment, chain in zip(items.site, items.segment_name, items.chain_name, strict=True)
        ]
    )  # fmt: skip


def _hint(sites: pd.DataFrame) -> str:
    names = sites.loc[sites.suits.notna(), "name"].head(MOST)
    return HINT + "、".join(names) if len(names) else ""
