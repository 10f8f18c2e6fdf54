"""A chain here and elsewhere, or now and at the end of an earlier year, judged by the same rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.side_by_side import side_by_side
from chains.words import LABELS
from data.regions import Region
from data.store import Store
from services.counting import Counting, counted_cube, counted_local, undated
from services.presence import Cube, chain_labels, load_local
from services.whatif import Ground

NAMED = 3
PLACES_NOTE = "两地按同一对照基准、同一口径判定；签约项目只有本地的，不比。"
YEARS_NOTE = (
    "按现存企业的成立日期和现在的所在地倒推：当年在、后来注销或迁走的不在当年的数里，因此越早越偏少；应有家数和对照基准也按当年已成立的企业算。"
    "签约项目不比。"
)


@dataclass(frozen=True)
class Comparison:
    """caption : the other side, in short; labels : its segments (``services.presence.chain_labels``)

    rows : both sides (``analysis.side_by_side``) beside a year with n_undated (firms here without a date of founding)
    note : what is to be minded
    """

    caption: str
    labels: pd.DataFrame
    rows: pd.DataFrame
    note: str

    @property
    def told(self) -> str:
        """How many segments are judged differently, and which are furthest apart."""
        found = self.rows[self.rows.differs]
        if found.empty:
            return f"与{self.caption}相比，没有环节的判定不同"
        each = [
            f"{row['name']}（本地{LABELS[row.label]}，{self.caption}{LABELS[row.label_other]}）"
            for _, row in found.head(NAMED).iterrows()
        ]
        return f"与{self.caption}相比，{len(found)} 个环节的判定不同，相差最大的是{'、'.join(each)}"


def with_region(store: Store, ground: Ground, region: Region, counting: Counting) -> Comparison:
    """The chain here beside the chain in another region, by the benchmark that holds here. Raises NothingToCompare."""
    local = counted_local(store, load_local(store, region), region, counting)
    labels = chain_labels(ground.chain, local, ground.cube, None, ground.before.params.label)
    return Comparison(region.name, labels, side_by_side(ground.before.labels, labels), PLACES_NOTE)


def with_year(store: Store, ground: Ground, cube: Cube, home: Region, year: int, tier: str) -> Comparison:
    """The chain now beside the chain of the firms that were founded by the end of a year.

    cube : ``year_cube`` of the same year and tier. Raises NothingToCompare where hardly anyone had been founded.
    """
    local = counted_local(store, ground.local, home, year_counting(year, tier))
    judged = cube if ground.cube.cities is None else cube.against(ground.cube.cities, ground.cube.benchmark)
    labels = chain_labels(ground.chain, local, judged, None, ground.before.params.label)
    missing = undated(store, home, ground.chain)
    rows = side_by_side(ground.before.labels, labels)
    rows["n_undated"] = rows.segment_id.map(missing).fillna(0).astype(int)  # none counted
    return Comparison(f"{year} 年末", labels, rows, f"{YEARS_NOTE}{_undated(int(missing.sum()))}")


def year_cube(store: Store, cube: Cube, year: int, tier: str) -> Cube:
    """The cube (the nation as benchmark) of the firms founded by the end of a year."""
    return counted_cube(store, cube, year_counting(year, tier))


def year_counting(year: int, tier: str) -> Counting:
    """What counts at the end of a year."""
    return Counting(tier, date(year, 12, 31))


def _undated(n: int) -> str:
    if n == 0:
        return "本链的本地企业都有成立日期。"
    return f"本地有 {n} 家次成立日期不详，不猜：只计入今天，不计入当年。"
