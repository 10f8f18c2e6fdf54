"""Commands that look ahead: what if firms landed and projects began; whom to visit when visits are few."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import pandas as pd
import typer

from chains.words import LABELS
from commands.common import (
    DEFAULT_DB,
    AsJson,
    ChainOption,
    Database,
    Region,
    console,
    find_chain,
    opened,
    print_json,
    print_table,
    records,
)
from services.catalogue import EmptyCatalogue
from services.catalogue_draft import draft_keys
from services.context import read_context
from services.loop import ChainState, chain_state, targets_of
from services.packages import in_use
from services.presence import load_cube
from services.scenario import Scenario, catalogue_scenario
from services.ties import read_ties
from services.visits import VisitPlan, visit_plan
from services.whatif import ASSUMPTIONS, WhatIf, ground_of, what_if

Land = Annotated[
    list[str] | None,
    typer.Option("--land", help="落地的企业：企业编号，或 企业编号:环节编号（只在该环节落地）；可写多次"),
]
Start = Annotated[list[str] | None, typer.Option("--start", help="开工的项目编号；可写多次")]
Sign = Annotated[list[str] | None, typer.Option("--sign", help="签约的项目编号；可写多次")]
FromCatalogue = Annotated[bool, typer.Option("--from-catalogue", help="招商目录草稿里的企业全部落地，各在其列入的环节")]
SIDES = ("label", "n_local", "lq", "nominal", "effective", "priority")
SHARES = (
    "n_gaps", "n_nominal", "n_effective", "nominal_share", "effective_share", "nominal_priority_share", "effective_priority_share",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(whatif)
    app.command()(visits)


def whatif(
    chain: ChainOption,
    land: Land = None,
    start: Start = None,
    sign: Sign = None,
    from_catalogue: FromCatalogue = False,
    db: Database = DEFAULT_DB,
    region: Region = None,
    json: AsJson = False,
) -> None:
    """推演：假如这些企业落地、这些项目开工，判定、完整度、覆盖和优先级会怎样变；不改动数据。"""
    asked = Scenario(tuple(land or ()), tuple(start or ()), tuple(sign or ()))
    if not asked and not from_catalogue:
        raise typer.BadParameter("请给出要推演的内容：--land、--start、--sign 或 --from-catalogue")
    with opened(db) as store:
        wanted, context = find_chain(store, chain), read_context(store, region)
        if from_catalogue:
            keys = draft_keys(store, wanted, context.home.adcode)
            if keys.empty:
                raise EmptyCatalogue
            asked = Scenario((*catalogue_scenario(keys).land, *asked.land), asked.start, asked.sign)
        ground = ground_of(store, wanted, context, load_cube(store, in_use(store)))
        found = what_if(store, context.home, ground, asked)
    if json:
        print_json(_as_json(found))
        return
    console.print(found.told, markup=False)
    for note in found.notes:
        console.print(f"注意：{note}", markup=False)
    print_table(context.caption, COLUMNS, _shown(found.changed))
    console.print(f"{ASSUMPTIONS}对照基准：{found.before.benchmark}。", markup=False)


COLUMNS = [("stage_name", "段"), ("name", "环节"), ("label", "判定"), ("n_local", "本地企业"), ("lq", "区位商"),
           ("nominal", "签约"), ("effective", "有效"), ("priority", "优先级"), ("more_needed", "到一般还差（家）")]  # fmt: skip


def visits(
    chain: ChainOption,
    visits: Annotated[int, typer.Option("--visits", min=1, max=500, help="最多拜访几家企业")],
    cities: Annotated[int | None, typer.Option("--cities", min=1, help="最多去几座城市；默认不限")] = None,
    db: Database = DEFAULT_DB,
    region: Region = None,
    json: AsJson = False,
) -> None:
    """行程选企：N 次拜访、M 座城市，选哪些企业能补上最多的缺口优先级，距最优多远。"""
    with opened(db) as store:
        wanted, context = find_chain(store, chain), read_context(store, region)
        state = chain_state(store, wanted, context, load_cube(store, in_use(store)))
        ranked = partial(targets_of, store, wanted, context=context, ties=read_ties(store, context.home))
        found = visit_plan(store, wanted, context, state, ranked, visits, cities)
    if json:
        print_json(_plan_as_json(found))
        return
    console.print(found.told, markup=False)
    for sentence in found.left_out:
        console.print(f"注意：{sentence}", markup=False)
    columns = [("position", "序号"), ("city", "城市"), ("name", "企业"), ("gaps", "可补的缺口"),
               ("contribution", "贡献"), ("reason", "理由"), ("conflicts", "需注意")]  # fmt: skip
    print_table(context.caption, columns, found.rows)
    console.print(found.note, markup=False)


def _plan_as_json(found: VisitPlan) -> dict[str, Any]:
    plan = found.plan
    return {
        "told": found.told,
        "assumptions": found.note,
        "value": plan.value,
        "bound": plan.bound,
        "missed": plan.missed,
        "greedy": plan.greedy,
        "method": plan.method,
        "total_priority": found.total,
        "n_candidates": found.n_candidates,
        "left_out": list(found.left_out),
        "visits": records(found.rows, ["position", "city", "firm_id", "uscc", "name", "region", "segment_id", "gap_ids",
                                       "contribution", "score", "reason", "conflicts"]),
    }  # fmt: skip


def _shown(changed: pd.DataFrame) -> pd.DataFrame:
    """One text a pair of before and after."""
    words = changed.assign(label_before=changed.label_before.map(LABELS), label_after=changed.label_after.map(LABELS))
    return words.assign(**{side: [_pair(*pair) for pair in _pairs(words, side)] for side in SIDES})


def _pairs(rows: pd.DataFrame, side: str) -> list[tuple[Any, Any]]:
    return list(zip(rows[f"{side}_before"], rows[f"{side}_after"], strict=True))


def _pair(before: Any, after: Any) -> str:
    one, other = (("—" if pd.isna(v) else f"{v:,.2f}" if isinstance(v, float) else str(v)) for v in (before, after))
    return one if one == other else f"{one} → {other}"


def _as_json(found: WhatIf) -> dict[str, Any]:
    columns = [f"{side}_{when}" for side in SIDES for when in ("before", "after")]
    return {
        "told": found.told,
        "notes": list(found.notes),
        "assumptions": ASSUMPTIONS,
        "benchmark": found.before.benchmark,
        "before": _state(found.before),
        "after": _state(found.after),
        "landed": records(found.landed, ["firm_id", "name", "region", "segment_id", "role", "listed"]),
        "segments": records(
            found.changes, ["segment_id", "name", "stage_name", *columns, "priority_change", "more_needed", "changed"]
        ),
    }


def _state(state: ChainState) -> dict[str, Any]:
    share, unjudged = state.completeness
    [whole] = records(state.coverage.whole, SHARES)
    return {"completeness": share, "n_unjudged": unjudged, "labels": state.counts, "coverage": whole}
