"""Fictional provinces, prefectures and counties. Their codes begin with 99 to 96, which no real division has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

HOME = "990101"
"""云溪区 of 示范市 in 示范省."""

_PROVINCES: dict[str, tuple[str, float, float, tuple[str, ...]]] = {
    # code: name, longitude and latitude of its middle, prefectures
    "99": ("示范省", 117.6, 36.3, ("示范市", "澜安市", "岚川市", "望溪市", "鹿鸣市", "星河市", "霁月市")),
    "98": ("云海省", 120.6, 31.2, ("碧涛市", "听潮市", "朝汐市", "曦光市", "长汐市", "锦帆市", "归帆市")),
    "97": ("青岚省", 112.4, 30.4, ("青岚市", "松涛市", "竹影市", "云栈市", "雪岭市", "流霞市", "枫晚市")),
    "96": ("沧澜省", 113.8, 23.6, ("沧澜市", "玄铁市", "铸剑市", "金瓯市", "砺锋市", "银梭市", "巧工市")),
}
_FIRST, _SECOND = "澄霁汐曜砚栖漱翎槿", "坞浦屏陂墅垣阜泽渚塬岫霭"
_OFFSETS = ((0.0, 0.0), (0.9, 0.4), (-0.8, 0.6), (0.5, -0.8), (-1.1, -0.5), (1.5, -0.3), (-0.3, 1.2))


@dataclass(frozen=True)
class County:
    """A fictional county with its prefecture."""

    adcode: str
    name: str
    city_code: str
    city_name: str
    province_name: str
    longitude: float
    latitude: float


def counties() -> tuple[County, ...]:
    """Every fictional county, in the order of codes within provinces; the home county is the first."""
    names = iter("".join(pair) for pair in product(_FIRST, _SECOND))
    found = []
    for code, (province, longitude, latitude, cities) in _PROVINCES.items():
        for number, city in enumerate(cities):
            shift_lon, shift_lat = _OFFSETS[number]
            place = (longitude + shift_lon, latitude + shift_lat)
            found += _counties_of(f"{code}{number + 1:02d}", city, province, place, names)
    return tuple(found)


def _counties_of(
    prefix: str, city: str, province: str, place: tuple[float, float], names: Iterator[str]
) -> list[County]:
    result = []
    for number, (shift_lon, shift_lat) in enumerate(((0.0, 0.0), (0.25, 0.1), (-0.2, 0.2)), start=1):
        name = f"{next(names)}{'县' if number == 3 else '区'}"
        adcode = f"{prefix}{number:02d}"
        here = (round(place[0] + shift_lon, 4), round(place[1] + shift_lat, 4))
        result.append(County(adcode, "云溪区" if adcode == HOME else name, f"{prefix}00", city, province, *here))
    return result


def division_rows() -> list[dict[str, object]]:
    """Rows for the table ``division``: provinces, prefectures and counties."""
    rows: dict[str, dict[str, object]] = {}
    for county in counties():
        province = f"{county.adcode[:2]}0000"
        middle = _PROVINCES[county.adcode[:2]][1:3]
        city_name = county.province_name + county.city_name
        rows.setdefault(province, _row(province, county.province_name, county.province_name, "province", None, middle))
        here = (county.longitude, county.latitude)
        rows.setdefault(
            county.city_code, _row(county.city_code, county.city_name, city_name, "city", county.city_code, here)
        )
        rows[county.adcode] = _row(
            county.adcode, county.name, city_name + county.name, "county", county.city_code, here
        )
    return list(rows.values())


def _row(
    adcode: str, name: str, full_name: str, level: str, city_code: str | None, place: tuple[float, float]
) -> dict[str, object]:
    return {
        "adcode": adcode,
        "name": name,
        "full_name": full_name,
        "level": level,
        "city_code": city_code,
        "province_code": f"{adcode[:2]}0000",
        "longitude": place[0],
        "latitude": place[1],
    }
