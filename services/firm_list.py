"""The firms of the home region or of the whole store, a page at a time: there may be a million."""

from __future__ import annotations

import pandas as pd

from data.regions import Region
from data.sql import load_sql
from data.store import Store

SORTS = ("name", "founded_on", "capital_cny", "as_of")


def firm_page(store: Store, region: Region | None, sort: str | None, start: int, size: int) -> pd.DataFrame:
    """One page of firms: firm_id, name, region, founded_on, capital_cny, status, as_of.

    Parameters
    ----------
    region : whose firms; None for every firm of the store
    sort : one of SORTS, with ``-`` before it when descending; missing values last; by firm_id otherwise
    start : number of rows before the page; size : rows of a page
    """
    key = (sort or "").lstrip("-")
    way = "DESC" if str(sort).startswith("-") else "ASC"
    order = f"f.{key} {way} NULLS LAST, f.firm_id" if key in SORTS else "f.firm_id"
    condition, params = ("true", {}) if region is None else (region.where_sql, region.params)
    sql = load_sql("region_firms").replace("{region}", condition).replace("{order}", order)
    return store.query(sql, {"start": start, "size": size, **params})
