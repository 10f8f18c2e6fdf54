"""The command that holds conclusions against what happened: entries, known clusters, expansion, past catalogues."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.console import Console

from analysis.matching import read_segments
from analysis.validation.entry import FOLDS, validate_entry
from analysis.validation.panel import Panel
from analysis.validation.sentences import SENTENCES
from chains.words import LABELS
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
    progress_bar,
)
from data.store import StoreError
from services.catalogue_hits import catalogue_hits
from services.expansion_check import expansion_check
from services.known_clusters import clusters_in_files, clusters_in_store, read_clusters
from services.standalone import read_firms
from services.validation import firms_as_of, keep_validation, plain, read_panel

Column = Annotated[str | None, typer.Option(help="列名，默认认常见写法")]
notes = Console(stderr=True, soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(validate)


def validate(
    panel: Annotated[
        Path | None, typer.Option("--panel", help="面板数据（parquet 或 csv）：地区、行业、年份、数值")
    ] = None,
    clusters: Annotated[
        Path | None, typer.Option("--clusters", help="已知集群（csv）：adcode、segment，可加 chain")
    ] = None,
    expansion: Annotated[
        bool, typer.Option("--expansion", help="有外地布局的品牌此后是否再布局（按年份切分本库企业）")
    ] = False,
    catalogues: Annotated[bool, typer.Option("--catalogues", help="往期目录里的企业后来有没有项目")] = False,
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
    window: Annotated[int, typer.Option("--window", min=1, max=20, help="--expansion 看 T 以前几年的外地新设")] = 5,
    segments: Annotated[
        Path | None, typer.Option("--segments", help="环节文件：与 --clusters、--firms 同给，不用数据库")
    ] = None,
    firms: Annotated[Path | None, typer.Option("--firms", help="企业文件：与 --clusters、--segments 同给")] = None,
    db: Database = DEFAULT_DB,
    json: AsJson = False,
) -> None:
    """用自己的数据检验结论：--panel 关联密度能否预见新进入的行业，--clusters 已知集群是否判为优势，

    --expansion 外地布局是否预示再布局，--catalogues 往期目录命中率。一次给一项。
    """
    chosen = {"--panel": panel, "--clusters": clusters, "--expansion": expansion, "--catalogues": catalogues}
    if sum(bool(value) for value in chosen.values()) != 1:
        raise typer.BadParameter(f"请在 {'、'.join(chosen)} 中给出一个")
    if panel:
        columns = {"region": region_column, "activity": activity_column, "year": year_column, "value": value_column}
        cut = read_panel(panel, columns, first, last)
        _entry(cut, panel.name, db, json, {"parent_prefix": parent_prefix, "folds": folds, "seed": seed})
    elif clusters:
        _clusters(clusters, segments, firms, db, json)
    elif expansion:
        _expansion(db, json, first, last, window)
    else:
        _catalogues(db, json)


def _entry(panel: Panel, file: str, db: Path, as_json: bool, options: dict[str, Any]) -> None:
    found = validate_entry(panel, **options)
    told = found.told()
    _show("entry", told, as_json, [(f"{file}：AUC 与 95% 区间（按地区）", SCORE_COLUMNS, _scores(found.scores))])
    _keep(db, "entry", told, file, date(found.last, 12, 31))


def _clusters(path: Path, segments: Path | None, firms: Path | None, db: Path, as_json: bool) -> None:
    asked = read_clusters(path)
    if segments and firms:
        with progress_bar("匹配") as progress:
            rows, rules = read_firms(firms), read_segments(segments)
            found = clusters_in_files(asked, path.name, rows, rules, progress)
        source, as_of = f"{path.name} · {firms.name}", None
    elif segments or firms:
        raise typer.BadParameter("不用数据库时要同时给出 --segments 和 --firms")
    else:
        with opened(db) as store:
            found = clusters_in_store(store, asked, path.name)
            as_of = firms_as_of(store)
        source = path.name
    told = found.told()
    _show(
        "clusters", told, as_json, [(source, CLUSTER_COLUMNS, found.pairs.assign(label=found.pairs.label.map(LABELS)))]
    )
    _keep(db, "clusters", told, source, as_of)


def _expansion(db: Path, as_json: bool, first: int | None, last: int | None, window: int) -> None:
    with opened(db) as store:
        found = expansion_check(store, first, last, window)
        as_of = firms_as_of(store)
    told = found.told()
    _show(
        "expansion", told, as_json, [("AUC 与 95% 区间", SCORE_COLUMNS[:-1], _scores(found.scores))][: not found.reason]
    )
    if not found.reason:
        _keep(db, "expansion", told, "本库企业的设立日期与同字号推断", as_of)


def _catalogues(db: Path, as_json: bool) -> None:
    with opened(db) as store:
        found = catalogue_hits(store)
    told = found.told()
    _show("catalogues", told, as_json, [])
    if not found.reason:
        _keep(db, "catalogues", told, "本库冻结的招商目录与项目台账", found.newest)


CLUSTER_COLUMNS = (("place", "地区"), ("segment", "环节或产业链"), ("label", "判定"), ("n_local", "企业"), ("expected", "应有"),
                   ("lq", "区位商"), ("lq_low", "下限"), ("lq_high", "上限"))  # fmt: skip
SCORE_COLUMNS = (
    ("name", "排序依据"),
    ("auc", "AUC"),
    ("low", "下限"),
    ("high", "上限"),
    ("held", "在未参与拟合的地区上"),
)


def _scores(scores: pd.DataFrame) -> pd.DataFrame:
    shown = (
        scores.assign(held=scores.fitted.map({True: "是", False: "无需拟合"})) if "fitted" in scores else scores.copy()
    )
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
