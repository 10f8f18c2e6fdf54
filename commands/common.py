"""What all commands share: the store, the clock, the actor, JSON, tables and a progress bar."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from chains.model import Chain
from data.store import Store, open_store
from services.packages import UnknownChain, in_use, installed_chain

DEFAULT_DB = Path("var/liantu.duckdb")

Database = Annotated[Path, typer.Option("--db", envvar="LIANTU_DB", help="数据库文件")]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]
Region = Annotated[str | None, typer.Option("--region", help="区域代码；默认本地区域")]
Benchmark = Annotated[
    str | None,
    typer.Option("--benchmark", help="基准：nation、province、peers，或逗号分隔的省、地市代码；默认本地口径"),
]
Measure = Annotated[str | None, typer.Option("--measure", help="count（企业家数）或 size（规模加权）；默认本地口径")]
ChainOption = Annotated[str, typer.Option("--chain", help="产业链编号或名称")]

console = Console(soft_wrap=True)


@contextmanager
def opened(path: Path, *, create: bool = False) -> Iterator[Store]:
    """The store, closed at the end; StoreBusy, StoreMissing."""
    store = open_store(path, create=create)
    try:
        yield store
    finally:
        store.close()


def actor() -> str:
    """Who runs the command: the account of the operating system."""
    try:
        return f"cli:{getpass.getuser()}"
    except (OSError, KeyError, ImportError):
        return f"cli:{os.environ.get('USER', 'unknown')}"


def now() -> datetime:
    """The one place where commands read the clock."""
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005 - the local time of the office


def find_chain(store: Store, text: str) -> Chain:
    """A chain of the store by id or Chinese name."""
    try:
        return installed_chain(store, text)
    except UnknownChain as error:
        raise typer.BadParameter(str(error)) from error


def find_chains(store: Store, text: str | None) -> tuple[Chain, ...]:
    """The named chains (ids or names, comma separated), or those in use."""
    if not text:
        return in_use(store)
    return tuple(find_chain(store, part.strip()) for part in text.replace("，", ",").split(","))


def require_segment(chain: Chain, segment_id: str) -> None:
    """A usage error that lists the segments of the chain unless this is one of them."""
    if segment_id not in {segment.id for segment in chain.segments}:
        known = "、".join(f"{segment.id}（{segment.name}）" for segment in chain.segments)
        raise typer.BadParameter(f"产业链“{chain.name}”没有环节 {segment_id}；可用：{known}")


def print_json(value: Any) -> None:
    """Plain JSON on stdout: NaN and NA become null, dates ISO."""
    print(json.dumps(_plain(value), ensure_ascii=False, indent=1))


def records(frame: pd.DataFrame, columns: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of a frame as dicts of these columns."""
    return [{column: _plain(row[column]) for column in columns} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def print_table(title: str, columns: Sequence[tuple[str, str]], rows: pd.DataFrame) -> None:
    """A table for people: (key, Chinese title) per column; missing is 无数据."""
    table = Table(title=Text(title), title_justify="left", show_lines=False)
    for _, heading in columns:
        table.add_column(heading, overflow="fold")
    for row in rows.to_dict("records"):
        table.add_row(*(Text(_shown(row[key])) for key, _ in columns))
    console.print(table)


def _shown(value: Any) -> str:
    plain = _plain(value)
    if plain is None:
        return "无数据"
    if isinstance(plain, float):
        return f"{plain:,.2f}"
    if isinstance(plain, list):
        return "；".join(map(str, plain)) or "—"
    return str(plain)


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[float, str], None]]:
    """A progress callback (share 0–1, text) drawn on stderr."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=False) as bar:
        task = bar.add_task(title, total=1.0)

        def report(share: float, text: str) -> None:
            bar.update(task, completed=min(max(share, 0.0), 1.0), description=text)

        yield report
        bar.update(task, completed=1.0)
