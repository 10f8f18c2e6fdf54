"""The fictional firms: makers as planned, and traders, servers, researchers and unrelated firms around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from data.demo.places import HOME, County
from data.demo.plan import HOME_SHARE, Plan
from data.demo.vocabulary import Segment
from data.demo.wording import Wording
from data.identifiers import check_character

ROLES = {"production": "maker", "service": "service", "rd": "rd", "support": "service"}
OTHER_MAKERS, TRADERS, TRAPPED, VAGUE = 400, 600, 200, 80
"""Firms of other trades, firms that only trade in what the segments make, firms whose words merely resemble, and firms
that leave open what they do."""
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass
class Firm:
    """A fictional firm with the segments it was made for (empty for traders and other trades)."""

    firm_id: str
    name: str
    place: County
    role: str
    segment_ids: tuple[str, ...]
    scope: str
    founded_on: date
    facts: dict[str, object] = field(default_factory=dict)


def make_firms(plans: Sequence[Plan], places: Sequence[County], as_of: date, chance: Random) -> list[Firm]:
    """All firms but branches, home first; the same for the same plans and seed."""
    maker = _FirmMaker(plans, places, as_of, chance)
    firms = [firm for place in places for firm in maker.planned(place)]
    firms += maker.traders()
    firms += maker.trapped()
    return firms + maker.other_makers(firms) + maker.vague()


def uscc_of(adcode: str, number: int) -> str:
    """A USCC with valid check digits that no real firm can have: its division code is fictional."""
    body = f"MAD{number:05d}"
    total = sum(int(character, 36) * weight for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    inner_check = {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
    first17 = f"91{adcode}{body}{inner_check}"
    return first17 + check_character(first17)


class _FirmMaker:
    def __init__(self, plans: Sequence[Plan], places: Sequence[County], as_of: date, chance: Random) -> None:
        self._plans = plans
        self._places = {place.adcode: place for place in places}
        self._segments = {plan.segment.id: plan.segment for plan in plans}
        self._kept_out = {plan.segment.id for plan in plans if plan.aim in ("missing", "unknown", "weak")}
        self._as_of = as_of
        self._chance = chance
        self._number = 0
        keywords = [word for segment in self._segments.values() for word in segment.keywords]
        self._wording = Wording(chance, keywords)
        self._sizes = Counter({code: n for plan in plans for code, n in plan.by_county.items()})

    def planned(self, place: County) -> Iterator[Firm]:
        """Firms that make up the planned numbers of a county, one to three related segments each."""
        slots = [plan.segment for plan in self._plans for _ in range(plan.by_county.get(place.adcode, 0))]
        order = {segment.id: number for number, segment in enumerate(self._segments.values())}
        slots.sort(
            key=lambda segment: (
                segment.kind,
                segment.chain_id,
                segment.group,
                self._chance.random(),
                order[segment.id],
            )
        )
        while slots:
            first = slots.pop(0)
            own = [first]
            wanted = self._chance.choices((1, 2, 3), (0.3, 0.4, 0.3))[0]
            while slots and len(own) < wanted and _together(own, slots[0]):
                own.append(slots.pop(0))
            yield self._segment_firm(place, own)

    def traders(self) -> list[Firm]:
        """Firms that sell what the segments make, in places where the makers are not always."""
        segments = [segment for segment in self._segments.values() if segment.kind == "production"]
        found = []
        for number in range(TRADERS):
            place = self._anywhere(HOME if number % 14 == 0 else None)
            sold = self._chance.sample(segments, k=min(len(segments), self._chance.choice((1, 2, 3))))
            products = [self._chance.choice(segment.words) for segment in sold]
            scope = self._wording.scope("trader", products)
            found.append(self._firm(place, "trader", (), self._wording.name(_short(place), "trader"), scope))
        return found

    def trapped(self) -> list[Firm]:
        """Firms whose scope holds a keyword inside a word of another meaning (钢结构工程, 水泥袋)."""
        traps = [trap for segment in self._segments.values() for trap in segment.traps]
        found = []
        for _ in range(TRAPPED if traps else 0):
            place = self._anywhere()
            scope = self._wording.scope("service", self._chance.sample(traps, k=min(2, len(traps))))
            found.append(self._firm(place, "service", (), self._wording.name(_short(place), "service"), scope))
        return found

    def vague(self) -> list[Firm]:
        """Firms whose name says a product that is scarce at home and whose scope does not: every second one is at home."""
        scarce = [one for one in self._segments.values() if one.kind == "production" and one.id in self._kept_out]
        words = [[word for word in one.words if 2 <= len(word) <= 6] for one in scarce]
        words = [some for some in words if some]
        found = []
        for number in range(VAGUE if words else 0):
            place = self._anywhere(HOME if number % 2 == 0 else None)
            name = self._wording.vague_name(_short(place), self._chance.choice(self._chance.choice(words)))
            found.append(self._firm(place, "maker", (), name, self._wording.vague_scope()))
        return found

    def other_makers(self, firms: Sequence[Firm]) -> list[Firm]:
        """Makers of other goods; so many at home that the home county has its planned share of all firms."""
        home = sum(firm.place.adcode == HOME for firm in firms)
        wanted = round(HOME_SHARE * (len(firms) + OTHER_MAKERS)) - home
        at_home = min(max(wanted, 10), OTHER_MAKERS)
        places = [self._places[HOME]] * at_home + [self._anywhere() for _ in range(OTHER_MAKERS - at_home)]
        return [self._other_maker(place) for place in places]

    def _other_maker(self, place: County) -> Firm:
        products = self._chance.sample(self._wording.other_made, k=2)
        name = self._wording.name(_short(place), "maker", products[0])
        return self._firm(place, "maker", (), name, self._wording.scope("maker", products))

    def _segment_firm(self, place: County, own: list[Segment]) -> Firm:
        role = ROLES[own[0].kind]
        products = list(dict.fromkeys(self._chance.choice(segment.words) for segment in own))
        spoken = products[0] if len(products[0]) <= 6 and self._chance.random() < 0.45 else None
        name = self._wording.name(_short(place), role, spoken)
        return self._firm(place, role, tuple(segment.id for segment in own), name, self._wording.scope(role, products))

    def _firm(self, place: County, role: str, segment_ids: tuple[str, ...], name: str, scope: str) -> Firm:
        self._number += 1
        days = int(self._chance.triangular(200, 30 * 365, 9 * 365))
        founded_on = self._as_of - timedelta(days=days)
        return Firm(uscc_of(place.adcode, self._number), name, place, role, segment_ids, scope, founded_on)

    def _anywhere(self, adcode: str | None = None) -> County:
        """A county with chance in proportion to its planned firms, home excepted, or the county given."""
        if adcode is not None:
            return self._places[adcode]
        codes = [code for code in self._places if code != HOME]
        return self._places[self._chance.choices(codes, [1 + self._sizes[code] for code in codes])[0]]


def _together(own: list[Segment], other: Segment) -> bool:
    """Whether a firm of ``own`` may plausibly do ``other`` too: another segment of the same group."""
    return (
        other.kind == own[0].kind
        and (other.chain_id, other.group) == (own[0].chain_id, own[0].group)
        and other.id not in {segment.id for segment in own}
    )


def _short(place: County) -> str:
    """The place as names begin with it: the county at home, elsewhere the prefecture."""
    return (place.name if place.adcode == HOME else place.city_name)[:-1]
