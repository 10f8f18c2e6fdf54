"""Numbers, dates and missing values as people read them; the one place where 元 becomes 万 or 亿."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd

NO_DATA = "无数据"


def is_missing(value: Any) -> bool:
    """Whether a cell holds nothing: None, NaN, NA or NaT."""
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def count(value: Any) -> str:
    """A whole number with thousands separators.

    >>> count(12345), count(None)
    ('12,345', '无数据')
    """
    return NO_DATA if is_missing(value) else f"{int(value):,}"


def decimal(value: Any, digits: int = 1) -> str:
    """A number with a fixed number of decimals.

    >>> decimal(3.14159, 2)
    '3.14'
    """
    return NO_DATA if is_missing(value) else f"{float(value):,.{digits}f}"


def percent(share: Any, digits: int = 0) -> str:
    """A share 0–1 as per cent.

    >>> percent(0.186), percent(0.5, 1)
    ('19%', '50.0%')
    """
    return NO_DATA if is_missing(share) else f"{float(share) * 100:.{digits}f}%"


def money(amount_cny: Any) -> str:
    """An amount in 元 as 亿元, 万元 or 元, with three significant places.

    >>> money(152_000_000), money(34_500_000), money(8_000), money(None)
    ('1.52 亿元', '3,450 万元', '8,000 元', '无数据')
    """
    if is_missing(amount_cny):
        return NO_DATA
    value = float(amount_cny)
    if abs(value) >= 1e8:
        return f"{_significant(value / 1e8)} 亿元"
    return f"{value / 1e4:,.0f} 万元" if abs(value) >= 1e4 else f"{value:,.0f} 元"


def day(value: Any) -> str:
    """A date as 2026-11-22.

    >>> day(date(2026, 1, 5))
    '2026-01-05'
    """
    return NO_DATA if is_missing(value) else f"{_as_date(value):%Y-%m-%d}"


def moment(value: Any) -> str:
    """A time as 2026-11-22 09:30."""
    return NO_DATA if is_missing(value) else f"{pd.Timestamp(value):%Y-%m-%d %H:%M}"


def text(value: Any) -> str:
    """A text, or 无数据 where there is none."""
    return NO_DATA if is_missing(value) or str(value).strip() == "" else str(value)


def _as_date(value: Any) -> date:
    return value if isinstance(value, date) and not isinstance(value, datetime) else pd.Timestamp(value).date()


def _significant(value: float) -> str:
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 1000 else 0
    return f"{value:,.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:,.0f}"
