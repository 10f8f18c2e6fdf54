"""What a region map says of each area: fill, words under the pointer, and the key of its colours."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from chains.words import LABELS
from exports.theme import MAP_LABELS, MAP_RAMP, MAP_ZERO

NO_FIRMS = "无数据：库里没有这个地市的企业"
NOWHERE = "所在地不明"
CLICK = "点击只看这里的企业"
NAMED = 12
_ROUND = [factor * 10**power for power in range(7) for factor in (1, 2, 5)]


@dataclass(frozen=True)
class Shading:
    """Areas by prefecture code (fill, tip, href), the key (fill, words), and the codes whose names are written, first first."""

    areas: Mapping[str, dict[str, object]]
    key: tuple[tuple[str, str], ...]
    named: tuple[str, ...] = field(default=())


def lower_bounds(most: int) -> list[int]:
    """The least numbers of at most five classes: round ones, from 1 to no more than the largest number.

    >>> lower_bounds(300), lower_bounds(3), lower_bounds(1)
    ([1, 5, 20, 50, 200], [1, 2], [1])
    """
    known = [value for value in _ROUND if value <= max(most, 1)]
    at = np.linspace(0, len(known) - 1, min(len(MAP_RAMP), len(known)))
    return [known[round(one)] for one in at]


def count_shading(
    counts: pd.DataFrame, names: Mapping[str, str], counted: Collection[str], opens: Callable[[str], str]
) -> Shading:
    """Areas by number of candidate firms; of a prefecture that is not ``counted`` nothing is known.

    Parameters
    ----------
    counts : rows of ``pages.figures.city_chart.city_counts``
    names : full name by prefecture code; opens : code → address that shows the firms there
    """
    bounds = lower_bounds(int(counts.n.max()) if len(counts) else 1)
    ramp = _ramp(len(bounds))
    areas: dict[str, dict[str, object]] = {
        code: {"fill": MAP_ZERO, "tip": [names.get(code, code), "候选企业 0 家"]} for code in sorted(counted)
    }
    for row in counts.itertuples():
        told = f"候选企业 {row.n:,} 家，占全部 {row.share:.1%}，其中上市 {row.n_listed:,} 家"
        fill = ramp[int(np.searchsorted(bounds, row.n, side="right")) - 1]
        areas[row.city_code] = {"fill": fill, "tip": [row.city, told, CLICK], "href": opens(row.city_code)}
    ends = [f"{bound - 1:,}" for bound in bounds[1:]]
    words = [_class(f"{low:,}", high) for low, high in zip(bounds, [*ends, None], strict=True)]
    key = ((MAP_ZERO, "0 家"), *zip(ramp, words, strict=True))
    return Shading(areas, key, tuple(counts.city_code.head(NAMED)))


def strength_shading(
    strengths: pd.DataFrame, counts: pd.DataFrame, names: Mapping[str, str], opens: Callable[[str], str]
) -> Shading:
    """Areas by label of the segment; those with candidate firms open them.

    Parameters
    ----------
    strengths : rows of ``services.strength.national_strength``; counts, names, opens : as in :func:`count_shading`
    """
    candidates = dict(zip(counts.city_code, counts.n, strict=True))
    areas: dict[str, dict[str, object]] = {}
    for row in strengths.itertuples():
        quotient = f"区位商 {row.lq:.2f}（区间 {row.lq_low:.2f}–{row.lq_high:.2f}）"
        seen = f"确认企业 {row.n_local:,} 家，按全国比重应有 {row.expected:.1f} 家"
        tip = [names.get(row.region, row.region), f"{LABELS[row.label]}：{quotient}", seen]
        n = candidates.get(row.region, 0)
        opening = {"href": opens(row.region)} if n else {}
        more = [f"候选企业 {n:,} 家，{CLICK}"] if n else []
        areas[row.region] = {"fill": MAP_LABELS[row.label], "tip": [*tip, *more], **opening}
    found = strengths.label.value_counts()
    key = tuple((fill, f"{LABELS[label]} {found.get(label, 0)} 个") for label, fill in MAP_LABELS.items())
    return Shading(areas, key, tuple(strengths.region[strengths.label == "strong"].head(NAMED)))


def province_of(regions: pd.Series) -> pd.Series:
    """The province in the full name of each region; 所在地不明 where there is none."""
    found = regions.fillna(NOWHERE).str.extract(r"^(.+?(?:省|自治区|特别行政区|市))", expand=False)
    return found.fillna(NOWHERE)


def _ramp(n: int) -> list[str]:
    return [MAP_RAMP[round(at)] for at in np.linspace(0, len(MAP_RAMP) - 1, n)] if n > 1 else [MAP_RAMP[2]]


def _class(low: str, high: str | None) -> str:
    if high is None:
        return f"{low} 家以上"
    return f"{low} 家" if low == high else f"{low}–{high} 家"
