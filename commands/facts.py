"""Commands that change facts: demo, import, undo, home, attach, backup, restore, check."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.common import (
    DEFAULT_DB,
    AsJson,
    ChainOption,
    Database,
    actor,
    console,
    find_chain,
    now,
    opened,
    print_json,
    progress_bar,
    require_segment,
)
from data.backup import backup as backup_store
from data.backup import restore as restore_store
from data.demo import build_demo, clear_demo, demo_content
from data.imports import ImportReport
from data.settings import is_demo, set_home
from services.imports import import_facts, known_segments, undo_import
from services.label_history import keep_labels, keeping
from services.matching import match_chains
from services.packages import demo_chains, in_use
from services.projects import attach as attach_project
from services.projects import projects_by_name


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(demo)
    app.command("import")(import_)
    for command in (undo, home, attach, attach_by_name, backup, restore):
        app.command()(command)


def demo(
    db: Database = DEFAULT_DB,
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的演示库")] = False,
    clear: Annotated[bool, typer.Option("--clear", help="清空演示库，以便导入自己的数据")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="确认清空")] = False,
) -> None:
    """生成演示数据（虚构）：一个虚构的区、数千家虚构企业、约一百个虚构项目；--clear 清空它。"""
    if clear:
        _clear_demo(db, yes)
        return
    if db.exists():
        _remove_demo(db, force)
    with opened(db, create=True) as store, progress_bar("演示数据") as progress:
        build_demo(store, demo_chains(), lambda share, text: progress(0.6 * share, text))
        report = match_chains(store, demo_chains(), now(), lambda share, text: progress(0.6 + 0.4 * share, text))
        keep_labels(store, now())
    console.print(f"演示库 {db} 已生成：{report.n_firms:,} 家虚构企业，确认 {report.n_confirmed:,} 对", markup=False)


def _clear_demo(db: Path, yes: bool) -> None:
    """Empty a demo, once that was confirmed."""
    with opened(db) as store:
        content = demo_content(store)
        held = f"{content.n_firms:,} 家企业、{content.n_projects:,} 个项目"
        if content.n_imported:
            held += f"（含 {content.n_imported} 次另行导入的数据）"
        if not yes:
            raise typer.BadParameter(f"将清空演示库 {db} 的全部数据：{held}，不能恢复；确认请加 --yes")
        clear_demo(store, actor())
    console.print(f"已清空演示库 {db}：{held}。现在可用 home 设定本地区域，用 import 导入自己的数据", markup=False)


def _remove_demo(db: Path, force: bool) -> None:
    """Make room for a new demo: only a demo that nobody has open is ever removed."""
    if not force:
        raise typer.BadParameter(f"{db} 已存在；要重建演示库请加 --force，或用 --db 换一个文件")
    with opened(db) as store:
        if not is_demo(store) and store.rows("SELECT 1 FROM import_batch LIMIT 1"):
            raise typer.BadParameter(f"{db} 不是演示库，里面可能有真实数据，不能覆盖；请用 --db 换一个文件")
    db.unlink()
    db.with_name(db.name + ".wal").unlink(missing_ok=True)


def import_(
    file: Annotated[Path, typer.Argument(help="parquet、csv 或 xlsx 文件")],
    kind: Annotated[
        str,
        typer.Option("--as", help="firms、targets、projects、money、tags、relations、io（投入产出表）、sites（载体）"),
    ],
    db: Database = DEFAULT_DB,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="列名对应表（json 或 yaml）")] = None,
    source: Annotated[str | None, typer.Option("--source", help="来源名称")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="数据截止日期，如 2019-05-01")] = None,
    region: Annotated[str | None, typer.Option("--region", help="文件未写明所在地时的区域代码")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入")] = False,
    json: AsJson = False,
) -> None:
    """导入企业、项目等文件；一次导入是一个批次，可用 undo 撤回。"""
    day = _day(as_of) if as_of else None
    with opened(db, create=True) as store, progress_bar("导入") as progress:
        options: dict[str, Any] = {"mapping": mapping, "source": source, "as_of": day, "region": region}
        options |= {"actor": actor(), "segments": known_segments(store), "progress": progress}
        report = import_facts(store, file, kind, at=now(), dry_run=dry_run, **options)
    if json:
        print_json(report.as_dict())
        return
    _print_report(report, dry_run)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"日期“{text}”不是 年-月-日，例如 2019-05-01") from error


def _print_report(report: ImportReport, dry_run: bool) -> None:
    done = "检查完毕，未写入" if dry_run else f"批次 {report.batch_id}"
    console.print(
        f"{done}：读入 {report.n_read:,} 行，采纳 {report.n_accepted:,}，退回 {report.n_rejected:,}，存疑 {report.n_flagged:,}"
        f"（{report.seconds:.1f} 秒）",
        markup=False,
    )
    for line in report.lines():
        console.print(line, markup=False, highlight=False)


def undo(batch: Annotated[str, typer.Argument(help="批次编号")], db: Database = DEFAULT_DB) -> None:
    """撤回一次导入：它带来的事实全部取回，其他来源的事实不变。"""
    with opened(db) as store:
        undo_import(store, batch, actor())
    console.print(f"批次 {batch} 已撤回；企业有变化时请重新运行 match", markup=False)


def home(
    adcode: Annotated[str, typer.Argument(help="行政区划代码，如 370100、370117、371200")], db: Database = DEFAULT_DB
) -> None:
    """设定本地区域（省、市、县均可；已撤并的代码也可）。"""
    with opened(db, create=True) as store, keeping(store):
        region = set_home(store, adcode, actor())
    console.print(f"本地区域：{region.full_name}（{region.adcode}）", markup=False)


def attach(
    project: Annotated[str, typer.Argument(help="项目编号或全名")],
    chain: ChainOption,
    segment: Annotated[str, typer.Option("--segment", help="环节编号")],
    evidence: Annotated[str, typer.Option("--evidence", help="依据，一句话")],
    db: Database = DEFAULT_DB,
) -> None:
    """把项目挂到产业链环节上。"""
    with opened(db) as store:
        wanted = find_chain(store, chain)
        require_segment(wanted, segment)
        found = store.rows("SELECT project_id FROM project WHERE project_id = ? OR name = ?", [project, project])
        if len(found) > 1:
            raise typer.BadParameter(f"名为“{project}”的项目有 {len(found)} 个，请用项目编号")
        key = found[0][0] if found else project
        attach_project(store, key, wanted.id, segment, actor=actor(), at=now(), evidence=evidence)
    console.print(f"{project} → {wanted.name} / {wanted.segment(segment).name}", markup=False)


def attach_by_name(db: Database = DEFAULT_DB) -> None:
    """按项目名称里的关键词，把尚未挂接的项目挂到其产业链的环节上；认不出的留给人工。"""
    with opened(db) as store:
        found = projects_by_name(store, in_use(store))
        for row in found.itertuples():
            attach_project(
                store, row.project_id, row.chain_id, row.segment_id, actor=actor(), at=now(), evidence=row.evidence
            )
    for row in found.itertuples():
        console.print(f"{row.name} → {row.chain_id}/{row.segment_id}（{row.evidence}）", markup=False)
    console.print(f"共挂接 {len(found)} 个项目", markup=False)


def backup(directory: Annotated[Path, typer.Argument(help="备份目录")], db: Database = DEFAULT_DB) -> None:
    """备份数据库并核对行数。"""
    console.print(f"已备份到 {backup_store(db, directory, now())}", markup=False)


def restore(directory: Annotated[Path, typer.Argument(help="备份目录或文件")], db: Database = DEFAULT_DB) -> None:
    """从备份恢复数据库；原文件另存。"""
    kept = restore_store(directory, db, now())
    console.print(f"已恢复到 {db}" + (f"；原库另存为 {kept}" if kept else ""), markup=False)
