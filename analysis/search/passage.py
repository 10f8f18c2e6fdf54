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
    """Where the words of a text stand in what is known of a firm; without a text, what the firm says that it does.

    >>> basis("甲厂", pd.NA, "生产：轴承、齿轮", "轴承 甲")
    '经营范围：“生产：轴承”；名称含“甲”'
    >>> basis("甲厂", "轴承", "生产：轴承、齿轮", "")
    '产品：“轴承”'
    """
    texts = [(title, str(value)) for title, value in (("产品", products), ("经营范围", scope)) if not pd.isna(value)]
    if not text:
        return "".join(f"{title}：“{value[:LONGEST]}{'…' * (len(value) > LONGEST)}”" for title, value in texts[:1])
    return "；".join(dict.fromkeys(_basis(str(name), texts, word) for word in folded(text).split()))


def _basis(name: str, texts: list[tuple[str, str]], word: str) -> str:
    found = ((title, passage(value, word)) for title, value in texts)
    held = next((f"{title}：“{part}”" for title, part in found if part is not None), "")
    if word in folded(name):
        return f"名称含“{word}”" + (f"，{held}" if held else "")
    return held or (f"名称拼音含“{word}”" if word.isalpha() else f"代码或其他名称含“{word}”")
