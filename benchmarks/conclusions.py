"""Measure conclusions on a matched store and on a county panel, each beside a named alternative and the limit.

    python -m benchmarks.conclusions STORE [--panel us_cbp_county_naics4.parquet] [--json]

The limit is reading the inputs once: the pairs and firms of the store, the value column of the panel. py-ecomplexity is
no dependency of the project: its density is timed where it is installed (pip install ecomplexity), else left out.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import polars as pl

from analysis.labels import label_segments
from analysis.presence import regional_presence
from analysis.relatedness import density, proximity, revealed_advantage
from chains.model import Chain
from data.store import Store, open_store
from services.context import Context, read_context
from services.loop import chain_state, targets_of
from services.packages import in_use
from services.presence import Cube, load_cube, load_local, related_density
from services.scenario import Scenario
from services.whatif import ground_of, what_if

T = TypeVar("T")
RUNS = 3


def timed(action: Callable[[], T]) -> tuple[float, T]:
    """The median of a few runs' seconds, and what the last returned."""
    seconds = []
    for _ in range(RUNS):
        gc.collect()
        start = time.perf_counter()
        value = action()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), value


def row(job: str, seconds: float, bar: float | None, limit: float, note: str = "") -> dict[str, Any]:
    """One line of the report; limit: seconds to read the inputs once."""
    return {
        "job": job,
        "seconds": round(seconds, 3),
        "bar": bar,
        "times_reading": round(seconds / limit, 1),
        "note": note,
    }


def labels_everywhere(store: Store, chains: tuple[Chain, ...]) -> pd.DataFrame:
    """Labels of every prefecture × segment, from the store to the labels."""
    cube = load_cube(store, chains)
    return label_segments(regional_presence(cube.counts, cube.totals, cube.marks).assign(n_anchor=0))


def of_store(store: Store) -> list[dict[str, Any]]:
    """Labels of all regions, what-if and the ranking of the largest segment's targets."""
    chains, context = in_use(store), read_context(store)
    limit, _ = timed(
        lambda: store.query("SELECT count(DISTINCT firm_id), max(segment_id), max(score) FROM segment_firm")
    )
    reading, _ = timed(lambda: store.query("SELECT max(name), max(scope), max(capital_cny), max(city_code) FROM firm"))
    rows = [row("只读一遍配对", limit, None, limit), row("只读一遍企业", reading, None, reading)]
    seconds, found = timed(lambda: labels_everywhere(store, chains))
    rows.append(row("全部地市×全部环节的判定", seconds, 3.0, limit, f"{len(found):,} 行"))
    cube = load_cube(store, chains)
    return rows + _of_one_place(store, chains, context, cube, reading)


def _of_one_place(
    store: Store, chains: tuple[Chain, ...], context: Context, cube: Cube, reading: float
) -> list[dict[str, Any]]:
    local = load_local(store, context.home)
    related = related_density(local, cube)
    chain_id, segment_id, n = store.rows(
        "SELECT chain_id, segment_id, count(*) AS n FROM segment_firm WHERE verdict = 'confirmed' "
        "GROUP BY ALL ORDER BY n DESC, segment_id LIMIT 1"
    )[0]
    chain = next(one for one in chains if one.id == chain_id)
    seconds, state = timed(lambda: chain_state(store, chain, context, cube, local=local, density=related))
    rows = [row(f"一地一链的判定与缺口（{chain.name}）", seconds, None, reading)]
    seconds, targets = timed(lambda: targets_of(store, chain, segment_id, context))
    rows.append(row(f"最大环节的目标排序（{chain.segment(segment_id).name}，{n:,} 家）", seconds, 1.0, reading))
    ground = ground_of(store, chain, context, cube, local=local, density=related, before=state)
    scenario = Scenario(land=tuple(targets.firm_id.head(5)))
    seconds, _ = timed(lambda: what_if(store, context.home, ground, scenario))
    rows.append(row("推演：落地 5 家", seconds, 0.3, reading))
    return rows


def panel_rows(path: Path, year: int) -> pd.DataFrame:
    """County, activity and establishments of a year, where there are any."""
    panel = pl.read_parquet(path, columns=["fips", "naics4", "year", "est"])
    return panel.filter((pl.col("year") == year) & (pl.col("est") > 0)).to_pandas()


def density_of(rows: pd.DataFrame) -> np.ndarray:
    """Relatedness density from rows of a panel."""
    county, counties = pd.factorize(rows.fips)
    activity, activities = pd.factorize(rows.naics4)
    x = np.zeros((len(counties), len(activities)))
    np.add.at(x, (county, activity), rows.est.to_numpy(dtype=float))
    present = revealed_advantage(x) >= 1
    return density(present, proximity(present))


def of_panel(path: Path) -> list[dict[str, Any]]:
    """Density of a county panel, from its rows, beside py-ecomplexity on the same rows."""
    limit, panel = timed(lambda: panel_rows(path, 2017))
    rows = [row("只读一遍县域面板", limit, None, limit)]
    seconds, found = timed(lambda: density_of(panel))
    rows.append(row(f"关联密度 {found.shape[0]:,}×{found.shape[1]}", seconds, 1.0, limit))
    theirs = _ecomplexity(panel)
    if theirs is not None:
        rows.append(
            row("py-ecomplexity 同样数据（含其指数）", theirs, None, limit, f"为本系统的 {theirs / seconds:.0f} 倍")
        )
    return rows


def _ecomplexity(panel: pd.DataFrame) -> float | None:
    """Seconds that py-ecomplexity takes for the same (it works indices out as well); None where it is not installed."""
    if importlib.util.find_spec("ecomplexity") is None:
        return None
    from ecomplexity import ecomplexity  # noqa: PLC0415 - no dependency

    columns = {"time": "year", "loc": "fips", "prod": "naics4", "val": "est"}
    seconds, _ = timed(lambda: ecomplexity(panel.copy(), columns))
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--panel", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with open_store(asked.store, create=False) as store:
        rows = of_store(store)
    rows += of_panel(asked.panel) if asked.panel else []
    print(json.dumps(rows, ensure_ascii=False, indent=1) if asked.json else pd.DataFrame(rows).to_string(index=False))


if __name__ == "__main__":
    main()
