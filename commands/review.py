"""Commands of the review: which uncertain pairs are worth deciding, decide one, take it back."""

from __future__ import annotations

from typing import Annotated, Any

import pandas as pd
import typer

from chains.model import Chain
from chains.words import ROLES, VERDICTS
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
    require_segment,
)
from data.store import Store
from services.context import Context, read_context
from services.loop import chain_state
from services.packages import in_use, installed
from services.presence import load_cube
from services.review import decide as decide_pair
from services.review import undo_pair
from services.review_queue import VIEWS, load_ground, local_queue, prospect, review_pair, say_target, target_queue

SegmentArgument = Annotated[str, typer.Argument(help="环节编号")]
Within = Annotated[str | None, typer.Option("--chain", help="产业链编号或名称；环节在几条链中都有时须指明")]
FirmArgument = Annotated[str, typer.Argument(help="企业编号：统一社会信用代码，或 stock:股票代码")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    for command in (review, decide, undecide):
        app.command()(command)


def review(
    chain: ChainOption,
    db: Database = DEFAULT_DB,
    segment: Annotated[str | None, typer.Option("--segment", help="只看一个环节")] = None,
    view: Annotated[str, typer.Option("--view", help="local（本地企业）或 targets（外地目标候选）")] = "local",
    region: Region = None,
    top: Annotated[int, typer.Option("--top", min=1)] = 20,
    json: AsJson = False,
) -> None:
    """待复核的企业：程序拿不准的，最能改变判定的排在前面，逐条说明为什么值得判。"""
    if view not in VIEWS:
        raise typer.BadParameter(f"不认识的范围“{view}”；可用：{'、'.join(VIEWS)}")
    with opened(db) as store:
        wanted = find_chain(store, chain)
        if segment is not None:
            require_segment(wanted, segment)
        context = read_context(store, region)
        rows = _rows(store, wanted, context, view, segment, top)
    if json:
        print_json(rows)
        return
    _print(rows, context)


def _rows(
    store: Store, chain: Chain, context: Context, view: str, segment: str | None, top: int
) -> list[dict[str, Any]]:
    state = chain_state(store, chain, context, load_cube(store, in_use(store)))
    home, ground = context.home, load_ground(store, context.home)
    if view == "local":  # noqa: SIM108 - each is a line of its own
        queue = local_queue(store, chain, home, state.labels, state.gaps, state.params.label)
    else:
        queue = target_queue(store, chain, home, state.gaps)
    wanted = queue if segment is None else queue[queue.segment_id == segment]
    found = []
    for pair in wanted[["segment_id", "firm_id"]].head(top).itertuples(index=False, name=None):
        row = review_pair(store, chain, pair, home)
        if row is None:
            continue
        local = prospect(store, chain, pair, home, ground, state.params.label) if view == "local" else None
        found.append(
            {
                "segment_id": pair[0], "segment": chain.segment(pair[0]).name, "firm_id": pair[1], "uscc": row.uscc,
                "name": row["name"], "region": row.region, "role": row.role, "verdict": row.verdict, "score": row.score,
                "evidence": row.evidence, "label": local.label if local else None,
                "n_decisions": local.change.n if local and local.change else None,
                "label_then": local.change.after if local and local.change else None,
                "reason": local.sentence if local else say_target(store, chain, pair[0], state.gaps),
            }
        )  # fmt: skip
    return found


def _print(rows: list[dict[str, Any]], context: Context) -> None:
    if not rows:
        console.print("没有待复核的企业", markup=False)
        return
    columns = [("segment", "环节"), ("name", "企业"), ("region", "所在地"), ("score", "把握"),
               ("reason", "为什么值得判"), ("segment_id", "环节编号"), ("firm_id", "企业编号")]  # fmt: skip
    print_table(context.caption, columns, pd.DataFrame(rows))


def decide(
    segment: SegmentArgument,
    firm: FirmArgument,
    verdict: Annotated[str, typer.Argument(help="confirmed（确认）或 rejected（不符）")],
    db: Database = DEFAULT_DB,
    within: Within = None,
    role: Annotated[str | None, typer.Option("--role", help="maker、rd 或 service；默认用匹配得出的角色")] = None,
    note: Annotated[str | None, typer.Option("--note", help="依据、来源")] = None,
) -> None:
    """判定一家企业是否属于一个环节；记名，重新匹配和导入后仍然有效。"""
    with opened(db) as store:
        chain = _chain_of(store, segment, within)
        taken = decide_pair(store, chain, (segment, firm), verdict, role=role, note=note, actor=actor(), at=now())
    word = f"（{ROLES[taken.role]}）" if taken.role else ""
    console.print(
        f"已记录：{firm} → {chain.segment(segment).name}，人工{VERDICTS[taken.verdict]}{word}，{taken.decided_by}",
        markup=False,
    )


def undecide(segment: SegmentArgument, firm: FirmArgument, db: Database = DEFAULT_DB, within: Within = None) -> None:
    """撤销一家企业在一个环节现行的判定，恢复此前的判定或程序的判读。"""
    with opened(db) as store:
        chain = _chain_of(store, segment, within)
        taken = undo_pair(store, chain, (segment, firm), actor=actor(), at=now())
    console.print(
        f"已撤销：{taken.decided_by} 对 {firm} → {chain.segment(segment).name} 的判定（{VERDICTS[taken.verdict]}）",
        markup=False,
    )


def _chain_of(store: Store, segment_id: str, within: str | None) -> Chain:
    """The chain that has the segment: the named one, or the only one."""
    if within is not None:
        chain = find_chain(store, within)
        require_segment(chain, segment_id)
        return chain
    found = [chain for chain in installed(store) if segment_id in {segment.id for segment in chain.segments}]
    if not found:
        raise typer.BadParameter(f"没有环节 {segment_id}；可用 labels --chain … 查看各产业链的环节编号")
    if len(found) > 1:
        raise typer.BadParameter(
            f"环节 {segment_id} 在几条产业链中都有：{'、'.join(one.id for one in found)}；请用 --chain 指明"
        )
    return found[0]
