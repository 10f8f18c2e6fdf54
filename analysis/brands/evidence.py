"""Why a firm is taken for an affiliate of another, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def affiliate_evidence(row: Mapping[str, Any]) -> str:
    """What speaks for an affiliate (a row of ``analysis.brands.affiliates.find_affiliates``), beside chance.

    >>> print(affiliate_evidence({"brand": "福耀", "shared": "玻璃", "named_place": True, "same_words": False,
    ...                           "n_both": 9, "n_expected": 0.0061, "confidence": 0.97}))
    字号“福耀”相同，名称同属玻璃行业，名称写明所在地；库中同字号同行业 9 家，若纯属巧合应有 0.0061 家；把握 97%
    """
    shared = "确认做同一环节" if str(row["shared"]).startswith("*") else f"名称同属{row['shared']}行业"
    words = [f"字号“{row['brand']}”相同", shared]
    words += ["名称写明所在地"] if row["named_place"] else []
    words += ["行业用词完全相同"] if row["same_words"] else []
    chance = f"库中同字号同行业 {row['n_both']} 家，若纯属巧合应有 {row['n_expected']:.2g} 家"
    return f"{'，'.join(words)}；{chance}；把握 {row['confidence']:.0%}"
