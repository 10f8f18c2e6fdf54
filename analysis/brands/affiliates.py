"""Firms of one brand in one trade that belong together, and the home they were founded from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.brands.chance import brand_sizes, chance_of_brand

_SELLERS = "销售|经销|贸易|商贸|经贸|营销|售后|专卖|商行|物资|进出口|批发|零售|维修"
_MOST_HOMES = 6
_UNKNOWN, _LISTED, _ROOF = 1e6, 1e9, 5e7
"""Capital in 元 at which an unknown one and a listed firm count, and that a group needs to stand over several trades."""
_OF_HOME = ("firm_id", "city_code", "founded_on", "weight", "tail", "said", "origin_province")
_LINKED = ("confidence", "shared", "n_both", "n_expected", "named_place", "same_words")
_OWN = ("named_place", "same_words")
"""What a link says of its younger firm alone."""
_COLUMNS = ("home_id", "affiliate_id", "brand", "trade", "founded_on", "city_code", *_LINKED)


@dataclass(frozen=True)
class BrandParams:
    """What speaks for two firms of one brand and trade being of one group, as points of log-odds.

    Fitted by logistic regression to 250 pairs of an open registry of a million firms, drawn from all levels of evidence
    and read one by one (names, dates, capitals, scopes; November 2026), then rounded. Of 100 other pairs drawn at random
    from what the rule finds there (1,189 among 440,000 firms that make or serve something), 92 were read as one group, 6
    as strangers, 2 could not be told; of the firms elsewhere of thirty groups known to the reader it finds about half.

    points : start; per tenfold ratio of found to expected by chance (0.1–3,000); the firm's own place in its name, in
        brackets or behind the brand; the same trade words; the same province; per tenfold capital of the affiliate over
        100 万元 (10 万–1 亿元), and of the home (10 万–10 亿元; a listed one counts 10 亿元)
    least : confidence from which two firms are said to belong together
    joining : confidence from which another firm joins a group that has at least ``known_group`` firms of that brand and trade
    """

    points: Mapping[str, float] = field(
        default_factory=lambda: {
            "start": -9.0, "ratio": 2.2, "named_place": 2.5, "same_words": 1.4, "same_province": 1.4, "other_trade": -0.9,
            "roof": -0.9, "place_brand": -1.0, "other_origin": -2.5, "capital": 1.65, "home_capital": 1.1,
        }
    )  # fmt: skip
    least: float = 0.8
    joining: float = 0.55
    known_group: int = 3


def find_affiliates(
    firms: pl.DataFrame, names: pl.DataFrame, segments: pl.DataFrame, params: BrandParams = BrandParams()
) -> pl.DataFrame:
    """Firms that carry the brand of another in its trade, in another prefecture, more often than chance would have it.

    Two firms of one brand and one trade are linked where their confidence (``pair_confidence``) is at least ``least``;
    what is linked is a group, and its home the largest: listed, then by capital, then the oldest. Sellers of a brand
    (…电器销售有限公司) and firms that make nothing are no affiliates: dealers carry the brand of a stranger.

    Parameters
    ----------
    firms : firm_id, city_code, founded_on, capital_cny (null where unknown or doubtful), listed (bool), makes (bool)
    names : ``analysis.brands.names.read_names`` of them
    segments : firm_id, segment_id in which they confirmedly produce or research

    Returns
    -------
    one row an affiliate: home_id, affiliate_id, brand, trade (as its name says it, else null), founded_on and city_code of
    the affiliate, confidence (0–1), shared (trade of both names, or * and a segment), n_both (firms of brand and trade),
    n_expected (of them by chance), named_place and same_words.

    Notes
    -----
    The home is the largest known firm, not always the one that founds: parents are often missing from a sample.
    """
    known = names.drop_nulls("brand").join(firms, on="firm_id").drop_nulls("city_code")
    members = known.join(brand_sizes(known), on="brand")
    trades = _trades(members, segments)
    chances = chance_of_brand(members, trades, brand_sizes(known))
    pairs = pair_confidence(_pairs(members, trades, chances), params)
    return _grouped(_linked(pairs, params), members)


def _trades(members: pl.DataFrame, segments: pl.DataFrame) -> pl.DataFrame:
    said = members.drop_nulls("trade").select("firm_id", pl.col("trade"))
    made = segments.join(members.select("firm_id"), on="firm_id", how="semi")
    return pl.concat([said, made.select("firm_id", pl.format("*{}", "segment_id").alias("trade")).unique()])


def _pairs(members: pl.DataFrame, trades: pl.DataFrame, chances: pl.DataFrame) -> pl.DataFrame:
    """Every maker of a shared brand and trade beside the largest firms of the two that are older and elsewhere."""
    facts = members.with_columns(
        pl.when("listed").then(_LISTED).otherwise(pl.col("capital_cny").fill_null(_UNKNOWN)).alias("weight"),
        pl.col("trade").alias("said"),
    ).drop("trade", "listed")
    carried = trades.join(facts, on="firm_id").join(chances, on=["brand", "trade"])
    largest = carried.sort(["weight", "founded_on", "firm_id"], descending=[True, False, False], nulls_last=False)
    homes = largest.group_by("brand", "trade", maintain_order=True).head(_MOST_HOMES)
    homes = homes.with_columns(pl.lit(value=False).alias("roof"))
    homes = pl.concat([homes, _roofs(facts, chances, homes.columns)]).select(
        "brand", "trade", "roof", *(pl.col(name).alias(f"home_{name}") for name in _OF_HOME)
    )
    makers = carried.filter(pl.col("makes") & ~pl.col("tail").fill_null("").str.contains(_SELLERS)).drop_nulls(
        "founded_on"
    )
    pairs = makers.join(homes, on=["brand", "trade"]).filter(pl.col("city_code") != pl.col("home_city_code"))
    older = (pl.col("home_founded_on") < pl.col("founded_on")) | pl.col("home_founded_on").is_null()
    return (
        pairs.filter(older)
        .sort("roof", "ratio", "trade", descending=[False, True, False])
        .unique(["firm_id", "home_firm_id"], keep="first", maintain_order=True)
    )


def _roofs(facts: pl.DataFrame, chances: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Groups and listed firms whose name says no trade stand over every trade of their brand: 伊利实业集团."""
    large = (pl.col("weight") >= _LISTED) | (pl.col("is_group") & (pl.col("weight") >= _ROOF))
    roofs = facts.filter(pl.col("said").is_null() & large)
    return roofs.join(chances, on="brand").with_columns(pl.lit(value=True).alias("roof")).select(columns)


def pair_confidence(pairs: pl.DataFrame, params: BrandParams = BrandParams()) -> pl.DataFrame:
    """``pairs`` with confidence = 1 / (1 + e^−s), s the sum of the points of what speaks for the pair.

    Parameters
    ----------
    pairs : ratio, said and home_said (trade of the name), roof (the home's name says none and it shares no segment),
        bracket, inside, place_brand, origin_province and home_origin_province, tail and home_tail, city_code and
        home_city_code, weight and home_weight (capital in 元)

    Returns
    -------
    pairs with named_place, same_words and confidence.
    """
    same_words = (pl.col("tail") == pl.col("home_tail")) & (pl.col("tail").str.len_chars() >= 3)
    pairs = pairs.with_columns(
        (pl.col("bracket") | pl.col("inside")).alias("named_place"),
        same_words.fill_null(value=False).alias("same_words"),
    )
    points = params.points
    score = (
        points["start"]
        + points["ratio"] * pl.col("ratio").clip(0.1, 3000.0).log10()
        + points["named_place"] * pl.col("named_place")
        + points["other_trade"] * ~(pl.col("said") == pl.col("home_said")).fill_null(value=False)
        + points["roof"] * pl.col("roof")
        + points["place_brand"] * pl.col("place_brand")
        + points["other_origin"] * _of_another_place()
        + points["same_words"] * pl.col("same_words")
        + points["same_province"] * (pl.col("city_code").str.slice(0, 2) == pl.col("home_city_code").str.slice(0, 2))
        + points["capital"] * (pl.col("weight").clip(1e5, 1e8).log10() - 6)
        + points["home_capital"] * (pl.col("home_weight").clip(1e5, 1e9).log10() - 6)
    )
    return pairs.with_columns((1.0 / (1.0 + (-score).exp())).alias("confidence"))


def _of_another_place() -> pl.Expr:
    """The name says a place that is neither in the firm's province nor in the home's, nor said by the home: 新疆南京同仁堂."""
    origin = pl.col("origin_province")
    provinces = [pl.col(name).str.slice(0, 2) for name in ("city_code", "home_city_code")]
    known = [*provinces, pl.col("home_origin_province")]
    return origin.is_not_null() & ~pl.any_horizontal(origin.eq_missing(one) for one in known)


def _linked(pairs: pl.DataFrame, params: BrandParams) -> pl.DataFrame:
    """The pairs that belong together: the sure ones, and the likely ones of brands and trades that are known groups."""
    sure = pairs.filter(pl.col("confidence") >= params.least)
    ends = pl.concat(
        [
            sure.select("brand", "trade", "firm_id"),
            sure.select("brand", "trade", pl.col("home_firm_id").alias("firm_id")),
        ]
    )
    groups = ends.group_by("brand", "trade").agg(pl.col("firm_id").n_unique().alias("n_firms"))
    groups = groups.filter(pl.col("n_firms") >= params.known_group).select("brand", "trade")
    likely = pairs.filter(pl.col("confidence").is_between(params.joining, params.least, closed="left"))
    return pl.concat([sure, likely.join(groups, on=["brand", "trade"], how="semi")])


def _grouped(links: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The links' connected groups: every member but the home, with its surest link."""
    best = links.rename({"trade": "shared"}).sort(
        ["confidence", "home_weight", "home_firm_id", "firm_id"], descending=[True, True, False, False]
    )
    ids = pl.concat([best["firm_id"], best["home_firm_id"]]).unique().sort()
    place = {firm: number for number, firm in enumerate(ids)}
    ends = [np.array([place[firm] for firm in best[name]], dtype=np.int64) for name in ("firm_id", "home_firm_id")]
    graph = coo_array((np.ones(len(best)), (ends[0], ends[1])), shape=(len(ids), len(ids)))
    _, group = connected_components(graph, directed=False)
    groups = pl.DataFrame({"firm_id": ids, "group": group}).join(members, on="firm_id")
    rank = ["group", "listed", "capital_cny", "founded_on", "firm_id"]
    homes = groups.sort(rank, descending=[False, True, True, False, False], nulls_last=True).unique(
        "group", keep="first", maintain_order=True
    )
    found = groups.select("firm_id", "group", "brand", pl.col("trade").alias("said"), "founded_on", "city_code").join(
        homes.select("group", pl.col("firm_id").alias("home_id"), pl.col("city_code").alias("home_city")), on="group"
    )
    as_home = [pl.lit(value=False).alias(name) if name in _OWN else pl.col(name) for name in _LINKED]
    sides = [best.select("firm_id", *_LINKED), best.select(pl.col("home_firm_id").alias("firm_id"), *as_home)]
    surest = pl.concat(sides).unique("firm_id", keep="first", maintain_order=True)
    found = found.join(surest, on="firm_id").filter(
        (pl.col("firm_id") != pl.col("home_id")) & (pl.col("city_code") != pl.col("home_city"))
    )
    return found.rename({"firm_id": "affiliate_id", "said": "trade"}).select(_COLUMNS).sort("home_id", "affiliate_id")
