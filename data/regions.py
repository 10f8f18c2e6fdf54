"""Regions one can call home: the nation, a province, a prefecture, a county, or an abolished division."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from data.store import Store

CONDITIONS: dict[str, str] = {
    "nation": "true",
    "province": "starts_with(coalesce(f.city_code, f.adcode), $home)",
    "city": "f.city_code = $home",
    "county": "f.adcode = $home",
    "former_city": "starts_with(f.registered_code, $home)",
    "former_county": "f.registered_code = $home",
}


class UnknownRegion(LookupError):
    """No division has or had this code."""

    def __init__(self, adcode: str) -> None:
        super().__init__(
            f"没有代码为“{adcode}”的行政区划；请用六位代码，如 370100（济南市）、370117（钢城区）、100000（全国）"
        )
        self.adcode = adcode


@dataclass(frozen=True)
class Region:
    """A division with the condition that finds its firms.

    level : nation, province, city or county; former : an abolished division, found by the code firms registered under
    where_sql : condition on a firm aliased ``f`` (columns city_code, adcode, registered_code); params : its parameters
    """

    adcode: str
    name: str
    full_name: str
    level: str
    former: bool
    city_code: str | None
    province_code: str
    longitude: float | None
    latitude: float | None
    where_sql: str
    params: dict[str, str] = field(hash=False)

    @property
    def wider(self) -> dict[str, str]:
        """The prefecture and the province that the region is part of, each with what is unknown of a firm placed there."""
        codes = {self.province_code: "地市"} | ({self.city_code: "区县"} if self.city_code else {})
        return {code: word for code, word in codes.items() if code != self.adcode and self.level != "nation"}


def resolve_region(store: Store, adcode: str) -> Region:
    """The region of a code; a code in force before an abolished one. Raises UnknownRegion."""
    rows = store.rows(
        "SELECT adcode, name, full_name, level, valid_to IS NOT NULL, city_code, province_code, longitude, latitude "
        "FROM division WHERE adcode = ? ORDER BY valid_to NULLS FIRST LIMIT 1",
        [adcode],
    )
    if not rows:
        raise UnknownRegion(adcode)
    code, name, full_name, level, former, city_code, province_code, longitude, latitude = rows[0]
    condition = f"former_{level}" if former else level
    prefix = {"province": code[:2], "former_city": code[:4]}.get(condition, code)
    params = {} if condition == "nation" else {"home": prefix}
    return Region(
        code,
        name,
        full_name,
        level,
        former,
        city_code,
        province_code,
        longitude,
        latitude,
        CONDITIONS[condition],
        params,
    )


def search_regions(store: Store, text: str, limit: int = 30) -> pd.DataFrame:
    """Divisions whose full name contains the text or whose code begins with it: adcode, full_name, level, former."""
    return store.query(
        "SELECT adcode, full_name, level, valid_to IS NOT NULL AS former FROM division "
        "WHERE contains(full_name, $text) OR starts_with(adcode, $text) "
        "ORDER BY former, length(full_name), adcode LIMIT $n",
        {"text": text.strip(), "n": limit},
    )


def region_names(store: Store, codes: Sequence[str]) -> dict[str, str]:
    """Full names by code; codes that are no division are left out."""
    rows = store.rows(
        "SELECT adcode, full_name FROM division WHERE valid_to IS NULL AND list_contains($codes, adcode)",
        {"codes": list(codes)},
    )
    return dict(rows)
