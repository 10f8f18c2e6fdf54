"""Sizes, states and honours of fictional firms; what is not known stays absent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import exp
from random import Random

from data.demo.firms import Firm

_TAGS = (
    ("专精特新中小企业", "省级", 0.05),
    ("专精特新“小巨人”企业", "国家级", 0.012),
    ("高新技术企业", "国家级", 0.08),
    ("制造业单项冠军", "国家级", 0.004),
    ("瞪羚企业", "省级", 0.01),
)
LISTED = 36
"""Number of firms with a fictional stock code."""


def add_facts(firms: Sequence[Firm], as_of: date, chance: Random) -> None:
    """Give every firm capital, employees, revenue, state and address where they are known."""
    for number, firm in enumerate(firms, start=1):
        size = chance.gauss(0.0, 1.0) + (0.5 if firm.role == "maker" else 0.0)
        firm.facts = {
            "capital_cny": _capital(size, chance),
            "employees": _people(size, chance) if chance.random() < 0.45 else None,
            "status": chance.choices(("存续", "注销", "吊销，未注销"), (0.98, 0.014, 0.006))[0],
            "address": f"{firm.place.province_name}{firm.place.city_name}{firm.place.name}演示路{number % 400 + 1}号",
        }
        if chance.random() < 0.25:
            firm.facts |= {"revenue_cny": _revenue(size, chance), "revenue_year": as_of.year - 1}
    _list_some(firms)


def tag_rows(firms: Sequence[Firm], chance: Random) -> list[dict[str, object]]:
    """Rows for ``firm_tag``: makers and researchers on official lists, the larger the likelier."""
    rows = []
    for firm in firms:
        likely = 2.5 if _known(firm, "revenue_cny") > 2e8 else 1.0
        for list_name, level, share in _TAGS if firm.role in ("maker", "rd") and firm.segment_ids else ():
            if chance.random() < share * likely:
                year = chance.randint(2021, 2026)
                row = {"firm_id": firm.firm_id, "list_name": list_name, "level": level, "year": year}
                rows.append(row | {"expires_on": date(year + 3, 12, 31)})
    return rows


def _capital(size: float, chance: Random) -> float | None:
    if chance.random() < 0.12:
        return None
    amount = 800 * exp(1.2 * size)
    step = 10 if amount < 300 else 100 if amount < 5000 else 1000
    return 1e4 * max(10, step * round(amount / step))


def _people(size: float, chance: Random) -> int:
    return max(3, round(60 * exp(1.0 * size + chance.gauss(0, 0.3))))


def _revenue(size: float, chance: Random) -> float:
    return 1e4 * round(5500 * exp(1.25 * size + chance.gauss(0, 0.4)))


def _list_some(firms: Sequence[Firm]) -> None:
    """Make the largest known makers public companies, two of them at home; their names say 股份."""
    makers = [firm for firm in firms if firm.role == "maker" and firm.segment_ids and "股份" in firm.name]
    makers.sort(key=lambda firm: (-_known(firm, "revenue_cny"), firm.firm_id))
    home = [firm for firm in makers if firm.place.adcode == firms[0].place.adcode][:2]
    chosen = home + [firm for firm in makers if firm not in home][: LISTED - len(home)]
    for number, firm in enumerate(chosen, start=1):
        firm.facts["stock_code"] = f"YS{number:04d}"
        firm.facts["employees"] = max(400, int(_known(firm, "employees")))
        firm.facts["status"] = "存续"


def _known(firm: Firm, fact: str) -> float:
    """The fact as a number for ordering; 0 where it is unknown."""
    value = firm.facts.get(fact)
    return float(value) if isinstance(value, (int, float)) else 0.0
