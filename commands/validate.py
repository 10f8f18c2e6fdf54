"""The command that holds conclusions against what happened: entries, known clusters, expansion, past catalogues."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.console import Console

from analysis.validation.entry import FOLDS, validate_entry
from analysis.validation.sentences import SENTENCES
from commands.common import (
    DEFAULT_DB,
    AsJson,
    Database,
    actor,
    console,
    now,
    opened,
    print_json,
    print_table,
)
from data.store import StoreError
from services.validation import keep_validation, plain, read_panel

Column = Annotated[str | None, typer.Option(help="列名，默认认常见写法")]
notes = Console(stderr=True, soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(validate)


def validate(
    panel: Annotated[
        Path | None, typer.Option("--panel", help="面板数据（parquet 或 csv）：地区、行业、年份、数值")
    ] = None,
    first: Annotated[int | None, typer.Option("--from", help="起始年 T，默认最早一年")] = None,
    last: Annotated[int | None, typer.Option("--to", help="结束年 T+k，默认最近一年")] = None,
    region_column: Column = None,
    activity_column: Column = None,
    year_column: Column = None,
    value_column: Column = None,
    parent_prefix: Annotated[
        int | None,
        typer.Option("--parent-prefix", min=1, help="地区代码前几位是上级（省、州）；给出后整个上级一起留出"),
    ] = None,
    folds: Annotated[int, typer.Option("--folds", min=2, max=50, help="把地区分成几份轮流留出")] = FOLDS,
    seed: Annotated[int, typer.Option("--seed", min=0, help="分份的随机种子")] = 0,
    db: Database = DEFAULT_DB,
    json: AsJson = False,
) -> None:
    """用自己的数据检验结论：--panel 检验关联密度能否预见新进入的行业。"""
    if panel is None:
        raise typer.BadParameter("请给出 --panel")
    columns = {"region": region_column, "activity": activity_column, "year": year_column, "value": value_column}
    found = validate_entry(read_panel(panel, columns, first, last), parent_prefix=parent_prefix, folds=folds, seed=seed)
    told = found.told()
    _show("entry", told, json, [(f"{panel.name}：AUC 与 95% 区间（按地区）", SCORE_COLUMNS, _scores(found.scores))])
    _keep(db, "entry", told, panel.name, date(found.last, 12, 31))


SCORE_COLUMNS = (
    ("name", "排序依据"),
    ("auc", "AUC"),
    ("low", "下限"),
    ("high", "上限"),
    ("held", "在未参与拟合的地区上"),
)


def _scores(scores: pd.DataFrame) -> pd.DataFrame:
    shown = scores.assign(held=scores.fitted.map({True: "是", False: "无需拟合"}))
    for name in ("auc", "low", "high"):
        shown[name] = [None if pd.isna(value) else f"{value:.4f}" for value in scores[name]]
    return shown


def _show(kind: str, told: dict[str, Any], as_json: bool, tables: list[tuple[str, Any, pd.DataFrame]]) -> None:
    """JSON alone, or the sentences and the tables."""
    if as_json:
        print_json({"kind": kind, **plain(told)})
        return
    for sentence in SENTENCES[kind](plain(told)):
        console.print(sentence + "。", markup=False)
    for title, columns, rows in tables:
        print_table(title, columns, rows)


def _keep(db: Path, kind: str, told: dict[str, Any], source: str, as_of: date | None) -> None:
    """Keep the result where there is a store that nobody else holds; say so where not."""
    if not db.exists():
        notes.print(f"没有数据库 {db}，结果没有保存到“方法与可信度”页", markup=False)
        return
    try:
        with opened(db) as store:
            keep_validation(store, kind, told, source=source, as_of=as_of, actor=actor(), at=now())
    except StoreError as error:
        notes.print(f"结果没有保存：{error}", markup=False)
