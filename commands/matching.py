"""Commands that match: the store's firms to chains, or any firms file to any segments file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from analysis.matching import Matched, read_segments
from analysis.matching import match as match_firms
from commands.common import DEFAULT_DB, Database, console, find_chains, now, opened, progress_bar
from services.label_history import keeping
from services.matching import match_chains
from services.standalone import presence_of, read_firms

Segments = Annotated[Path | None, typer.Option("--segments", help="环节文件（json 或 yaml）：单独匹配时用")]
Firms = Annotated[Path | None, typer.Option("--firms", help="企业文件（parquet 或 csv）：uscc、name、scope …")]
Out = Annotated[Path | None, typer.Option("--out", help="结果文件（parquet）")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(match)
    app.command()(presence)


def match(
    chains: Annotated[str | None, typer.Option("--chains", help="产业链编号，逗号分隔；默认全部")] = None,
    db: Database = DEFAULT_DB,
    segments: Segments = None,
    firms: Firms = None,
    out: Out = None,
) -> None:
    """匹配企业与环节：库内企业对产业链；或 --segments、--firms、--out 三者同给，对任意文件单独匹配。"""
    if segments or firms or out:
        _match_files(segments, firms, out)
        return
    with opened(db) as store, progress_bar("匹配") as progress:
        wanted = find_chains(store, chains)
        with keeping(store):
            report = match_chains(store, wanted, now(), progress)
    names = "、".join(chain.name for chain in wanted)
    console.print(f"{names}：{report.summary}", markup=False)


def _match_files(segments: Path | None, firms: Path | None, out: Path | None) -> None:
    if not (segments and firms and out):
        raise typer.BadParameter("单独匹配要同时给出 --segments、--firms 和 --out")
    with progress_bar("匹配") as progress:
        found = match_firms(read_firms(firms), read_segments(segments), progress)
    rows = _with_uscc(found)
    rows.write_parquet(out)
    confirmed = rows.filter(pl.col("verdict") == "confirmed").height
    console.print(f"已写入 {out}：{rows.height:,} 对，其中确认 {confirmed:,} 对", markup=False)


def _with_uscc(found: Matched) -> pl.DataFrame:
    columns = ["uscc", "segment_id", "role", "verdict", "score", "evidence"]
    return found.pairs.rename({"firm_id": "uscc"}).select(columns).sort("uscc", "segment_id")


def presence(
    segments: Annotated[Path, typer.Option("--segments", help="环节文件（json 或 yaml）")],
    firms: Annotated[Path, typer.Option("--firms", help="企业文件，含 uscc、name、scope、city_code（county_code）")],
    out: Annotated[Path, typer.Option("--out", help="结果文件（parquet）")],
    by: Annotated[str, typer.Option("--by", help="city（地市）、county（区县）或 province（省）")] = "city",
) -> None:
    """任意企业文件在各地区、各环节的企业数、应有数、区位商与判定。"""
    with progress_bar("匹配") as progress:
        rows = presence_of(read_firms(firms), read_segments(segments), by, progress)
    rows.to_parquet(out, index=False)
    console.print(f"已写入 {out}：{len(rows):,} 行（地区 × 环节）", markup=False)
