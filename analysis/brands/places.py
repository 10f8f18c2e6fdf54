"""Places inside firm names: regular expressions of the names that divisions go by, prefecture by prefecture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

_KINDS = (
    r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市|地区|(?:[\p{Han}]{1,6}族|各族|柯尔克孜|哈萨克|蒙古|塔吉克|锡伯|鄂温克)*自治[州县旗]"
    r"|盟|林区|新区|[区县旗])$"
)
_KIND = "(?:自治区|自治州|自治县|自治旗|省|市|地区|州|盟|林区|矿区|新区|区|县|旗)?"
_ZONE = r"(?:(?:经济技术|高新技术产业|高新技术|经济|高新|工业)?(?:开发区|产业园区|工业园区|园区|保税区))?"
_LIKE_BRANDS = frozenset(
    "朝阳 中山 东方 大同 安康 泰安 兴安 黄山 长春 文昌 安顺 大庆 吉安 永州 新星 双河 白杨 昆玉 北屯 三明 太原 天水 红河 广安 海东 "
    "海北 海西 黄南 怒江 白山 乐山 玉林 南平 德阳 天门 仙桃 金华 保山 大理 四平 衡水 龙岩 凉山 白城 白沙 通辽 定安 乐东 昌江".split()
)
"""Prefectures whose bare names firms elsewhere choose as brands: away from home they are not read as places."""


@dataclass(frozen=True)
class Places:
    """Names of divisions: own (by prefecture: itself, its province and counties), far (provinces and
    prefectures, each with the first two digits of its code), every.
    """

    own: Mapping[str, frozenset[str]]
    far: Mapping[str, str]
    every: frozenset[str]

    def own_pattern(self, city_code: str | None) -> str:
        """Expression for one name of the prefecture with its kind and zone; for any far name where it is unknown."""
        return _named(self.own.get(city_code or "", self.far))

    @property
    def far_pattern(self) -> str:
        """Expression for one province or prefecture (its group) with its kind and zone."""
        return f"({_any(self.far)}){_KIND}{_ZONE}"


def read_places(divisions: pl.DataFrame) -> Places:
    """The names that divisions go by in firm names: without their kind (济南 for 济南市) where two characters are left.

    Parameters
    ----------
    divisions : name, level, city_code, province_code; abolished ones too
    """
    known = divisions.filter(pl.col("level") != "nation").with_columns(pl.col("name").str.replace(r"（.*$", ""))
    bare = pl.col("name").str.replace(_KINDS, "")
    known = known.with_columns(pl.when(bare.str.len_chars() >= 2).then(bare).otherwise("name").alias("bare"))
    provinces = dict(known.filter(pl.col("level") == "province").select("province_code", "bare").iter_rows())
    own: dict[str, set[str]] = {}
    for city, province, full, name in (
        known.select("city_code", "province_code", "name", "bare").drop_nulls().iter_rows()
    ):
        own.setdefault(city, set()).update({full, name, provinces.get(province, name)})
    wide = known.filter(pl.col("level").is_in(["province", "city"]) & ~pl.col("bare").is_in(list(_LIKE_BRANDS)))
    far = dict(wide.select("bare", pl.col("province_code").str.slice(0, 2)).iter_rows())
    owned = {city: frozenset(names) for city, names in own.items()}
    return Places(owned, far, frozenset(known["bare"]))


def _named(names: Iterable[str]) -> str:
    return f"(?:{_any(names)}){_KIND}{_ZONE}"


def _any(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
