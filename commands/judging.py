"""Commands on how segments are judged: the place's benchmark, measure and thresholds, and which labels hang by a thread."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from analysis.sensitivity import label_sensitivity
from chains.words import LABELS
from commands.common import (
    DEFAULT_DB,
    AsJson,
    ChainOption,
    Database,
    Region,
    actor,
    console,
    find_chain,
    now,
    opened,
    print_json,
    print_table,
    records,
)
from services.context import read_context
from services.judging import Judging, judging_of, read_judging, save_judging
from services.loop import chain_state
from services.packages import in_use
from services.presence import load_cube

WORDS = {
    "benchmark": "基准", "measure": "口径", "strong_low": "优势线", "weak_high": "薄弱线", "min_makers": "优势最少家数",
    "missing_expected": "缺失所需应有数", "min_expected": "数据不足线（应有）", "min_count": "数据不足线（家数）",
    "level": "区间水平",
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(judging)
    app.command()(sensitivity)


def judging(
    settings: Annotated[
        list[str] | None,
        typer.Argument(help="要改的项，如 benchmark=province measure=size strong_low=1.3；不给则只显示"),
    ] = None,
    db: Database = DEFAULT_DB,
    reset: Annotated[bool, typer.Option("--reset", help="恢复默认口径")] = False,
    json: AsJson = False,
) -> None:
    """判定口径：基准（nation、province、peers 或地区代码）、企业家数或规模加权、各条线；改后各页与导出都按新口径。"""
    with opened(db) as store:
        values = {} if reset else _values(read_judging(store))
        if settings or reset:
            save_judging(store, judging_of(values | _parsed(settings or [])), actor=actor(), at=now())
        found = _values(read_judging(store))
    if json:
        print_json(found)
        return
    for name, value in found.items():
        console.print(f"{WORDS[name]}（{name}）：{value}", markup=False)


def _values(held: Judging) -> dict[str, object]:
    return {"benchmark": held.benchmark} | asdict(held.label)


def _parsed(settings: list[str]) -> dict[str, object]:
    wrong = [text for text in settings if "=" not in text]
    if wrong:
        raise typer.BadParameter(f"要写成 名称=值，给的是“{wrong[0]}”；可用的名称：{'、'.join(WORDS)}")
    pairs = (text.split("=", 1) for text in settings)
    return {
        name.strip(): value if name.strip() in ("benchmark", "measure") else _number(value) for name, value in pairs
    }


def _number(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text  # refused, by name, where its limits are known


def sensitivity(chain: ChainOption, db: Database = DEFAULT_DB, region: Region = None, json: AsJson = False) -> None:
    """各环节判定的稳健性：每条线和应有数各上下浮动 10%，判定是否改变。"""
    with opened(db) as store:
        context = read_context(store, region)
        state = chain_state(store, find_chain(store, chain), context, load_cube(store, in_use(store)))
    rows = state.labels.join(label_sensitivity(state.labels, state.params.label))
    rows = rows.assign(word=rows.label.map(LABELS))
    if json:
        print_json(records(rows, ["segment_id", "name", "label", "held", "flips"]))
        return
    firm = int((rows.held == 1).sum())
    console.print(f"{len(rows)} 个环节中 {firm} 个在任一条线或应有数浮动 10% 时判定不变；会变的如下", markup=False)
    columns = [("stage_name", "段"), ("name", "环节"), ("word", "判定"), ("held", "不变的比例"), ("flips", "何时改变")]
    print_table(context.caption, columns, rows[rows.held < 1])
