"""Everything known of one firm, each fact with its source and date."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.sql import load_sql
from data.store import Store
from services.affiliates import kin_of


class UnknownFirm(KeyError):
    """No firm of that id."""

    def __str__(self) -> str:
        return f"库里没有编号为 {self.args[0]} 的企业"


@dataclass(frozen=True)
class FirmProfile:
    """A firm as merged, the records it was merged from, its segments, branches and relations, tags and projects.

    kin : other firms of its brand, which are inferred (``services.affiliates.kin_of``)
    """

    firm: pd.Series
    records: pd.DataFrame
    segments: pd.DataFrame
    relations: pd.DataFrame
    tags: pd.DataFrame
    projects: pd.DataFrame
    kin: pd.DataFrame


def firm_profile(store: Store, firm_id: str) -> FirmProfile:
    """The profile of a firm. Raises UnknownFirm."""
    firm = store.query(load_sql("firm_facts"), [firm_id])
    if firm.empty:
        raise UnknownFirm(firm_id)
    return FirmProfile(
        firm.iloc[0],
        store.query(load_sql("firm_records"), [firm_id]),
        store.query(load_sql("firm_pairs"), {"firm_id": firm_id}),
        store.query(load_sql("firm_relations"), {"firm_id": firm_id}),
        store.query(load_sql("firm_tags"), [firm_id]),
        store.query(load_sql("firm_projects"), [firm_id]),
        kin_of(store, firm_id),
    )


def find_firms(store: Store, text: str, limit: int = 50) -> pd.DataFrame:
    """Firms whose name contains the text, or whose code is the text: firm_id, name, region, capital_cny, founded_on."""
    wanted = text.strip()
    if not wanted:
        return pd.DataFrame(columns=["firm_id", "name", "region", "founded_on", "capital_cny"])
    return store.query(load_sql("find_firms"), {"text": wanted, "limit": limit})


def segment_firms(store: Store, chain_id: str, segment_id: str, where_sql: str, params: dict[str, str]) -> pd.DataFrame:
    """Confirmed and uncertain firms of a segment in a region, best score first: the rows behind a label."""
    sql = load_sql("segment_firms").replace("{region}", where_sql)
    return store.query(sql, {"chain_id": chain_id, "segment_id": segment_id, **params})
