"""Commands for those who keep the chain packages: list, check, new, diff, export, import, save, table."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from chains.changes import KINDS_OF_CHANGE, changes
from chains.checks import Finding, check_chain, codes_exist, ids_unique_across
from chains.load import load_all, load_chain
from chains.model import Chain
from chains.skeleton import WrongId, skeleton
from commands import chain_table
from commands.common import DEFAULT_DB, AsJson, Database, actor, console, now, opened, print_json, print_table
from data.store import Store
from exports.package_xlsx import package_workbook
from services.package_figures import NotReadable, chain_pairs, known_firms, nobody_in
from services.package_files import SUFFIXES, read_package, read_package_text
from services.packages import in_use, installed, save_version, version_of

MaybeDatabase = Annotated[Path | None, typer.Option("--db", help="数据库文件；给出时用库中现行的版本")]
Force = Annotated[bool, typer.Option("--force", help="输出文件已存在时覆盖")]
FOUND = 3
"""Exit code where something is found."""

group = typer.Typer(help="产业链包：查看、校验、新建、比较、导入导出、保存", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group to the application."""
    app.add_typer(group, name="chains")


@contextmanager
def _maybe(path: Path | None) -> Iterator[Store | None]:
    if path is None:
        yield None
        return
    with opened(path) as store:
        yield store


@group.command("list")
def list_chains(db: MaybeDatabase = None, as_json: AsJson = False) -> None:
    """列出产业链包：编号、名称、版本、环节、供应关系和关键词数。"""
    with _maybe(db) as store:
        known = _known(store)
        used = {chain.id for chain in (in_use(store) if store else known)}
    rows = [chain_table.counts(chain) | {"in_use": chain.id in used} for chain in known]
    if as_json:
        print_json(rows)
        return
    columns = [("id", "编号"), ("name", "名称"), ("version", "版本"), ("segments", "环节"), ("shared", "其中引用"),
               ("edges", "供应关系"), ("keywords", "关键词"), ("used", "启用")]  # fmt: skip
    frame = pd.DataFrame([row | {"used": "是" if row["in_use"] else "否"} for row in rows])
    print_table("产业链包", columns, frame)


@group.command()
def check(
    packages: Annotated[list[str] | None, typer.Argument(help="文件或编号；默认全部")] = None,
    db: MaybeDatabase = None,
    codes: Annotated[Path | None, typer.Option("--codes", help="GB/T 4754 行业代码表（csv，含 code 列）")] = None,
    as_json: AsJson = False,
) -> None:
    """校验产业链包：逐条列出问题和所在的环节；有问题时退出码为 3。加 --db 还看库中有无企业、知名企业是否落位。"""
    official = None if codes is None else _codes(codes)
    found: list[dict[str, str]] = []
    with _maybe(db) as store:
        known = _known(store)
        for chain in [_one(name, known, store) for name in packages or [one.id for one in known]]:
            findings = _findings(chain, known, official)
            findings += [] if store is None else _on_store(store, chain)
            found += [
                {"chain": chain.id, "check": one.check, "row": one.row, "message": one.message} for one in findings
            ]
            if not as_json:
                _say(chain, findings)
    if as_json:
        print_json(found)
    if found:
        raise typer.Exit(FOUND)


def _findings(chain: Chain, known: Sequence[Chain], codes: frozenset[str] | None) -> list[Finding]:
    findings = check_chain(chain)
    findings += [] if codes is None else codes_exist(chain, codes)
    own = {segment.id for segment in chain.segments}
    across = ids_unique_across([*(one for one in known if one.id != chain.id), chain])
    return findings + [one for one in across if one.row in own]


def _on_store(store: Store, chain: Chain) -> list[Finding]:
    """Segments that nobody is in; the hit rate is only said, on stderr where the answer is JSON."""
    try:
        pairs = chain_pairs(store, chain)
    except NotReadable as problem:
        _note(str(problem))
        return []
    known = known_firms(store, chain, pairs)
    missed = "、".join(f"{name}（{chain.segment(segment).name}）" for segment, name in known.missed)
    said = f"{chain.name}：知名企业 {known.listed} 家次，库中找到 {known.found}，落在所列环节 {known.hit}"
    rate = "" if known.rate is None else f"，命中率 {known.rate:.0%}"
    _note(said + rate + (f"；未落位：{missed}" if missed else ""))
    return nobody_in(chain, pairs)


def _note(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _say(chain: Chain, findings: Sequence[Finding]) -> None:
    if not findings:
        console.print(f"{chain.id} {chain.version}：没有问题", markup=False)
        return
    console.print(f"{chain.id} {chain.version}：{len(findings)} 个问题", markup=False)
    for one in findings:
        console.print(f"  [{one.row}] {one.message}", markup=False, highlight=False)


@group.command()
def new(
    chain_id: Annotated[str, typer.Argument(metavar="ID", help="编号：小写字母、数字、下划线")],
    name: Annotated[str, typer.Argument(help="产业链名称")],
    out: Annotated[Path, typer.Option("--out", help="新文件（yaml）")],
    force: Force = False,
) -> None:
    """新建一份带说明的空白产业链包，标明须填写之处。"""
    if not name.strip():
        raise typer.BadParameter("产业链名称不能为空")
    try:
        text = skeleton(chain_id, name.strip(), now().date())
    except WrongId as error:
        raise typer.BadParameter(str(error)) from error
    _write(out, text.encode("utf-8"), force)
    console.print(f"已写入 {out}；填好后运行 chains check {out}", markup=False)


@group.command()
def diff(
    old: Annotated[str, typer.Argument(help="旧版：文件、编号或 编号@版本")],
    new: Annotated[str, typer.Argument(help="新版：文件、编号或 编号@版本")],
    db: MaybeDatabase = None,
    as_json: AsJson = False,
) -> None:
    """比较同一条产业链的两个版本：新增、删除、移动、改名、改词、改供应。"""
    with _maybe(db) as store:
        known = _known(store)
        before, after = _one(old, known, store), _one(new, known, store)
    if before.id != after.id:
        raise typer.BadParameter(f"只能比较同一条产业链的两个版本：{before.id} 与 {after.id} 不是同一条链")
    found = changes(before, after)
    if as_json:
        print_json([{"kind": one.kind, "segments": list(one.segments), "sentence": one.sentence} for one in found])
        return
    console.print(f"{before.name} {before.version} → {after.version}：{len(found)} 处不同", markup=False)
    for one in found:
        console.print(f"  {KINDS_OF_CHANGE[one.kind]}　{one.sentence}", markup=False, highlight=False)


@group.command("export")
def export_package(
    package: Annotated[str, typer.Argument(help="编号、编号@版本 或 yaml 文件")],
    out: Annotated[Path, typer.Option("--out", help="工作簿（xlsx）")],
    db: MaybeDatabase = None,
    force: Force = False,
) -> None:
    """把产业链包写成可以编辑、可以原样导回的工作簿。"""
    _require(out, ".xlsx")
    with _maybe(db) as store:
        chain = _one(package, _known(store), store)
    _write(out, package_workbook(chain), force)
    console.print(f"已写入 {out}：{chain.name} {chain.version}，{len(chain.segments)} 个环节", markup=False)


@group.command("import")
def import_package(
    file: Annotated[Path, typer.Argument(help="xlsx、csv、FreeMind .mm、OPML 或 Markdown 大纲")],
    out: Annotated[Path, typer.Option("--out", help="产业链包（yaml）")],
    chain: Annotated[str | None, typer.Option("--chain", help="文件里有几条链时，要哪一条")] = None,
    force: Force = False,
) -> None:
    """把表格或思维导图变成产业链包；本程序导出的工作簿原样还原，其他的成为草稿并写明还缺什么。"""
    _require(out, ".yaml")
    text = read_package_text(file, now().date(), chain)
    made = read_package(file, now().date(), chain)
    _write(out, text.encode("utf-8"), force)
    console.print(f"已写入 {out}：{made.name}，{len(made.segments)} 个环节", markup=False)
    left = check_chain(made)
    if left:
        console.print(f"还须补充 {len(left)} 处，逐条见 chains check {out}", markup=False)


@group.command()
def save(
    file: Annotated[Path, typer.Argument(help="产业链包（yaml 或本程序的 xlsx）")],
    reason: Annotated[str, typer.Option("--reason", help="为什么改，记在版本历史里")],
    db: Database = DEFAULT_DB,
) -> None:
    """把产业链包存入库中成为现行版本，记名、记时、记原因；有任何问题则不保存。"""
    text = read_package_text(file, now().date())
    with opened(db) as store:
        saved = save_version(store, text, actor=actor(), reason=reason, at=now())
    console.print(f"已保存 {saved.name} {saved.version}；请运行 match --chains {saved.id} 重新匹配", markup=False)


@group.command()
def table(db: MaybeDatabase = None) -> None:
    """打印产业链包一览（Markdown）：环节、供应关系、关键词；加 --db 还有命中率、匹配企业数和强市。"""
    with _maybe(db) as store:
        for line in chain_table.lines(_known(store), store):
            print(line)


def _known(store: Store | None) -> tuple[Chain, ...]:
    return load_all() if store is None else installed(store)


def _one(text: str, known: Sequence[Chain], store: Store | None) -> Chain:
    """The chain of a file, of an id or name, or of an id@version."""
    path = Path(text)
    if path.suffix.lower() in SUFFIXES:
        return read_package(path, now().date())
    key, _, version = text.partition("@")
    found = next((chain for chain in known if key in (chain.id, chain.name)), None)
    if found is None:
        names = "、".join(f"{chain.id}（{chain.name}）" for chain in known)
        raise typer.BadParameter(f"没有产业链“{key}”；可用：{names}，或写文件名（{'、'.join(SUFFIXES)}）")
    return _version(found, version, store) if version else found


def _version(chain: Chain, version: str, store: Store | None) -> Chain:
    try:
        if store is not None:
            return version_of(store, chain.id, version)
        shipped = load_chain(chain.id)
    except KeyError as error:
        raise typer.BadParameter(f"产业链“{chain.name}”没有版本 {version}；现行版本是 {chain.version}") from error
    if shipped.version != version:
        raise typer.BadParameter(f"随程序的“{chain.name}”是版本 {shipped.version}；库中的版本请加 --db")
    return shipped


def _codes(path: Path) -> frozenset[str]:
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{path.name} 不是 UTF-8 编码的行业代码表") from error
    if not rows or "code" not in rows[0]:
        raise typer.BadParameter(f"{path.name} 里没有 code 列，不是行业代码表")
    return frozenset(str(row["code"]) for row in rows)


def _require(path: Path, suffix: str) -> None:
    if path.suffix.lower() != suffix:
        raise typer.BadParameter(f"--out 应是 {suffix} 文件：{path}")


def _write(path: Path, content: bytes, force: bool) -> None:
    if path.exists() and not force:
        raise typer.BadParameter(f"文件 {path} 已存在；换一个名字，或加 --force 覆盖")
    path.write_bytes(content)
