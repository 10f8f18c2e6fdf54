"""Matching and presence of any firms file, without a store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd
import polars as pl

from analysis.labels import LabelParams, label_segments
from analysis.matching import SegmentRule, match
from analysis.presence import benchmark, regional_presence

REGION_COLUMNS: dict[str, tuple[str, int]] = {
    "city": ("city_code", 6),
    "county": ("county_code", 6),
    "province": ("city_code", 2),
}
PRESENCE_COLUMNS = ["adcode", "segment_id", "n_makers", "expected", "lq", "lq_low", "lq_high", "label"]


class WrongFirmsFile(ValueError):
    """The firms file cannot be used; the message names the file and the cure."""


def read_firms(path: Path) -> pl.DataFrame:
    """Firms of a parquet or csv file: firm_id (its uscc column), name, scope, and whatever else it has, as text.

    Raises
    ------
    WrongFirmsFile : absent, of another type, or without the columns uscc, name and scope
    """
    if not path.is_file():
        raise WrongFirmsFile(f"找不到企业文件 {path}")
    firms = _read(path)
    missing = [column for column in ("uscc", "name", "scope") if column not in firms.columns]
    if missing:
        raise WrongFirmsFile(f"企业文件 {path.name} 缺少列：{'、'.join(missing)}；现有列：{'、'.join(firms.columns)}")
    return firms.rename({"uscc": "firm_id"})


def _read(path: Path) -> pl.DataFrame:
    try:
        if path.suffix.lower() == ".parquet":
            return pl.read_parquet(path)
        if path.suffix.lower() == ".csv":
            return pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise WrongFirmsFile(f"企业文件 {path.name} 读不出来：{error}") from error
    raise WrongFirmsFile(f"企业文件 {path.name} 不是 .parquet 或 .csv")


def presence_of(
    firms: pl.DataFrame,
    rules: Sequence[SegmentRule],
    by: str = "city",
    progress: Callable[[float, str], None] | None = None,
    params: LabelParams = LabelParams(),
    regions: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Presence of every segment in every region of the file, the file as a whole being the benchmark.

    Parameters
    ----------
    firms : firm_id, name, scope and city_code (or county_code when ``by`` is county)
    by : city, county or province
    regions : further regions by the beginning of their firms' county_code, a former prefecture for one: {"371200": "3712"};
        they are no part of the benchmark, which has their firms already

    A firm that the file names twice counts once, where its first row says.

    Returns
    -------
    one row a region and segment: adcode, segment_id, n_makers (confirmed firms that make, or serve in a service
    segment), expected, lq, lq_low, lq_high, label.
    """
    if by not in REGION_COLUMNS:
        raise WrongFirmsFile(f"--by 只能是 {'、'.join(REGION_COLUMNS)}，给的是“{by}”")
    column, width = REGION_COLUMNS[by]
    if column not in firms.columns:
        raise WrongFirmsFile(f"企业文件缺少列 {column}，无法按 {by} 汇总")
    firms = firms.unique("firm_id", keep="first", maintain_order=True)
    found = match(firms, rules, progress)
    code = pl.col(column).cast(pl.String).str.slice(0, width).str.pad_end(6, "0")
    own = firms.select("firm_id", code.fill_null("000000").alias("region"))
    place = pl.concat([own, *_further(firms, regions or {})])
    research = [rule.id for rule in rules if rule.kind == "rd"]
    counted = (pl.col("verdict") == "confirmed") & ((pl.col("role") != "rd") | pl.col("segment_id").is_in(research))
    counts = (
        found.pairs.filter(counted).join(place, on="firm_id").group_by("region", "segment_id").agg(pl.len().alias("n"))
    )
    makes = pl.col("makes").fill_null(value=False)
    totals = (
        place.join(found.makes, on="firm_id", how="left")
        .group_by("region")
        .agg(pl.len().alias("n_firms"), makes.sum().alias("n_producers"))
        .sort("region")
        .to_pandas()
        .set_index("region")
    )
    base_of = pd.Series({rule.id: "producers" if rule.kind == "production" else "firms" for rule in rules})
    frame = counts.to_pandas()
    whole = own["region"].unique().to_list()
    marks = benchmark(frame[frame.region.isin(whole)], totals.loc[sorted(whole)], base_of)
    presence = regional_presence(frame, totals, marks).assign(n_anchor=0)
    labels = label_segments(presence, params)
    return labels.rename(columns={"region": "adcode", "n_local": "n_makers"})[PRESENCE_COLUMNS]


def _further(firms: pl.DataFrame, regions: Mapping[str, str]) -> list[pl.DataFrame]:
    """firm_id and region of the firms of each further region. Raises WrongFirmsFile."""
    if regions and "county_code" not in firms.columns:
        raise WrongFirmsFile(f"企业文件缺少列 county_code，无法查区县或已撤销的区划 {'、'.join(regions)}")
    code = pl.col("county_code").cast(pl.String)
    return [
        firms.filter(code.str.starts_with(prefix)).select("firm_id", pl.lit(region).alias("region"))
        for region, prefix in regions.items()
    ]
