"""Where in the texts of a firm a word stands, in the words of the text."""

from __future__ import annotations

import re

import pandas as pd

from analysis.search.texts import folded

_CLAUSE = re.compile(r"[^；;，,、。\n]+")
LONGEST = 60


def passage(text: str, word: str) -> str | None:
    """The part of the text between two stops that holds the word, cut where it is long; None where the text does not.

    >>> passage("生产：轴承、齿轮；销售：钢材", "钢材")
    '销售：钢材'
    """
    found = (part.group().strip() for part in _CLAUSE.finditer(text))
    held = next((part for part in found if word in folded(part)), None)
    if held is None and word not in folded(text):
        return None
    whole = text if held is None else held
    at = max(0, folded(whole).find(word) - LONGEST // 2)
    return f"{'…' if at else ''}{whole[at : at + LONGEST]}{'…' if len(whole) > at + LONGEST else ''}"


def basis(name: object, products: object, scope: object, text: str) -> str:
    """Why a text finds a firm: its products or scope hold a word that its name does not; empty where its name says it all.

    >>> basis("甲厂", pd.NA, "生产：轴承、齿轮", "轴承 甲")
    '经营范围：“生产：轴承”'
    """
    told = []
    for word in folded(text).split():
        if word in folded(str(name)):
            continue
        for title, value in (("产品", products), ("经营范围", scope)):
            found = None if pd.isna(value) else passage(str(value), word)
            if found is not None:
                told.append(f"{title}：“{found}”")
                break
    return "；".join(dict.fromkeys(told))
