"""How central a segment is to a firm: what its name and industry say, where its scope names the product, and how much else it lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

OTHER_TRADES: Mapping[str, str] = {
    "工程施工": r"高速公路|路桥|公路(?:工程|局|养护)|铁路局|隧道|工程(?:有限|股份|集团|总公司|公司)|建设(?:有限|股份|集团|总公司)"
    r"|建筑(?:有限|股份|集团|工程|安装|公司)|安装(?:有限|公司)|建工|市政|园林|装饰(?:有限|工程)|房屋建设|基建",
    "投资与地产": r"投资|资产管理|资产经营|控股有限|房地产|置业|地产|物业|住宅开发|城市建设|城建",
    "贸易": r"贸易|商贸|经贸|外贸|进出口|供应链|物资|销售有限|商行|批发|零售",
    "运输与服务": r"物流|运输(?:有限|集团|公司)|旅游|酒店|餐饮|医院|传媒|保险|银行",
    "农业": r"农牧|农业|种植|养殖|畜牧|农场|林场|合作社",
    "采掘与能源": r"煤业|煤矿|矿务|焦化|焦煤|焦炭|动力煤|石油(?:天然气|分公司)|发电(?:有限|厂)|热电|电力公司|燃气",
}
"""Trades that a name or industry may say instead of a product, as patterns. A firm of such a trade may still make the
product on the side; its size then says little of it."""

TRADE_FACTOR = 0.5


def pattern(words: Sequence[str]) -> str:
    """Regular expression for any of the words, longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def says(texts: pd.Series, keywords: Sequence[str], exclusions: Sequence[str]) -> pd.Series:
    """Whether each text contains a keyword that is not part of an exclusion (bool; False for a missing text)."""
    known = texts.astype("str").where(texts.notna(), "")
    hit = known.str.contains(pattern(keywords))
    if exclusions and hit.any():
        rest = known[hit].str.replace(pattern(exclusions), "，", regex=True)
        hit[hit] = rest.str.contains(pattern(keywords))
    return hit


def other_trade(rows: pd.DataFrame) -> pd.Series:
    """The trade that the name or industry of a firm says where neither says the product; NA for none.

    Only production segments are judged: in a construction segment a builder is at home.
    Columns name, industry_text, main_business, kind.
    """
    trade = pd.Series(pd.NA, index=rows.index, dtype="object")
    judged = (rows.kind == "production") & ~rows.main_business
    words = rows.name.astype(str) + " " + rows.industry_text.fillna("").astype(str)  # no industry known
    for name, pattern in OTHER_TRADES.items():
        trade = trade.where(~(judged & trade.isna() & words.str.contains(pattern)), name)
    return trade


def centrality(rows: pd.DataFrame) -> pd.Series:
    """How central the segment is to each firm, 0–1.

    1 where the name or industry says the product. Otherwise place · width · trade:
    place = 1 − 0.4·position (1 at the head of the scope, 0.6 at its end, 0.9 in a list of products, which has no order),
    width = (1 − 0.15·log10(1 + n)) · (0.5 + 0.5/√s) for n other things listed in scope or products (9 → 0.85, 99 or more
    → 0.7; unknown as 9) and s segments that the firm is confirmed in (1 → 1, 4 → 0.75),
    trade = 0.5 where the name says another trade.

    Parameters
    ----------
    rows : name, industry_text, main_business (bool: name or industry says the product), kind, position (0–1, NaN unknown),
        n_other, n_segments; other_trade where it is known already
    """
    place = (1.0 - 0.4 * rows.position.astype(float)).fillna(0.9)
    listed = 1.0 + rows.n_other.astype(float).fillna(9.0).clip(0.0, 99.0)
    width = (1.0 - 0.15 * np.log10(listed)) * (0.5 + 0.5 / np.sqrt(rows.n_segments.clip(lower=1).astype(float)))
    trades = rows.other_trade if "other_trade" in rows else other_trade(rows)
    trade = np.where(trades.notna(), TRADE_FACTOR, 1.0)
    return (place * width * trade).where(~rows.main_business, 1.0)
