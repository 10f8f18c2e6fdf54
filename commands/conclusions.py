"""Commands that answer: match, labels, gaps, targets, coverage, catalogue."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import pandas as pd
import typer

from analysis.chain_demand import SHARES
from analysis.coverage import NO_REGISTER
from analysis.gaps import PART_NAMES, RANKS, GapParams, rank_gaps
from analysis.gaps import PARTS as GAP_PARTS
from analysis.stability import rank_text
from chains.model import Chain
from chains.words import LABELS, MONEY_LAYERS
from commands.common import (
    DEFAULT_DB,
    AsJson,
    Benchmark,
    ChainOption,
    Database,
    Measure,
    Region,
    console,
    find_chain,
    opened,
    print_json,
    print_table,
    records,
)
from data.store import Store
from services.context import Context, read_context
from services.loop import ChainState, chain_state, viewed_params
from services.packages import in_use
from services.presence import load_cube
from services.projects import chain_coverage
from services.weight_options import read_weights, weights_text

GAP_WEIGHTS = "各部分的权重：已存方案的名称，或 criticality=0.4,demand_pull=0.3 这样的列表，或 .json/.yaml 文件；没写到的部分用默认值"
LABEL_COLUMNS = (
    "segment_id", "name", "stage", "label", "n_local", "expected", "lq", "lq_low", "lq_high", "tier", "nominal", "effective",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for command in (labels, gaps, coverage):
        app.command()(command)


def _state(
    store: Store, chain: Chain, region: str | None, benchmark: str | None = None, measure: str | None = None
) -> tuple[Context, ChainState]:
    context, params = read_context(store, region), viewed_params(store, benchmark, measure)
    return context, chain_state(store, chain, context, load_cube(store, in_use(store)), params)


def labels(
    chain: ChainOption,
    db: Database = DEFAULT_DB,
    region: Region = None,
    benchmark: Benchmark = None,
    measure: Measure = None,
    json: AsJson = False,
) -> None:
    """每个环节的判定：优势、一般、薄弱、缺失、数据不足。"""
    with opened(db) as store:
        wanted = find_chain(store, chain)
        context, state = _state(store, wanted, region, benchmark, measure)
    if json:
        print_json(records(state.labels, LABEL_COLUMNS))
        return
    console.print(state.summary(wanted, context), markup=False)
    shown = state.labels.assign(word=state.labels.label.map(LABELS))
    columns = [("stage_name", "段"), ("name", "环节"), ("word", "判定"), ("n_local", "本地企业"), ("expected", "应有"),
               ("lq", "区位商"), ("lq_low", "下限"), ("lq_high", "上限"), ("nominal", "签约"), ("effective", "有效")]  # fmt: skip
    print_table(context.caption, columns, shown)


def gaps(
    chain: ChainOption,
    db: Database = DEFAULT_DB,
    region: Region = None,
    top: Annotated[int, typer.Option("--top", min=1)] = 10,
    weights: Annotated[str | None, typer.Option("--weights", help=GAP_WEIGHTS)] = None,
    json: AsJson = False,
) -> None:
    """缺口清单：优先级、分项、行动、理由，以及权重上下浮动 10% 时的名次。"""
    with opened(db) as store:
        default = GapParams()
        chosen = default.weights if weights is None else read_weights(store, "gaps", weights, default.weights)
        context, state = _state(store, find_chain(store, chain), region)
    found = rank_gaps(state.gaps, replace(default, weights=chosen), top).head(top)
    if json:
        print_json([_gap(one) for one in found.to_dict("records")])
        return
    columns = [
        ("stage_name", "段"),
        ("name", "环节"),
        ("action", "行动"),
        ("priority", "优先级"),
        ("place", "名次"),
        ("gap_reason", "理由"),
    ]
    places = [rank_text(row) for row in found.to_dict("records")]
    print_table(context.caption, columns, found.assign(place=places))
    console.print(f"权重：{weights_text(chosen, PART_NAMES)}；需求与配套：{state.demand_words}", markup=False)


def _gap(row: dict[str, Any]) -> dict[str, Any]:
    """One gap as JSON."""
    [base] = records(pd.DataFrame([row]), [*LABEL_COLUMNS, "priority", *RANKS])
    return base | {
        "parts": {part: row[part] for part in GAP_PARTS},
        "local_supply_share": {
            "used": row["supply_share"],
            **{key.removeprefix("supply_share_"): row[key] for key in SHARES},
        },
        "demand_tier": row["demand_tier"],
        "action": row["action"],
        "reason": row["gap_reason"],
    }


def coverage(
    chain: ChainOption,
    db: Database = DEFAULT_DB,
    region: Region = None,
    layer: Annotated[
        str | None, typer.Option("--layer", help="资金口径：合同额、协议额、总投资、到位资金；默认有数最多的一种")
    ] = None,
    json: AsJson = False,
) -> None:
    """签约项目对缺口的覆盖：名义（签约）与有效（开工或到资），按个数、按优先级、按金额；优势环节上的签约另列。"""
    with opened(db) as store:
        context, state = _state(store, find_chain(store, chain), region)
    found = chain_coverage(state.coverage.projects, state.labels, state.gaps, _layer(layer))
    rows, over = found.table, found.over
    if json:
        served = [records(over if i == 0 else over[over.stage_name == scope], list(over.columns))
                  for i, scope in enumerate(rows.scope)]  # fmt: skip
        print_json(
            [row | {"over_served": one} for row, one in zip(records(rows, list(rows.columns)), served, strict=True)]
        )
        return
    columns = [("scope", "范围"), ("n_segments", "环节"), ("n_gaps", "缺口"), ("n_nominal", "名义覆盖"),
               ("n_effective", "有效覆盖"), ("nominal_share", "名义覆盖率"), ("effective_share", "有效覆盖率"),
               ("nominal_priority_share", "名义（按优先级）"), ("effective_priority_share", "有效（按优先级）")]  # fmt: skip
    print_table(context.caption, columns, rows)
    if not found.known:
        console.print(
            f"{NO_REGISTER}：不知道有无签约项目，名义覆盖与有效覆盖无数据；请用 import --as projects 导入", markup=False
        )
        return
    word = f"{rows.money_layer[0]}（亿元）"
    money = [("scope", "范围"), ("n_signed", "签约项目"), ("n_without_amount", "金额不详"), ("signed_yi", word),
             ("nominal_money_share", "投向缺口"), ("effective_money_share", "投向缺口且已开工或到资")]  # fmt: skip
    print_table("签约资金（各种口径从不相加）", money, rows.assign(signed_yi=rows.signed_cny / 1e8))
    listed = [("name", "环节"), ("stage_name", "段"), ("n_signed", "签约项目"), ("signed_yi", word),
              ("n_without_amount", "金额不详"), ("projects", "项目")]  # fmt: skip
    print_table("优势环节仍有签约", listed, over.assign(signed_yi=over.signed_cny / 1e8))


def _layer(text: str | None) -> str | None:
    """The layer of money by its Chinese word or its key."""
    known = {word: key for key, word in MONEY_LAYERS.items()} | {key: key for key in MONEY_LAYERS}
    if text is not None and text not in known:
        raise typer.BadParameter(f"不认识的资金口径“{text}”；可用：{'、'.join(MONEY_LAYERS.values())}")
    return known[text] if text else None
