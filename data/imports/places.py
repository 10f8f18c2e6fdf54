"""Where a firm lies: codes of the file, else names of province, city and county, else the code in its USCC."""

from __future__ import annotations

from functools import cache

import polars as pl

from data.divisions import divisions, locate
from data.imports.addresses import read_addresses
from data.imports.cells import Cells

UNKNOWN_NAME = "没有这个地名，或同名地不止一个，未定位到区县"


@cache
def _current() -> pl.DataFrame:
    columns = ("adcode", "name", "full_name", "level", "city_code", "province_code")
    return divisions().filter(pl.col("valid_to").is_null() & (pl.col("level") != "nation")).select(columns)


@cache
def _own_city() -> dict[str, str]:
    """Any code that is or was a division → today's prefecture."""
    known = divisions().filter(pl.col("city_code").is_not_null()).unique("adcode", keep="first", maintain_order=True)
    return dict(known.select("adcode", "city_code").iter_rows())


def place_firms(cells: Cells, uscc: pl.Series, address: pl.Series, region: str | None) -> pl.DataFrame:
    """registered_code, city_code, adcode, asked (the code looked up) and code_known; one row a row of ``cells``.

    The county is the file's code, else the place its columns name, else the county the address names, else ``region``
    (for rows that say nothing of their place), else the code in the USCC. registered_code is characters 3–8 of the USCC,
    else the county code of the file. A code that is no division leaves the firm with its city.
    """
    county, city, named = cells.code("county_code"), _city(cells), _named(cells)
    frame = pl.DataFrame({"uscc": uscc, "county": county, "city": city, "named": named})
    frame = frame.with_columns(in_uscc=pl.col("uscc").str.slice(2, 6)).with_columns(_of_address(frame, address))
    silent = pl.all_horizontal(pl.col("county", "city", "named", "in_address").is_null())
    frame = frame.with_columns(region=pl.when(silent).then(pl.lit(region, pl.String)))
    frame = frame.with_columns(
        asked=pl.coalesce("county", "named", "in_address", "region", "in_uscc"),
        city=pl.coalesce("city", _city_of("region")),
    )
    by_registrar = pl.col("asked").eq_missing(pl.col("in_uscc"))
    found = locate(frame.select(registered_code="asked", city_code="city", by_registrar=by_registrar))
    return found.select(
        frame.select(pl.coalesce("in_uscc", "county")).to_series().alias("registered_code"),
        "city_code",
        "adcode",
        frame["asked"],
        (pl.col("code_known") | frame["asked"].is_null()).alias("code_known"),
    )


def _city_of(column: str) -> pl.Expr:
    return pl.col(column).replace_strict(_own_city(), default=None, return_dtype=pl.String)


def _of_address(frame: pl.DataFrame, address: pl.Series) -> pl.Series:
    """The place that the address names within the city known otherwise; where none is known, the city it names."""
    if address.null_count() == len(address):
        return pl.Series("in_address", [None], dtype=pl.String).new_from_index(0, len(address))
    unsettled = pl.all_horizontal(pl.col("county", "named").is_null())
    asked = frame.select(pl.when(unsettled).then(address)).to_series()
    city = (
        frame.with_columns(in_uscc=pl.col("uscc").str.slice(2, 6))
        .select(pl.coalesce("city", _city_of("in_uscc")))
        .to_series()
    )
    found = read_addresses(asked, city)
    in_address = pl.coalesce("in_address", pl.when(city.is_null()).then("city"))
    return found.select(in_address).to_series().alias("in_address")


def _city(cells: Cells) -> pl.Series:
    """Today's prefecture of the file's city code; a code that is no division stays as it is."""
    city = cells.code("city_code")
    return city.replace(_own_city()).alias("city")


def _named(cells: Cells) -> pl.Series:
    """The code of the smallest place named by province, city and county; null where there is none or more than one."""
    targets = ("province_name", "city_name", "county_name")
    if not any(target in cells.columns for target in targets[1:]):
        return pl.Series("named", [None], dtype=pl.String).new_from_index(0, len(cells))
    frame = pl.DataFrame([cells.text(target) for target in targets])
    distinct = frame.unique()
    found = [find_place(*(part for part in row if part)) for row in distinct.iter_rows()]
    codes = distinct.with_columns(named=pl.Series(found, dtype=pl.String))
    joined = frame.join(codes, on=targets, how="left", nulls_equal=True, maintain_order="left")
    said = pl.any_horizontal(pl.col(targets[1:]).is_not_null())
    fault = pl.when(said & pl.col("named").is_null()).then(pl.lit(UNKNOWN_NAME))
    smallest = next(target for target in reversed(targets) if target in cells.columns)
    cells.flag(smallest, joined.select(fault.cast(pl.String)).to_series())
    return joined["named"]


def find_place(*names: str, within: str | None = None) -> str | None:
    """The code of the place that the names, from large to small, describe; None if there is none or more than one.

    A name may be full (山东省济南市钢城区), its end (济南市钢城区), or short (钢城). ``within``: code of the region that
    decides where several places have the name.

    >>> find_place("济南市", "钢城区")
    '370117'
    """
    if not names:
        return None
    *larger, last = names
    found = _called(last)
    for name in larger:
        found = found.filter(pl.col("full_name").str.contains(name.rstrip("省市"), literal=True))
    # a directly administered place is there as province and as city, under one code
    codes = found["adcode"].unique()
    if within and len(codes) > 1:
        codes = found.filter(pl.any_horizontal(pl.col("adcode", "city_code", "province_code") == within))[
            "adcode"
        ].unique()
    return str(codes.item()) if len(codes) == 1 else None


def _called(name: str) -> pl.DataFrame:
    """Places of that name; else those whose full name ends in it; else those called so without 市, 区, 县."""
    known = _current()
    if len(name) < 2:
        return known.clear()
    bare = pl.col("name").str.replace(r"(?:特别行政区|自治州|自治县|自治旗|地区|省|市|区|县|旗|盟)$", "")
    for condition in ((pl.col("name") == name), pl.col("full_name").str.ends_with(name), bare == name):
        found = known.filter(condition)
        if not found.is_empty():
            return found
    return known.clear()
