"""The commands that save the catalogue as a file, and take it back filled in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from commands.common import (
    DEFAULT_DB,
    ChainOption,
    Database,
    Region,
    actor,
    console,
    find_chain,
    now,
    opened,
    progress_bar,
)
from exports.losses import told_losses
from exports.profiles import profile_of
from services.catalogue import catalogue_content
from services.catalogue_draft import best_keys, draft_keys
from services.catalogue_files import FORMATS, WrongCatalogueFormat, export_catalogue, order_of
from services.claims import with_claims
from services.context import read_context
from services.homecoming import keep_homecoming, read_homecoming
from services.leads import add_leads, possible_leads
from services.loop import chain_state, targets_of
from services.packages import in_use
from services.presence import load_cube
from services.ties import read_ties


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(catalogue)
    app.command("results")(results)


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
        content = replace(content, items=with_claims(store, context.home, content.items, actor()))
        order = order_of(store, wanted, profile, actor(), content.made_at, trip=trip)
        with progress_bar("招商目录") as told:
            out.write_bytes(export_catalogue(store, content, suffix, order, out.name, told))
    console.print(
        f"已写入 {out}（{profile.name}）：{len(content.items)} 家企业，{len(state.gaps)} 个缺口", markup=False
    )
    for sentence in content.left_out:
        console.print(f"未列入：{sentence}", markup=False)
    for sentence in told_losses(content):
        console.print(sentence, markup=False)


def results(
    file: Annotated[Path, typer.Argument(help="在路上填好的内部版目录（.xlsx）")],
    chain: ChainOption,
    db: Database = DEFAULT_DB,
    region: Region = None,
    save: Annotated[bool, typer.Option("--save", help="保存；不写时只列出改动")] = False,
    leads: Annotated[bool, typer.Option("--leads", help="把有意向、在谈的企业立为在谈项目（与 --save 同用）")] = False,
) -> None:
    """带回填好的目录：列出每家企业改了什么、哪些行不能采用；--save 时保存。"""
    with opened(db) as store:
        wanted, home = find_chain(store, chain), read_context(store, region).home.adcode
        found = read_homecoming(store, wanted, home, file, now().date())
        for one in found.changes:
            told = "；".join(f"{title}：{before} → {after}" for title, before, after in one.words)
            console.print(f"第 {one.row} 行 {one.name}：{told}", markup=False)
        for row, fault in found.faults:
            console.print(f"第 {row} 行不能采用：{fault}", markup=False)
        possible = possible_leads(store, wanted, home, found, now().date())
        for lead in possible:
            state = f"已有项目“{lead.known}”，不再另立" if lead.known else "可立为在谈项目"
            console.print(f"{lead.name}：{state}", markup=False)
        if save:
            keep_homecoming(store, wanted, home, found, actor=actor(), at=now())
        if save and leads:
            opened_projects = add_leads(store, wanted, home, possible, actor=actor(), at=now())
            console.print(f"立了 {opened_projects} 个在谈项目", markup=False)
    done = "已保存" if save else "未保存（加 --save 保存）"
    console.print(
        f"{len(found.changes)} 家有改动，{found.n_same} 行相同，{len(found.faults)} 行不能采用；{done}", markup=False
    )
