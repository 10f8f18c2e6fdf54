"""How many firms of each segment stand in each fictional county, so that every label occurs at home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from data.demo.places import HOME, County
from data.demo.vocabulary import Segment

HOME_SHARE = 0.07
"""Share of the home county in the country's firms that the plan aims at; expected counts follow from it."""

_QUOTAS: tuple[tuple[str, float], ...] = (
    ("strong", 0.2),
    ("fair", 0.3),
    ("weak", 0.18),
    ("missing", 0.2),
    ("unknown", 0.12),
)
_TOTALS: dict[str, tuple[int, int]] = {
    "strong": (30, 62), "fair": (26, 52), "weak": (95, 120), "missing": (38, 70), "unknown": (3, 8),
}  # fmt: skip
_HOME_TRADES = ("钢", "粉末", "铁粉", "铸", "锻", "构件", "紧固", "焊", "热处理", "模具", "砂", "水泥")
_CLUSTER = 9.0


@dataclass(frozen=True)
class Plan:
    """What is intended for one segment: the label aimed at for home and the firms by county."""

    segment: Segment
    aim: str
    by_county: dict[str, int]


def make_plans(segments: Sequence[Segment], places: Sequence[County], seed: str) -> tuple[Plan, ...]:
    """One plan a segment, in the order given; the same for the same seed."""
    aims = _aims(segments, seed)
    sizes = _sizes(places, Random(f"{seed} sizes"))
    strongholds = _strongholds(segments, places, Random(f"{seed} clusters"))
    return tuple(
        Plan(segment, aims[segment.id], _spread(segment, aims[segment.id], sizes, strongholds, seed))
        for segment in segments
    )


def _aims(segments: Sequence[Segment], seed: str) -> dict[str, str]:
    """Labels aimed at, chain by chain: trades of a steel town come first, chance orders the rest."""
    aims: dict[str, str] = {}
    for chain_id in dict.fromkeys(segment.chain_id for segment in segments):
        own = [segment for segment in segments if segment.chain_id == chain_id]
        chance = Random(f"{seed} aims {chain_id}")
        fitness = {segment.id: chance.random() - 0.6 * _is_home_trade(segment) for segment in own}
        ranked = sorted(own, key=lambda segment: fitness[segment.id])
        aims |= dict(zip((segment.id for segment in ranked), _ladder(len(own)), strict=True))
    return aims


def _ladder(n: int) -> list[str]:
    """n labels in the shares of the quotas, every one at least once where n allows."""
    counts = {label: max(1, round(share * n)) for label, share in _QUOTAS}
    ladder = [label for label, _ in _QUOTAS for _ in range(counts[label])]
    return (ladder + ["fair"] * n)[:n]


def _is_home_trade(segment: Segment) -> bool:
    return any(word in segment.name for word in _HOME_TRADES)


def _sizes(places: Sequence[County], chance: Random) -> dict[str, float]:
    """Weight of every county but home: prefectures differ in size, the first county of each is its centre."""
    by_city: dict[str, float] = {}
    for place in places:
        by_city.setdefault(place.city_code, chance.uniform(0.5, 2.0))
    return {
        place.adcode: by_city[place.city_code] * (1.0 if place.adcode.endswith("01") else 0.5)
        for place in places
        if place.adcode != HOME
    }


def _strongholds(
    segments: Sequence[Segment], places: Sequence[County], chance: Random
) -> dict[tuple[str, str], list[str]]:
    """Two or three prefectures in which each group of a chain clusters."""
    cities = sorted({place.city_code for place in places})
    groups = dict.fromkeys((segment.chain_id, segment.group) for segment in segments)
    return {group: chance.sample(cities, chance.choice((2, 3))) for group in groups}


def _spread(
    segment: Segment, aim: str, sizes: dict[str, float], strongholds: dict[tuple[str, str], list[str]], seed: str
) -> dict[str, int]:
    chance = Random(f"{seed} spread {segment.id}")
    total = chance.randint(*_TOTALS[aim])
    at_home = _at_home(aim, total, chance)
    strong = {city[:4] for city in strongholds[segment.chain_id, segment.group]}
    counties = list(sizes)
    weights = [sizes[code] * (_CLUSTER if code[:4] in strong else 1.0) for code in counties]
    result: dict[str, int] = {HOME: at_home} if at_home else {}
    for code in chance.choices(counties, weights, k=total - at_home):
        result[code] = result.get(code, 0) + 1
    return result


def _at_home(aim: str, total: int, chance: Random) -> int:
    expected = total * HOME_SHARE
    if aim == "strong":
        return round(2.8 * expected) + 4
    if aim == "fair":
        return max(1, round(expected * chance.uniform(0.85, 1.3)))
    if aim == "weak":
        return chance.choice((1, 2))
    if aim == "missing":
        return 0
    return chance.choice((0, 0, 1))
