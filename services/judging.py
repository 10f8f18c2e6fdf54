"""How a place judges its segments: benchmark, measure and thresholds (口径), a choice that is kept and that everybody sees."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

import pandas as pd

from analysis.labels import LabelParams
from analysis.peers import similar_regions
from chains.words import MEASURES
from data.regions import Region, region_names
from data.settings import setting, write_setting
from data.store import Store
from services.audit import record
from services.presence import NOWHERE, WHOLE, Cube, Local, chain_labels

KEY = "judging"
N_PEERS = 10
BENCHMARKS: Mapping[str, str] = {"nation": "全国", "province": "本省", "peers": "同类地区"}
LIMITS: Mapping[str, tuple[float, float]] = {
    "strong_low": (1.0, 10.0),
    "weak_high": (0.1, 1.0),
    "min_makers": (1, 100),
    "missing_expected": (0.5, 20.0),
    "min_expected": (0.1, 20.0),
    "min_count": (1, 100),
    "level": (0.5, 0.99),
}
"""Lowest and highest value of each number of ``LabelParams``."""


class WrongJudging(ValueError):
    """A benchmark, a measure or a threshold that cannot be used; the message says which and what can."""


@dataclass(frozen=True)
class Judging:
    """benchmark : nation, province, peers, or codes of provinces and prefectures with commas; label : thresholds and measure."""

    benchmark: str = "nation"
    label: LabelParams = LabelParams()


def read_judging(store: Store) -> Judging:
    """The place's choice; the defaults before anyone chose."""
    text = setting(store, KEY)
    return judging_of(json.loads(text)) if text else Judging()


def judging_of(values: Mapping[str, object]) -> Judging:
    """Benchmark, measure and thresholds from values by name; those not named keep their defaults. Raises WrongJudging."""
    known = {field.name for field in fields(LabelParams)} | {"benchmark"}
    unknown = sorted(set(values) - known)
    if unknown:
        raise WrongJudging(f"判定口径里有不认识的项：{'、'.join(unknown)}；可用的是：{'、'.join(sorted(known))}")
    given: dict[str, Any] = {name: _value(name, values[name]) for name in values if name != "benchmark"}
    return Judging(str(values.get("benchmark", Judging.benchmark)), LabelParams(**given))


def _value(name: str, value: object) -> float | int | str:
    if name == "measure":
        if value not in MEASURES:
            raise WrongJudging(
                f"不认识的口径“{value}”；可用：{'、'.join(f'{key}（{word}）' for key, word in MEASURES.items())}"
            )
        return str(value)
    low, high = LIMITS[name]
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
        raise WrongJudging(f"判定口径 {name} 应是 {low:g} 到 {high:g} 之间的数，给的是“{value}”")
    return int(value) if name.startswith("min_") and name != "min_expected" else float(value)


def save_judging(store: Store, judging: Judging, *, actor: str, at: datetime) -> None:
    """Keep the place's choice and record who made it; the defaults are kept too, as a choice. Raises WrongJudging."""
    values = asdict(judging.label) | {"benchmark": judging.benchmark}
    judging_of(values)
    _codes(store, judging.benchmark)
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    with store.write() as cursor:
        write_setting(cursor, KEY, text)
        record(cursor, at, actor, "judging", text)


def judged_cube(store: Store, cube: Cube, local: Local, home: Region, benchmark: str) -> Cube:
    """The cube with the chosen benchmark. Raises WrongJudging, NothingToCompare (no firm there)."""
    codes = _codes(store, benchmark)
    if benchmark == "nation" or (benchmark == "province" and home.level == "nation"):
        return cube
    if benchmark == "peers":
        alike = peers(cube, local, home)
        return cube.against(alike.region, f"{len(alike)} 个同类地区")
    if benchmark == "province":
        codes = (home.province_code,)
    names = region_names(store, codes)
    inside = [city for city in cube.totals.index if any(_within(city, code) for code in codes)]
    return cube.against(inside, "、".join(names.get(code, code) for code in codes))


def judging_changes(
    store: Store, cube: Cube, local: Local, home: Region, before: Judging, after: Judging
) -> pd.DataFrame:
    """Segments whose label another way of judging would change.

    Returns
    -------
    one row a segment of the cube's chains with another label: chain_name, name, before, after. Raises WrongJudging.
    """
    found = []
    for judging in (before, after):
        judged = judged_cube(store, cube, local, home, judging.benchmark)
        rows = [
            chain_labels(chain, local, judged, None, judging.label).assign(chain_name=chain.name)
            for chain in cube.chains
        ]
        found.append(pd.concat(rows, ignore_index=True))
    old, new = found
    moved = old.label != new.label
    return pd.DataFrame({"chain_name": old.chain_name, "name": old["name"], "before": old.label, "after": new.label})[
        moved
    ].reset_index(drop=True)


def peers(cube: Cube, local: Local, home: Region) -> pd.DataFrame:
    """The prefectures most like the region: of similar size, with a similar mix of chains (``analysis.peers``).

    The region's own prefecture is left out; with one chain in use size alone decides.
    """
    whole = cube.counts[cube.counts.segment_id.str.startswith(WHOLE)]
    totals = cube.totals[
        (cube.totals.n_producers > 0) & ~cube.totals.index.isin([NOWHERE, home.adcode, home.city_code])
    ]
    mix = whole.pivot_table(index="region", columns="segment_id", values="n", aggfunc="sum", fill_value=0)
    mix = mix.reindex(totals.index, fill_value=0)
    own = local.counts[local.counts.segment_id.isin(mix.columns)].set_index("segment_id").n_makers
    own_size = max(float(local.totals.n_producers.iloc[0]), 1.0)
    return similar_regions(mix, totals.n_producers, own.reindex(mix.columns, fill_value=0), own_size).head(N_PEERS)


def _codes(store: Store, benchmark: str) -> tuple[str, ...]:
    """Codes of a hand-picked benchmark; none for the named ones. Raises WrongJudging for a code that is no division."""
    if benchmark in BENCHMARKS:
        return ()
    codes = tuple(code.strip() for code in benchmark.split(",") if code.strip())
    known = region_names(store, codes)
    wrong = [code for code in codes if code not in known or not code.endswith("00")]
    if wrong or not codes:
        raise WrongJudging(
            f"不认识的基准“{'、'.join(wrong) or benchmark}”；可用 "
            f"{'、'.join(f'{key}（{word}）' for key, word in BENCHMARKS.items())}，或逗号分隔的省、地市六位代码"
        )
    return codes


def _within(city: str, code: str) -> bool:
    return city == code or (code.endswith("0000") and city.startswith(code[:2]))
