"""The command that saves the catalogue as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from commands.common import DEFAULT_DB, ChainOption, Database, Region, actor, console, find_chain, now, opened
from exports.profiles import profile_of
from services.audit import record
from services.catalogue import best_keys, catalogue_content, draft_keys
from services.catalogue_files import FORMATS, Order, WrongCatalogueFormat, catalogue_file
from services.context import read_context
from services.loop import chain_state, targets_of
from services.packages import in_use
from services.presence import load_cube
from services.ties import read_ties


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(catalogue)


def catalogue(
    chain: ChainOption,
    out: Annotated[Path, typer.Option("--out", help="输出文件：.xlsx、.docx、.pdf 或 .html")],
    db: Database = DEFAULT_DB,
    region: Region = None,
    gaps_wanted: Annotated[int, typer.Option("--gaps", min=1, help="没有草稿时取前几个缺口")] = 10,
    per_gap: Annotated[int, typer.Option("--per-gap", min=1, help="每个缺口取前几家")] = 5,
    reader: Annotated[str, typer.Option("--for", help="给谁看：内部版、领导版、对外版")] = "内部版",
    trip: Annotated[bool, typer.Option("--trip", help="加拜访手册，每家企业一页（Word、PDF、离线网页）")] = False,
) -> None:
    """导出招商目录：用页面上的目录草稿；没有草稿时取最急的缺口与最好的目标。"""
    suffix, profile = out.suffix.lower(), profile_of(reader)
    if suffix not in FORMATS:
        raise typer.BadParameter(str(WrongCatalogueFormat(out.suffix)))
    with opened(db) as store:
        wanted, context = find_chain(store, chain), read_context(store, region)
        state = chain_state(store, wanted, context, load_cube(store, in_use(store)))
        ranked = partial(targets_of, store, wanted, context=context, ties=read_ties(store, context.home))
        keys = draft_keys(store, wanted, context.home.adcode)
        if keys.empty:
            keys = best_keys(ranked, state, gaps_wanted, per_gap)
        content = catalogue_content(store, wanted, context, state, ranked, keys, now())
        out.write_bytes(catalogue_file(content, suffix, Order(actor(), profile, trip)))
        told = f"{wanted.id} {context.home.adcode} {out.name} {profile.name} {len(content.items)}"
        with store.write() as cursor:
            record(cursor, now(), actor(), "export_catalogue", told)
    console.print(
        f"已写入 {out}（{profile.name}）：{len(content.items)} 家企业，{len(state.gaps)} 个缺口", markup=False
    )
    for sentence in content.left_out:
        console.print(f"未列入：{sentence}", markup=False)
