"""Where an address lies: a county of the firm's city that the address names, or the city where none was given."""

from __future__ import annotations

from functools import cache

import polars as pl

from data.divisions import divisions

# 城区, 郊区, 东区 and the like are parts of other words
MIN_CHARACTERS = 3


@cache
def _places(level: str) -> pl.DataFrame:
    """name, code, city of today's divisions of a level with a name long enough."""
    known = divisions().filter(pl.col("valid_to").is_null() & (pl.col("level") == level))
    named = known.select("name", pl.col("adcode").alias("code"), pl.col("city_code").alias("city"))
    return named.filter(pl.col("name").str.len_chars() >= MIN_CHARACTERS)


def read_addresses(addresses: pl.Series, cities: pl.Series) -> pl.DataFrame:
    """``in_address``: the county of the address where exactly one of the firm's city is named in it; ``city``: the city.

    Parameters
    ----------
    addresses : text; cities : today's prefecture of the firm where known, else it is read from the address, where exactly
        one prefecture is named in it

    One row a row of the input; null where the address says nothing or says more than one thing.
    """
    frame = pl.DataFrame({"address": addresses, "city": cities}).with_row_index("row")
    without = frame.filter(pl.col("city").is_null() & pl.col("address").is_not_null())
    cities_named = _single(_named(without, "city"), "city")
    frame = frame.join(cities_named, on="row", how="left", maintain_order="left")
    frame = frame.with_columns(city=pl.coalesce("city", "city_right"))
    inside = _named(frame.filter(pl.col("city").is_not_null() & pl.col("address").is_not_null()), "county")
    counties = _single(inside.filter(pl.col("city") == pl.col("city_right")), "code")
    joined = frame.join(counties, on="row", how="left", maintain_order="left")
    return joined.select(pl.col("code").alias("in_address"), "city")


def _named(frame: pl.DataFrame, level: str) -> pl.DataFrame:
    """row, city and every place of the level named in the address (code, its city as city_right)."""
    places = _places(level)
    names = places["name"].unique().to_list()
    found = frame.select("row", "city", name=pl.col("address").str.extract_many(names, leftmost=True)).explode("name")
    return (
        found.join(places, on="name", suffix="_right")
        if level == "county"
        else found.drop("city").join(places, on="name")
    )


def _single(found: pl.DataFrame, column: str) -> pl.DataFrame:
    """row and the one value of ``column``; rows with several are left out."""
    counted = found.group_by("row").agg(pl.col(column).n_unique().alias("n"), pl.col(column).first())
    return counted.filter(pl.col("n") == 1).drop("n")
