"""载体: the sites of the home region, and those that suit a firm."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data.regions import Region
from data.sql import load_sql
from data.store import Store

BETWEEN = "、"


def sites_of(store: Store, home: Region) -> pd.DataFrame:
    """Sites of a region that are not full: one row a site, as its newest source has it.

    site_id, name, adcode, place, kind, area_m2, free_area_m2 (NA unknown), segments (names with 、 between them, NA: for any),
    source_title, as_of.
    """
    return store.query(load_sql("sites"), {"home": home.adcode})


def suitable(sites: pd.DataFrame, trades: Iterable[str]) -> pd.DataFrame:
    """The sites that are meant for one of the trades, or for any; with ``suits``, the trades that they name (NA: for any).

    trades : names of the segments and chains that a firm is in. Those that name one come first, then the largest free area.

    >>> rows = pd.DataFrame({"site_id": ["a", "b", "c"], "segments": ["轴承、齿轮", None, "种子"], "free_area_m2": [5.0, 9.0, 9.0]})
    >>> suitable(rows, ["齿轮"])[["site_id", "suits"]].values.tolist()
    [['a', '齿轮'], ['b', nan]]
    """
    wanted = set(trades)
    named = [[] if pd.isna(said) else str(said).split(BETWEEN) for said in sites.segments]
    suits = [BETWEEN.join(one for one in names if one in wanted) or None for names in named]
    fits = [bool(one) or not names for one, names in zip(suits, named, strict=True)]
    rows = sites.assign(suits=pd.Series(suits, index=sites.index, dtype="str"))[fits]
    rows = rows.assign(general=rows.suits.isna())
    ordered = rows.sort_values(
        ["general", "free_area_m2", "site_id"], ascending=[True, False, True], na_position="last"
    )
    return ordered.drop(columns="general").reset_index(drop=True)
