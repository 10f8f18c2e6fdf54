"""How long the main jobs take on this machine, against the limit: merely reading the data once."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, TypeVar

import pandas as pd
import polars as pl
import typer

from chains.load import load_all
from commands.common import AsJson, actor, console, now, print_json, print_table, records
from data.demo import build_demo
from data.imports import import_file
from data.settings import set_home
from data.store import Store, open_store
from services.context import read_context
from services.loop import chain_state, targets_of
from services.matching import match_chains
from services.packages import demo_chains
from services.presence import load_cube

try:
    import resource
except ImportError:  # Windows has no such module
    resource = None  # type: ignore[assignment]

Result = TypeVar("Result")
COLUMNS = ("job", "seconds", "limit_seconds", "times_reading", "peak_mb")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(bench)


def bench(
    firms: Annotated[
        Path | None, typer.Option("--firms", help="企业文件（parquet），如百万行登记数据；不给则只测演示数据")
    ] = None,
    home: Annotated[str, typer.Option("--home", help="测算所用的本地区域")] = "370100",
    json: AsJson = False,
) -> None:
    """测速：导入、匹配、判定、缺口、目标与演示库，各与“只读一遍数据”相比。"""
    clock = _Clock()
    with TemporaryDirectory() as folder:
        if firms:
            _registry(clock, firms, home, Path(folder))
        _demo(clock, Path(folder))
    rows = pd.DataFrame(clock.rows, columns=list(COLUMNS))
    if json:
        print_json(records(rows, COLUMNS))
        return
    columns = [
        ("job", "项目"),
        ("seconds", "用时（秒）"),
        ("limit_seconds", "限度（秒）"),
        ("times_reading", "为读一遍的倍数"),
        ("peak_mb", "内存峰值（MB）"),
    ]
    print_table("测速", columns, rows)


class _Clock:
    """Rows of timings; the first job timed is the reading to which the others are compared."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, float, float | None, float | None, float | None]] = []

    def time(self, job: str, limit: float | None, work: Callable[[], Result]) -> Result:
        console.print(f"{job} …", markup=False)
        start = time.perf_counter()
        result = work()
        seconds = time.perf_counter() - start
        reading = self.rows[0][1] if self.rows else None
        self.rows.append((job, seconds, limit, seconds / reading if reading else None, _peak_mb()))
        return result


def _registry(clock: _Clock, firms: Path, home: str, folder: Path) -> None:
    clock.time("只读一遍企业文件", None, lambda: pl.read_parquet(firms).height)
    with open_store(folder / "bench.duckdb") as store:
        clock.time(
            "导入企业", 60, lambda: import_file(store, firms, "firms", source="测速", as_of=now().date(), actor=actor())
        )
        set_home(store, home)
        clock.time("匹配三条产业链", 60, lambda: match_chains(store, demo_chains(), now()))
        clock.time("一地的判定、缺口与目标", 2, lambda: _conclude(store))
        clock.time("再匹配其余产业链", None, lambda: match_chains(store, load_all(), now()))


def _conclude(store: Store) -> int:
    context = read_context(store)
    chain = demo_chains()[0]
    state = chain_state(store, chain, context, load_cube(store, demo_chains()))
    segment = state.gaps.segment_id[0] if len(state.gaps) else chain.segments[0].id
    return len(state.explain(targets_of(store, chain, segment, context).head(20), context))


def _demo(clock: _Clock, folder: Path) -> None:
    def build() -> None:
        with open_store(folder / "demo.duckdb") as store:
            build_demo(store, demo_chains())
            match_chains(store, demo_chains(), now())

    clock.time("生成演示库", 15, build)


def _peak_mb() -> float | None:
    """Highest memory of the process so far; None where the system does not tell (Windows)."""
    if resource is None:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))
