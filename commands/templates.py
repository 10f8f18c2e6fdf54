"""The command that shows, keeps and takes back the templates of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from commands.common import DEFAULT_DB, Database, actor, console, find_chain, now, opened
from data.store import Store
from exports.profiles import profile_of
from exports.yaml_lines import BrokenTemplate
from services import templates

TALKS, LOGO = "谈话要点", "标志"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("template")(template)


def template(
    name: Annotated[str, typer.Argument(help="内部版、领导版、对外版，或 谈话要点、标志")],
    db: Database = DEFAULT_DB,
    chain: Annotated[str | None, typer.Option("--chain", help="谈话要点属于哪条产业链")] = None,
    keep: Annotated[Path | None, typer.Option("--keep", help="检查并保存这个文件（YAML；标志为图片）")] = None,
    reset: Annotated[bool, typer.Option("--reset", help="恢复程序自带的")] = False,
) -> None:
    """目录的模板：不带选项时打印在用的；--keep 检查后保存，写错时指出哪一行；--reset 恢复程序自带的。"""
    if name == TALKS and chain is None:
        raise typer.BadParameter("谈话要点按产业链保存，请加 --chain")
    with opened(db) as store:
        one = _logo(store) if name == LOGO else _talks(store, str(chain)) if name == TALKS else _profile(store, name)
        if keep:
            one.keep(keep.read_bytes())
        elif reset:
            one.forget()
        told = one.text()
    console.print(f"已保存“{name}”" if keep else f"已恢复程序自带的“{name}”" if reset else told, markup=False)


@dataclass(frozen=True)
class _Kept:
    """One template of the store: what it says, and what keeps and forgets it."""

    text: Callable[[], str]
    keep: Callable[[bytes], None]
    forget: Callable[[], None]


def _profile(store: Store, name: str) -> _Kept:
    profile = profile_of(name)
    return _Kept(
        lambda: templates.template_text(store, profile),
        lambda file: templates.keep_template(store, profile, _decoded(file), actor=actor(), at=now()),
        lambda: templates.forget_template(store, profile, actor=actor(), at=now()),
    )


def _talks(store: Store, name: str) -> _Kept:
    chain = find_chain(store, name)
    return _Kept(
        lambda: templates.talks_text(store, chain),
        lambda file: templates.keep_talks(store, chain, _decoded(file), actor=actor(), at=now()),
        lambda: templates.forget_talks(store, chain, actor=actor(), at=now()),
    )


def _logo(store: Store) -> _Kept:
    return _Kept(
        lambda: f"{len(templates.logo_of(store)):,} 字节的图片" if templates.logo_of(store) else "没有标志",
        lambda file: templates.keep_logo(store, file, actor=actor(), at=now()),
        lambda: templates.forget_logo(store, actor=actor(), at=now()),
    )


def _decoded(file: bytes) -> str:
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BrokenTemplate(1, "文件不是 UTF-8 编码；请另存为 UTF-8") from problem
