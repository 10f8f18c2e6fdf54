"""The command that saves the chain map as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.common import (
    DEFAULT_DB,
    Benchmark,
    ChainOption,
    Database,
    Measure,
    Region,
    actor,
    console,
    find_chain,
    now,
    opened,
)
from services.audit import record
from services.context import read_context
from services.loop import chain_state, viewed_params
from services.map_file import FORMATS, WrongMapFormat, map_file
from services.packages import in_use
from services.presence import load_cube


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("map")(save_map)


def save_map(
    chain: ChainOption,
    out: Annotated[Path, typer.Option("--out", help="输出文件：.html（离线可点）、.pdf（A3）、.png、.svg")],
    db: Database = DEFAULT_DB,
    region: Region = None,
    benchmark: Benchmark = None,
    measure: Measure = None,
) -> None:
    """链图存成一个文件：离线网页、A3 版面的 PDF、图片或矢量图。"""
    suffix = out.suffix.lower()
    if suffix not in FORMATS:
        raise typer.BadParameter(str(WrongMapFormat(out.suffix)))
    with opened(db) as store:
        wanted, context = find_chain(store, chain), read_context(store, region)
        params = viewed_params(store, benchmark, measure)
        state = chain_state(store, wanted, context, load_cube(store, in_use(store)), params)
        out.write_bytes(map_file(store, wanted, context, state, suffix))
        with store.write() as cursor:
            record(cursor, now(), actor(), "export_map", f"{wanted.id} {context.home.adcode} {out.name}")
    console.print(f"已写入 {out}（{FORMATS[suffix]}）", markup=False)
