"""Fictional sites (载体) of the home region: halls, plots and parks, some meant for a trade, some full."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from data.demo.places import HOME, County
from data.demo.vocabulary import ChainWords

_KINDS = (
    ("标准厂房", 6_000, 40_000),
    ("工业用地（净地）", 20_000, 160_000),
    ("专业园区", 30_000, 120_000),
    ("研发楼宇", 3_000, 18_000),
)
_NAMES = ("东湾", "云溪", "启航", "青石", "汇智", "临港", "新材", "锦程", "北辰", "明德", "创业", "朝阳")
SITES, FULL, UNKNOWN = 24, 0.15, 0.1
"""Number of sites, and shares of those that are full and of those of which nobody says what is free."""


def site_rows(chains: Sequence[ChainWords], places: Sequence[County], chance: Random) -> list[dict[str, object]]:
    """Rows for ``site``: every fourth is meant for any trade, the others for one chain and two of its segments."""
    home = next(place for place in places if place.adcode == HOME)
    return [_site(number, home, chains, chance) for number in range(SITES if chains else 0)]


def _site(number: int, home: County, chains: Sequence[ChainWords], chance: Random) -> dict[str, object]:
    kind, low, high = _KINDS[number % len(_KINDS)]
    whole = float(round(chance.uniform(low, high), -2))
    sort = chance.random()
    free = 0.0 if sort < FULL else None if sort < FULL + UNKNOWN else float(round(whole * chance.uniform(0.1, 0.9), -2))
    short = kind.split("（")[0]
    return {
        "site_id": f"demo-site-{number + 1:02d}",
        "name": f"{home.name[:-1]}{_NAMES[number % len(_NAMES)]}{short}{number // len(_NAMES) + 1}号（演示）",
        "adcode": HOME,
        "kind": kind,
        "area_m2": whole,
        "free_area_m2": free,
        "segments": None if number % 4 == 3 else _trades(chains[number % len(chains)], chance),
    }


def _trades(chain: ChainWords, chance: Random) -> str:
    own = [segment.name for segment in chain.segments if segment.kind == "production"]
    return "、".join([chain.name, *chance.sample(own, min(2, len(own)))])
