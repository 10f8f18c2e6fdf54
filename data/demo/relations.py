"""Branch firms, and supplies, ownership and referrals between fictional firms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from data.demo.firms import Firm, uscc_of
from data.demo.places import HOME, County
from data.demo.vocabulary import ChainWords

BRANCHES, SUPPLIES, OWNERS, REFERRALS = 340, 900, 150, 60
_FIRST_BRANCH = 50_000


def make_branches(firms: Sequence[Firm], places: Sequence[County], as_of: date, chance: Random) -> list[Firm]:
    """分公司 of makers and servers in other prefectures, every eighth of them at home."""
    parents = [firm for firm in firms if firm.segment_ids and firm.place.adcode != HOME and firm.name.endswith("公司")]
    chosen = chance.choices(parents, k=BRANCHES)
    branches: dict[str, Firm] = {}
    for number, parent in enumerate(chosen):
        branch = _branch(parent, number, _elsewhere(parent, places, number, chance), as_of, chance)
        branches.setdefault(branch.name, branch)
    return list(branches.values())


def _elsewhere(parent: Firm, places: Sequence[County], number: int, chance: Random) -> County:
    others = [place for place in places if place.city_code != parent.place.city_code]
    return others[0] if number % 8 == 0 and others[0].adcode == HOME else chance.choice(others)


def _branch(parent: Firm, number: int, place: County, as_of: date, chance: Random) -> Firm:
    name = f"{parent.name}{place.city_name[:-1]}{place.name[:-1]}分公司"
    age = (as_of - parent.founded_on).days
    founded_on = parent.founded_on + timedelta(days=int(age * chance.uniform(0.3, 0.95)))
    scope = "为总公司承接业务、提供产品咨询服务"
    facts: dict[str, object] = {"status": "存续"}
    code = uscc_of(place.adcode, _FIRST_BRANCH + number)
    return Firm(code, name, place, "branch", (), scope, founded_on, facts)


def relation_rows(
    firms: Sequence[Firm], chains: Sequence[ChainWords], as_of: date, chance: Random
) -> list[dict[str, object]]:
    """Rows for ``relation``: from_firm is supplier, owner or referrer; branches follow from names (``data.merge``)."""
    return _supplies(firms, chains, as_of, chance) + _owners(firms, as_of, chance) + _referrals(firms, as_of, chance)


def _supplies(
    firms: Sequence[Firm], chains: Sequence[ChainWords], as_of: date, chance: Random
) -> list[dict[str, object]]:
    """Suppliers of every segment edge; half of the users at home where home has some."""
    members = defaultdict(list)
    for firm in firms:
        for segment_id in firm.segment_ids:
            members[segment_id].append(firm)
    edges = [(edge.supplier, edge.user) for chain in chains for edge in chain.edges]
    edges = [(supplier, user) for supplier, user in edges if members[supplier] and members[user]]
    rows, seen = [], set()
    for number in range(SUPPLIES if edges else 0):
        supplier_id, user_id = chance.choice(edges)
        local = [firm for firm in members[user_id] if firm.place.adcode == HOME]
        user = chance.choice(local if local and number % 2 == 0 else members[user_id])
        supplier = chance.choice(members[supplier_id])
        pair = supplier.firm_id, user.firm_id
        if supplier is not user and pair not in seen:
            seen.add(pair)
            since = _recent(as_of, 6, chance)
            rows.append(_row(supplier, user, "supplies", f"{since.year} 年度供货合同（演示）", since))
    return rows


def _owners(firms: Sequence[Firm], as_of: date, chance: Random) -> list[dict[str, object]]:
    """Investments of makers in younger makers elsewhere."""
    makers = [firm for firm in firms if firm.role == "maker" and firm.segment_ids]
    rows = []
    for _ in range(OWNERS if len(makers) > 1 else 0):
        one, other = chance.sample(makers, 2)
        owner, owned = (one, other) if one.founded_on <= other.founded_on else (other, one)
        share = chance.choice((35, 51, 60, 70, 100))
        rows.append(
            _row(owner, owned, "owns", f"持股 {share}%（演示）", max(owned.founded_on, _recent(as_of, 8, chance)))
        )
    return rows


def _referrals(firms: Sequence[Firm], as_of: date, chance: Random) -> list[dict[str, object]]:
    """以商招商: home firms that can introduce a firm elsewhere."""
    home = [firm for firm in firms if firm.place.adcode == HOME and firm.segment_ids]
    away = [firm for firm in firms if firm.place.adcode != HOME and firm.segment_ids]
    pairs = [(chance.choice(home), chance.choice(away)) for _ in range(REFERRALS if home and away else 0)]
    return [_row(one, other, "referral", "本地企业引荐（演示）", _recent(as_of, 2, chance)) for one, other in pairs]


def _recent(as_of: date, years: int, chance: Random) -> date:
    return as_of - timedelta(days=chance.randint(20, 365 * years))


def _row(one: Firm, other: Firm, kind: str, evidence: str, since: date) -> dict[str, object]:
    return {"from_firm": one.firm_id, "to_firm": other.firm_id, "kind": kind, "evidence": evidence, "since": since}
