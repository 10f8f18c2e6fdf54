"""The command that lists targets of a segment, or any firms of the store, under the filters of the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from analysis.search.filter import Filter
from analysis.stability import rank_text
from analysis.targets import PART_NAMES, PARTS, TargetParams, rank_ranges
from commands.common import (
    DEFAULT_DB,
    AsJson,
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
    require_segment,
)
from data.store import Store
from exports.columns import Column
from exports.firm_columns import FIRMS, TARGETS
from exports.formats import money
from exports.xlsx import table_workbook
from services.audit import record
from services.claims import with_claims
from services.context import Context, read_context
from services.found_firms import MOST_EXPORTED
from services.loop import Params, chain_state, targets_of, viewed_params
from services.packages import in_use
from services.presence import load_cube
from services.saved_views import find_view
from services.target_search import all_firms, in_ids, open_universe, params_of, segment_targets
from services.weight_options import read_weights, weights_text

COLUMNS = (
    "uscc", "name", "region", "segment_id", "score", "completeness", "reason", "conflicts", "rank", "rank_best", "rank_worst",
    "top_share",
)  # fmt: skip
FIRM_COLUMNS = (
    "uscc", "name", "region", "segments", "founded_on", "capital_cny", "employees", "revenue_cny", "revenue_year", "stock_code",
    "tags", "status", "reason", "conflicts", "as_of",
)  # fmt: skip
WHERE = "筛选，如 省份=山东省、capital=c5,c6、q=轴承；可多次给出，写法与网页地址相同，选项也可用中文"
Words = Annotated[list[str] | None, typer.Option("--where", help=WHERE)]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(targets)


def targets(
    chain: Annotated[str | None, typer.Option("--chain", help="产业链编号或名称；--all 时可不给")] = None,
    segment: Annotated[str | None, typer.Option("--segment", help="环节编号；--all 时可不给")] = None,
    db: Database = DEFAULT_DB,
    region: Region = None,
    top: Annotated[int, typer.Option("--top", min=1)] = 20,
    weights: Annotated[str | None, typer.Option("--weights", help="已存的权重方案名、“项=权重,…”或文件")] = None,
    everywhere: Annotated[bool, typer.Option("--all", help="在全部企业中找，不限于一个环节的候选")] = False,
    where: Words = None,
    view: Annotated[str | None, typer.Option("--view", help="网页上存的视图名称")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="另存为 Excel（.xlsx），行数不受 --top 限制")] = None,
    json: AsJson = False,
) -> None:
    """一个环节的目标企业，或全部企业中符合条件的：得分、分项、完整度、名次稳定性、理由与需注意事项。"""
    with opened(db) as store:
        saved = dict(find_view(store, "targets", view, actor()).query) if view else {}
        said = {**saved, **Filter.from_words(where or []).query()}
        chosen = find_chain(store, chain).id if chain else said.get("chain")
        wanted = Filter.from_query(said | {"chain": chosen or "", "segment": segment or said.get("segment", "")})
        wanted = replace(wanted, everywhere=wanted.everywhere or everywhere)
        context = read_context(store, region)
        params = _params(store, weights, saved)
        columns: tuple[Column, ...] = FIRMS
        if wanted.everywhere:
            found, total = _firms(store, context, wanted, MOST_EXPORTED if out else top)
        else:
            columns = TARGETS
            found, total = _targets(store, context, wanted, params, None if out else top)
        if out is not None:
            out.write_bytes(table_workbook("目标企业", context.caption, columns, found))
            with store.write() as cursor:
                record(cursor, now(), actor(), "export", out.name)
    _show(found.head(top), total, wanted, context, params, json=json)


def _params(store: Store, weights: str | None, saved: dict[str, str]) -> Params:
    if weights is None:
        return params_of(saved)
    usual = TargetParams()
    return Params(target=replace(usual, weights=read_weights(store, "targets", weights, usual.weights)))


def _firms(store: Store, context: Context, wanted: Filter, top: int) -> tuple[pd.DataFrame, int]:
    universe = open_universe(store, context)
    rows, found = all_firms(store, context, universe, in_ids(universe, wanted), top)
    return rows, found.total


def _targets(
    store: Store, context: Context, wanted: Filter, params: Params, top: int | None
) -> tuple[pd.DataFrame, int]:
    """Targets of the segment with ranks and reasons; the first ``top`` of them."""
    if wanted.chain is None or not wanted.segments:
        raise typer.BadParameter("请给出 --chain 与 --segment，或用 --all 在全部企业中找")
    chain, segment = find_chain(store, wanted.chain), wanted.segments[0]
    require_segment(chain, segment)
    ranked = targets_of(store, chain, segment, context, params)
    kept = ranked
    if wanted.narrows or wanted.sort:
        universe = open_universe(store, context)
        wanted = in_ids(universe, replace(wanted, chain=chain.id, segments=(segment,)))
        kept, _ = segment_targets(universe, wanted, ranked)
    state = chain_state(store, chain, context, load_cube(store, in_use(store)), viewed_params(store))
    shown = state.explain(kept if top is None else kept.head(top), context)
    shown = with_claims(store, context.home, shown, actor())
    shown = shown.join(rank_ranges(ranked, shown.firm_id, params.target), on="firm_id")
    texts = [rank_text(row) for row in shown[["rank", "rank_best", "rank_worst"]].to_dict("records")]
    return shown.assign(rank_text=pd.Series(texts, index=shown.index, dtype="str")), len(kept)


def _show(found: pd.DataFrame, total: int, wanted: Filter, context: Context, params: Params, *, json: bool) -> None:
    if json:
        base = records(found, FIRM_COLUMNS if wanted.everywhere else COLUMNS)
        parts = [
            {} if wanted.everywhere else {"parts": one} for one in records(found, () if wanted.everywhere else PARTS)
        ]
        print_json([a | b for a, b in zip(base, parts, strict=True)])
        return
    facts = [("segments", "参与环节"), ("capital", "注册资本")]
    scores = [("score", "得分"), ("completeness", "完整度"), ("rank_text", "名次稳定性")]
    middle = facts if wanted.everywhere else scores
    found = found.assign(capital=[money(one) for one in found.capital_cny])
    print_table(
        context.caption,
        [("name", "企业"), ("region", "所在地"), *middle, ("reason", "理由"), ("conflicts", "需注意")],
        found,
    )
    told = f"共 {total:,} 家"
    console.print(
        told if wanted.everywhere else f"{told}；权重：{weights_text(params.target.weights, PART_NAMES)}", markup=False
    )
