"""The store's own firms, cut at a year: did brands that had founded firms away from home found more?"""

from __future__ import annotations

from datetime import date

from analysis.validation.expansion import (
    ExpansionResult,
    Period,
    best_period,
    group_cases,
    judge_expansion,
    on_record,
)
from data.sql import load_sql
from data.store import Store
from services.affiliates import inferred_affiliates
from services.context import NoData

SINCE = date(1990, 1, 1)
"""Before the company law of 1993 there were few companies and hardly a register."""


class WrongPeriod(ValueError):
    """Years that the store's firms do not cover."""

    def __init__(self, period: Period, first: int, last: int) -> None:
        super().__init__(
            f"检验要用 {period.years[0]} 到 {period.years[-1]} 年的企业设立记录，库里只有 {first} 到 {last} 年；"
            "请用 --from（起始年 T）、--to（结束年 T+k）和 --window 另选"
        )


def expansion_check(
    store: Store, first: int | None = None, last: int | None = None, window: int = 5, ahead: int = 5
) -> ExpansionResult:
    """Expansion up to a year against foundings away from home after it (``analysis.validation.expansion``).

    Parameters
    ----------
    first, last : years T and T + k; by default the T, with k = ``ahead``, for which most is on record

    Raises
    ------
    NoData : the store holds no firm with a date and place; WrongPeriod
    """
    foundings = store.query(load_sql("foundings"), {"since": SINCE})
    if foundings.empty:
        raise NoData
    period = best_period(foundings, window, ahead)
    if first is not None or last is not None:
        begin = first if first is not None else int(str(last)) - ahead
        period = Period(begin, window, (last if last is not None else begin + ahead) - begin)
    recorded = on_record(foundings)
    known = range(int(recorded.index.min()), int(recorded.index.max()) + 1)
    if period.ahead < 1 or period.years[0] not in known or period.years[-1] not in known:
        raise WrongPeriod(period, known[0], known[-1])
    provinces = recorded.columns[recorded.loc[list(period.years)].all()].astype(str).to_list()
    before, after = (
        inferred_affiliates(store, date(year, 12, 31)) for year in (period.year, period.year + period.ahead)
    )
    return judge_expansion(group_cases(before, after, period, provinces), period, provinces, recorded.shape[1])
