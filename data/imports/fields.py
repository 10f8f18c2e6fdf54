"""Which columns each kind of table may have, and under what headings they are recognised (fields.csv)."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# any one column of each group must be there
REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "firms": (("name",), ("uscc", "stock_code")),
    "projects": (("name",),),
    "money": (("project_id", "name"), ("amount",), ("money_layer",)),
    "tags": (("uscc", "stock_code", "name"), ("list_name",)),
    "relations": (("from_uscc", "from_name"), ("to_uscc", "to_name"), ("kind",)),
    "io": (("supplier",), ("user",), ("coefficient",)),
    "sites": (("name",),),
}
KIND_OF = {**{kind: kind for kind in REQUIRED}, "targets": "firms"}

FACTORS = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}
CURRENCIES = {
    "元": "CNY", "人民币": "CNY", "元人民币": "CNY", "人民币元": "CNY", "rmb": "CNY", "cny": "CNY",
    "美元": "USD", "美金": "USD", "usd": "USD", "港元": "HKD", "港币": "HKD", "hkd": "HKD",
    "日元": "JPY", "jpy": "JPY", "欧元": "EUR", "eur": "EUR", "英镑": "GBP", "gbp": "GBP",
    "新台币": "TWD", "台币": "TWD", "twd": "TWD", "韩元": "KRW", "krw": "KRW",
    "新加坡元": "SGD", "sgd": "SGD", "澳元": "AUD", "aud": "AUD", "加元": "CAD", "cad": "CAD",
}  # fmt: skip
_FACTOR = "百万|千万|百|千|万|亿"
_CURRENCY = "|".join(sorted(CURRENCIES, key=len, reverse=True))
UNIT_PATTERN = rf"(?:(?:{_FACTOR})(?:{_CURRENCY})?|(?:{_CURRENCY}))"
_UNIT = re.compile(rf"^(?P<factor>{_FACTOR})?(?P<currency>{_CURRENCY})?$")
_BRACKETED = re.compile(r"^(?P<base>[^(\[【]+)[(\[【](?P<inside>[^)\]】]*)[)\]】]$")
_TAILED = re.compile(rf"^(?P<base>.+?)[/_:\-—](?P<inside>{UNIT_PATTERN})$")
_ENGLISH = {"_wan": "万", "_yuan": "元", "_cny": "元", "_yi": "亿"}


@dataclass(frozen=True)
class Unit:
    """What one counts: ``factor`` of ``currency`` (None: said elsewhere, else CNY)."""

    factor: float
    currency: str | None

    def __str__(self) -> str:
        word = next(word for word, factor in FACTORS.items() if factor == self.factor)
        return word + ("元" if self.currency == "CNY" else self.currency or "")


@dataclass(frozen=True)
class Field:
    """One target column of a kind."""

    target: str
    title: str
    type: str
    synonyms: tuple[str, ...]


@cache
def fields_of(kind: str) -> dict[str, Field]:
    """The target columns of a kind, by name."""
    text = (files("data.imports") / "fields.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["kind"] == kind]
    found = [Field(row["target"], row["title"], row["type"], tuple(row["synonyms"].split("|"))) for row in rows]
    return {field.target: field for field in found}


def read_unit(text: str) -> Unit | None:
    """万元 → 10,000 CNY; 万 → 10,000 of a currency said elsewhere; None where the text is no unit of money.

    >>> read_unit("亿美元")
    Unit(factor=100000000.0, currency='USD')
    """
    found = _UNIT.match(plain(text))
    if not found or not found[0]:
        return None
    currency = CURRENCIES[found["currency"]] if found["currency"] else None
    return Unit(FACTORS[found["factor"] or ""], currency)


def plain(header: str) -> str:
    """Half-width, lower case, without blanks and asterisks."""
    return re.sub(r"[\s*﹡＊]+", "", unicodedata.normalize("NFKC", header)).lower()


def split_header(header: str) -> tuple[str, Unit | None]:
    """The heading without its bracket or unit, and the unit.

    >>> split_header("注册资本（万元）")
    ('注册资本', Unit(factor=10000.0, currency='CNY'))
    """
    text = plain(header)
    for suffix, unit in _ENGLISH.items():
        if text.endswith(suffix):
            return text.removesuffix(suffix), read_unit(unit)
    found = _BRACKETED.match(text) or _TAILED.match(text)
    if not found:
        return text, None
    return found["base"], read_unit(found["inside"].replace("单位:", "").replace("单位", ""))


def recognise(header: str, kind: str) -> tuple[str, int, Unit | None] | None:
    """(target, rank among its synonyms, unit) of a heading, or None."""
    base, unit = split_header(header)
    for field in fields_of(kind).values():
        for rank, synonym in enumerate(field.synonyms):
            if synonym == plain(header):
                return field.target, rank, unit
            if synonym == base and (unit is None or field.type == "money"):
                return field.target, rank, unit
    return None


def header_finder(kind: str, named: Sequence[str]) -> FindHeaderOfKind:
    """Finds the row with most known headings among the first rows; the first row where none is known."""
    return FindHeaderOfKind(kind, frozenset(plain(name) for name in named))


@dataclass(frozen=True)
class FindHeaderOfKind:
    """The heading row of a kind; ``named`` are headings that the user's mapping speaks of."""

    kind: str
    named: frozenset[str]

    def __call__(self, rows: Sequence[Sequence[str]]) -> int:
        scores = [sum(self._known(cell) for cell in row) for row in rows]
        return scores.index(max(scores))

    def _known(self, cell: str) -> bool:
        return 0 < len(cell) <= 40 and (plain(cell) in self.named or recognise(cell, self.kind) is not None)
