"""How many firms of a trade would carry a brand by chance: the guard against strangers of the same brand (字号)."""

from __future__ import annotations

import polars as pl

SHORT_UNSEEN, LONG_UNSEEN = 0.5, 0.1
"""Firms that a brand seen nowhere else is reckoned to have elsewhere: of two characters, of more."""
_WORD_LENGTHS = range(2, 7)
_WORD_SHARE = 0.5


def brand_sizes(names: pl.DataFrame) -> pl.DataFrame:
    """Number of firms that carry each brand, and of those that would by putting two words together.

    A brand is a word (齿轮箱, 通达) and left out where more than two other brands, and more than half as many as firms carry
    it alone, end with it: people put it behind brands of their own. A brand of four characters and more may be a common
    brand with a product behind it (德隆门窗): n_root firms are called 德隆, the brands of n_end other firms end with 门窗, and
    n_composed = max over its divisions of n_root · n_end / n are expected to be called both.

    Parameters
    ----------
    names : brand (null: unknown), one row a firm

    Returns
    -------
    one row a brand: brand, n_brand, n_composed (0 where it is too short to be composed).

    Examples
    --------
    >>> names = pl.DataFrame({"brand": ["福耀", "福耀", "减速机", "神力减速机", "大同减速机", "金工减速机", "神力"]})
    >>> brand_sizes(names).filter(pl.col("brand").is_in(["福耀", "减速机", "神力减速机"])).rows()  # 1 · 2/7 by chance
    [('神力减速机', 1, 0.2857142857142857), ('福耀', 2, 0.0)]
    """
    sizes = names.drop_nulls("brand").group_by("brand").agg(pl.len().alias("n_brand"))
    endings = (
        _endings(sizes).group_by("ending").agg(pl.len().alias("n_brands"), pl.col("n_brand").sum().alias("n_firms"))
    )
    is_word = (pl.col("n_brands") > 2) & (pl.col("n_brands") > _WORD_SHARE * pl.col("n_brand"))
    kept = sizes.join(endings, left_on="brand", right_on="ending", how="left").filter(~is_word.fill_null(value=False))
    composed = _composed(sizes, endings)
    kept = kept.join(composed, on="brand", how="left").with_columns(pl.col("n_composed").fill_null(0.0))
    return kept.select("brand", "n_brand", "n_composed").sort("brand")


def _endings(sizes: pl.DataFrame) -> pl.DataFrame:
    """One row a brand and end of it that leaves two characters before: brand, n_brand, root, ending."""
    long = sizes.filter(pl.col("brand").str.len_chars() >= 4)
    cuts = [
        long.filter(pl.col("brand").str.len_chars() >= length + 2).with_columns(
            pl.col("brand").str.head(-length).alias("root"), pl.col("brand").str.tail(length).alias("ending")
        )
        for length in _WORD_LENGTHS
    ]
    return pl.concat(cuts)


def _composed(sizes: pl.DataFrame, endings: pl.DataFrame) -> pl.DataFrame:
    """brand and n_composed of the brands that can be divided into another brand and an ending of others."""
    parts = _endings(sizes).join(endings, on="ending")
    parts = parts.join(sizes.rename({"brand": "root", "n_brand": "n_root"}), on="root")
    others = pl.col("n_root").cast(pl.Float64) * (pl.col("n_firms") - pl.col("n_brand")) / sizes["n_brand"].sum()
    return parts.group_by("brand").agg(others.max().alias("n_composed"))


def chance_of_brand(names: pl.DataFrame, trades: pl.DataFrame, sizes: pl.DataFrame) -> pl.DataFrame:
    """Brands that at least two firms of a trade in different prefectures carry, beside what chance would give.

    n_expected = n_trade · (n_brand − n_both + u) / (n − n_trade) + n_composed: the brand is as common in the trade as
    elsewhere, u being ``SHORT_UNSEEN`` or ``LONG_UNSEEN``. A brand that is rare elsewhere and frequent in one trade belongs to
    one group.

    Parameters
    ----------
    names : firm_id, brand, city_code
    trades : firm_id, trade; a firm may have several (what its name says, and each segment it produces in)
    sizes : brand, n_brand, n_composed (``brand_sizes``)

    Returns
    -------
    one row a (brand, trade): brand, trade, n_both, n_expected, ratio = (n_both − 1) / n_expected.

    Examples
    --------
    >>> names = pl.DataFrame({"firm_id": list("abcdefgh"), "brand": ["福耀"] * 2 + ["中兴"] * 4 + ["甲", "乙"],
    ...                       "city_code": list("12123434")})
    >>> trades = pl.DataFrame({"firm_id": list("abcd"), "trade": ["玻璃"] * 4})
    >>> found = chance_of_brand(names, trades, brand_sizes(names)).sort("brand")
    >>> found.select("brand", "n_both", "n_expected", pl.col("ratio").round(1)).rows()  # 4·2.5/4 and 4·0.5/4
    [('中兴', 2, 2.5, 0.4), ('福耀', 2, 0.5, 2.0)]
    """
    of_trade = trades.group_by("trade").agg(pl.len().alias("n_trade"))
    carried = trades.join(names.select("firm_id", "brand", "city_code"), on="firm_id")
    both = carried.group_by("brand", "trade").agg(
        pl.len().alias("n_both"), pl.col("city_code").n_unique().alias("n_cities")
    )
    both = both.filter(pl.col("n_cities") > 1).join(sizes, on="brand").join(of_trade, on="trade")
    unseen = pl.when(pl.col("brand").str.len_chars() == 2).then(SHORT_UNSEEN).otherwise(LONG_UNSEEN)
    others = pl.max_horizontal(pl.lit(names.height) - pl.col("n_trade"), pl.lit(1))
    elsewhere = pl.col("n_brand").cast(pl.Float64) - pl.col("n_both") + unseen
    expected = pl.col("n_trade") * elsewhere / others + pl.col("n_composed")
    return both.with_columns(expected.alias("n_expected")).select(
        "brand", "trade", "n_both", "n_expected", ((pl.col("n_both") - 1) / pl.col("n_expected")).alias("ratio")
    )
