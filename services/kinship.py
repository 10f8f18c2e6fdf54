"""Who belongs to one group: firms joined by recorded shareholding or as branches; a common brand is only a hint."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from data.sql import load_sql
from data.store import Store
from services.names import names_of

STEPS = 2
"""Links that are followed up from a firm, and down from there to another: mother, sister, aunt, cousin."""


@dataclass(frozen=True)
class Link:
    """A recorded link: ``above`` owns ``below``, or has it as a branch."""

    below: str
    above: str
    kind: str
    evidence: str
    source: str
    as_of: date


Way = tuple[Link, ...]


@dataclass(frozen=True)
class Kin:
    """Another firm of a firm's group.

    up, down : the links from the firm to the one above both, and from there to the other; none where only the brand is common
    confidence : of the inferred brand (0–1), None where links are recorded
    """

    firm_id: str
    name: str
    up: Way
    down: Way
    above: str
    confidence: float | None = None

    @property
    def recorded(self) -> bool:
        """Whether a source says so."""
        return self.confidence is None

    @property
    def told(self) -> str:
        """Which firm it is, by which link and whose word that is.

        >>> link = Link("b", "a", "owns", "持股 60%", "年报", date(2025, 4, 30))
        >>> Kin("a", "甲控股", (link,), (), "甲控股").told
        '出资方“甲控股”（持股 60%；来源：年报，截至 2025-04-30）'
        >>> Kin("c", "甲机械", (), (), "", 0.97).told
        '“甲机械”（同字号，未核实；把握 97%）'
        """
        if self.confidence is not None:
            return f"“{self.name}”（同字号，未核实；把握 {self.confidence:.0%}）"
        return f"{self._place()}“{self.name}”（{self._basis()}）"

    def _place(self) -> str:
        kinds = {link.kind for link in (*self.up, *self.down)}
        branch, owned = kinds == {"branch"}, kinds == {"owns"}
        if not self.down:
            return ("总公司" if branch else "出资方" if owned else "上级企业") if len(self.up) == 1 else "上级企业"
        if not self.up:
            return (
                ("分支机构" if branch else "所投资企业" if owned else "下属企业") if len(self.down) == 1 else "下属企业"
            )
        return f"同属“{self.above}”的"

    def _basis(self) -> str:
        links = (*self.up, *self.down)
        shares = dict.fromkeys(link.evidence for link in links if link.kind == "owns" and link.evidence)
        sources = dict.fromkeys(link.source for link in links)
        return "；".join([*shares, f"来源：{'、'.join(sources)}，截至 {min(link.as_of for link in links)}"])


def kin_among(store: Store, firms: Collection[str], claimed: Collection[str]) -> dict[str, tuple[Kin, ...]]:
    """Which of the claimed firms are of the group of each of the firms: recorded ones first, the nearest first.

    Two firms are of one group where at most ``STEPS`` recorded links up from either lead to one firm (or to the other
    itself). A co-owner is none: of two that own a third, neither stands above the other.
    """
    if not firms or not claimed:
        return {}
    ways = _ways(store, {*firms, *claimed})
    below: dict[str, list[str]] = {}
    for other in claimed:
        for top in ways[other]:
            below.setdefault(top, []).append(other)
    found = {firm: _recorded(firm, below, ways) for firm in firms}
    brands: dict[str, dict[str, float]] = {}
    for firm, other, confidence in store.rows(load_sql("brand_pairs"), {"firms": [*firms], "claimed": [*claimed]}):
        if other not in found[firm]:
            brands.setdefault(firm, {})[other] = confidence
    names = names_of(store, _named(found, brands))
    told = {
        firm: (
            *(Kin(one, names.get(one, one), *pair, names.get(top, top)) for one, (pair, top) in found[firm].items()),
            *(Kin(one, names.get(one, one), (), (), "", sure) for one, sure in brands.get(firm, {}).items()),
        )
        for firm in firms
    }
    return {firm: kin for firm, kin in told.items() if kin}


Found = dict[str, tuple[tuple[Way, Way], str]]
"""Of a firm: by the other's id the way up and the way down, and the firm above both."""


def _ways(store: Store, firms: Collection[str]) -> dict[str, dict[str, Way]]:
    """Of each firm the shortest way up to each firm above it, itself among them."""
    above: dict[str, list[Link]] = {}
    asked: Collection[str] = firms
    for _ in range(STEPS):
        rows = [Link(*row) for row in store.rows(load_sql("links_above"), {"firms": sorted(asked)})] if asked else []
        for link in rows:
            above.setdefault(link.below, []).append(link)
        asked = {link.above for link in rows} - set(above)
    return {firm: _up(firm, above) for firm in firms}


def _up(firm: str, above: Mapping[str, list[Link]]) -> dict[str, Way]:
    found: dict[str, Way] = {firm: ()}
    last = [firm]
    for _ in range(STEPS):
        links = [link for one in last for link in above.get(one, ())]
        last = []
        for link in links:
            if link.above not in found:
                found[link.above] = (*found[link.below], link)
                last.append(link.above)
    return found


def _recorded(firm: str, below: Mapping[str, list[str]], ways: Mapping[str, dict[str, Way]]) -> Found:
    own = ways[firm]
    shared: dict[str, list[str]] = {}
    for top in own:
        for other in below.get(top, ()):
            if other != firm:
                shared.setdefault(other, []).append(top)
    found: Found = {}
    for other, tops in shared.items():
        top = min(tops, key=lambda one: (len(own[one]) + len(ways[other][one]), len(own[one]), one))
        found[other] = ((own[top], tuple(reversed(ways[other][top]))), top)
    return dict(sorted(found.items(), key=lambda one: (sum(map(len, one[1][0])), one[0])))


def _named(found: Mapping[str, Found], brands: Mapping[str, Mapping[str, float]]) -> set[str]:
    told = {one for kin in found.values() for other, (_, top) in kin.items() for one in (other, top)}
    return told | {other for kin in brands.values() for other in kin}
