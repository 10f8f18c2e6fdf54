"""Where and when a firm founded others: recorded branches and owned firms, and firms of its brand, which are inferred."""

from __future__ import annotations

import pandas as pd

from services.firm import FirmProfile

RECORDED, INFERRED = "登记", "推断"
FOUNDED = ("branch", "owns")


def spread_of(profile: FirmProfile) -> pd.DataFrame:
    """The firms that belong to a firm, each once: recorded ones before inferred ones.

    Returns
    -------
    one row a firm, oldest first: firm_id, name, city_code (NA unknown), year (founded, else since when the relation is on
    record; NA unknown), kind (登记: branch or owned firm on record; 推断: of the same brand, see ``services.affiliates``).
    """
    own = profile.relations[profile.relations.kind.isin(FOUNDED) & (profile.relations.direction == "to")]
    recorded = pd.DataFrame(
        {
            "firm_id": own.other_id, "name": own.other_name, "city_code": own.other_city,
            "year": _year(own.other_founded_on).fillna(_year(own.since)), "kind": RECORDED,
        }
    )  # fmt: skip
    kin = profile.kin
    inferred = pd.DataFrame(
        {
            "firm_id": kin.firm_id, "name": kin.name, "city_code": kin.city_code,
            "year": _year(kin.founded_on), "kind": INFERRED,
        }
    )  # fmt: skip
    known = [rows for rows in (recorded, inferred) if len(rows)]
    rows = pd.concat(known, ignore_index=True) if known else recorded
    return rows.drop_duplicates("firm_id").sort_values(["year", "firm_id"], ignore_index=True)


def by_year(rows: pd.DataFrame) -> pd.DataFrame:
    """Firms by year and kind: year, kind, n; firms without a year are left out."""
    known = rows.dropna(subset=["year"])
    return known.groupby(["year", "kind"], as_index=False).agg(n=("firm_id", "size"))


def by_city(rows: pd.DataFrame) -> pd.DataFrame:
    """Firms by prefecture, most first: city_code, n, n_recorded; firms without a known prefecture are left out."""
    known = rows[rows.city_code.notna()]
    counted = known.groupby("city_code", as_index=False).agg(
        n=("firm_id", "size"), n_recorded=("kind", lambda kind: int((kind == RECORDED).sum()))
    )
    return counted.sort_values(["n", "city_code"], ascending=[False, True], ignore_index=True)


def _year(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days).dt.year.astype("Int64")
