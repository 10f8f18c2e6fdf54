"""Firms of one brand (字号) in one trade and different prefectures: inferred from the store's firms, never facts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from importlib.resources import files

import pandas as pd
import polars as pl

from analysis.brands.affiliates import find_affiliates
from analysis.brands.evidence import affiliate_evidence
from analysis.brands.names import read_names
from analysis.brands.places import read_places
from data.sql import load_sql
from data.store import Store

Progress = Callable[[float, str], None]
_KIN = ("firm_id", "name", "region", "city_code", "founded_on", "capital_cny", "is_home", "confidence", "evidence")
_KEPT = ("home_id", "affiliate_id", "brand", "trade", "confidence", "n_expected", "evidence")


def infer_affiliates(store: Store, at: datetime, progress: Progress | None = None) -> int:
    """Make the table of affiliates anew where firms or segments changed since; returns their number.

    at : time to record
    """
    made_of = f"{store.rows(load_sql('affiliates_made_of'))[0][0]}/{_program()}"
    known = store.rows("SELECT n_found FROM affiliate_run WHERE made_of = ?", [made_of])
    if known:
        return int(known[0][0])
    if progress is not None:
        progress(0.97, "推断同字号企业")
    found = _found(store, None)
    with store.write() as cursor:
        cursor.execute("DELETE FROM firm_affiliate")
        store.write_frame(cursor, "firm_affiliate", found)
        cursor.execute("DELETE FROM affiliate_run")
        cursor.execute("INSERT INTO affiliate_run VALUES (?, ?, ?)", [made_of, at, found.height])
    return found.height


def inferred_affiliates(store: Store, until: date | None = None) -> pd.DataFrame:
    """Every inferred affiliate with the home of its brand, as matching left them or as they were known on a day.

    Parameters
    ----------
    until : only firms founded by then (and those without a date) are looked at, so that nothing of later firms leaks into
        the groups; names, capitals and scopes are today's all the same. None: the table that matching made

    Returns
    -------
    one row an affiliate, by home and founding: home_id, home_name, home_founded_on, home_capital_cny, home_city, home_province, home_region,
    affiliate_id, name, founded_on, city_code, province, region, capital_cny, brand, trade (NA: the name says none),
    confidence (0–1), n_expected, evidence, founded_later (bool: founded after the home, which is an expansion; groups also
    hold firms as old as their home). The home identifies the group.
    """
    if until is None:
        return store.query(_rows("firm_affiliate", "true"))
    frame = store.query_polars(_rows("found_affiliate", "true"), found_affiliate=_found(store, until))
    return pd.DataFrame(frame.to_pandas())


def kin_of(store: Store, firm_id: str) -> pd.DataFrame:
    """The other firms of a firm's brand, whether it is their home or one of them.

    Returns
    -------
    one row a firm, the home first, then by founding: firm_id, name, region, city_code, founded_on, capital_cny, is_home, confidence
    and evidence. Of the home it is the firm's own evidence that is told.
    """
    group = "a.home_id IN (SELECT home_id FROM firm_affiliate WHERE $firm IN (home_id, affiliate_id))"
    rows = store.query(_rows("firm_affiliate", group), {"firm": firm_id})
    others = rows[rows.affiliate_id != firm_id].assign(firm_id=lambda f: f.affiliate_id, is_home=False)
    own = rows[rows.affiliate_id == firm_id]
    home = own.assign(
        firm_id=own.home_id, name=own.home_name, region=own.home_region, city_code=own.home_city,
        founded_on=own.home_founded_on,
        capital_cny=own.home_capital_cny, is_home=True,
    )  # fmt: skip
    return pd.concat([home, others])[list(_KIN)].sort_values(
        ["is_home", "founded_on", "firm_id"], ascending=[False, True, True], ignore_index=True
    )


def _rows(found: str, firms: str) -> str:
    return load_sql("affiliate_rows").replace("{found}", found).replace("{firms}", firms)


def _found(store: Store, until: date | None) -> pl.DataFrame:
    """The columns of ``firm_affiliate``."""
    firms = store.query_polars(load_sql("brand_firms"), {"until": until})
    places = read_places(
        store.query_polars("SELECT name, level, city_code, province_code FROM division ORDER BY adcode")
    )
    segments = store.query_polars(load_sql("brand_segments"))
    found = find_affiliates(firms.drop("name"), read_names(firms, places), segments)
    said = pl.Series("evidence", [affiliate_evidence(row) for row in found.iter_rows(named=True)], dtype=pl.String)
    return found.with_columns(said).select(_KEPT)


@cache
def _program() -> str:
    digest = hashlib.sha256()
    for entry in sorted(files("analysis.brands").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith((".py", ".txt")):
            digest.update(entry.read_bytes())
    return digest.hexdigest()
