"""Lists and trips on the command line: what is there, what they hold, the day sheet as a file."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from commands.common import (
    DEFAULT_DB,
    AsJson,
    Database,
    Region,
    actor,
    console,
    now,
    opened,
    print_json,
    print_table,
    records,
)
from data.regions import resolve_region
from data.store import Store
from services.audit import record
from services.claims import claims_on, flags
from services.context import Context, read_context
from services.day_sheet import FORMATS as SHEETS
from services.day_sheet import Ground, WrongSheetFormat, sheet_file, trip_sheet
from services.lists import find_list, items_of, lists_of
from services.loop import chain_state, targets_of
from services.packages import in_use
from services.presence import load_cube
from services.ties import read_ties
from services.trips import Trip, find_trip, stops_of, tour_of, trips_of

Person = Annotated[str | None, typer.Option("--person", help="以谁的名义看（未共享的只有所有人看得到）；默认当前账号")]
LISTS = (
    ("name", "名单"),
    ("owner", "所有人"),
    ("unit", "责任单位"),
    ("shared", "共享"),
    ("n_firms", "企业数"),
    ("created_at", "建立时间"),
)
ITEMS = (("name", "企业"), ("region", "所在地"), ("segment_id", "环节"), ("contact_state", "对接状态"), ("visited_on", "拜访日期"),
         ("visit_note", "拜访记录"), ("next_step", "下一步"), ("flagged", "他人跟进"))  # fmt: skip
TRIPS = (
    ("name", "行程"),
    ("starts_on", "出发"),
    ("ends_on", "返回"),
    ("people", "同行"),
    ("owner", "所有人"),
    ("n_stops", "企业数"),
)
STOPS = (("on_date", "日期"), ("position", "序号"), ("city", "城市"), ("name", "企业"), ("address", "地址"),
         ("contact_state", "对接状态"), ("flagged", "他人跟进"))  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(lists)
    app.command()(trip)


def lists(
    name: Annotated[str | None, typer.Argument(help="名单的名称或编号；不写则列出所有名单")] = None,
    person: Person = None,
    db: Database = DEFAULT_DB,
    region: Region = None,
    json: AsJson = False,
) -> None:
    """名单：有哪些名单；一份名单里的企业、对接状态和他人跟进情况。"""
    who = person or actor()
    with opened(db) as store:
        context = read_context(store, region)
        home = context.home.adcode
        if name is None:
            _show(
                pd.DataFrame([asdict(one) for one in lists_of(store, home, who)]), LISTS, "list_id", context, json=json
            )
            return
        one = find_list(store, home, name, who)
        rows = _flagged(store, home, items_of(store, one), who, one.unit, one.list_id)
    _show(rows, ITEMS, "firm_id", context, json=json)


def trip(
    name: Annotated[str | None, typer.Argument(help="行程的名称或编号；不写则列出所有行程")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="把日程表存成文件：.pdf、.docx 或 .html")] = None,
    person: Person = None,
    db: Database = DEFAULT_DB,
    region: Region = None,
    json: AsJson = False,
) -> None:
    """行程：有哪些行程；一个行程的日程；日程表存成文件。"""
    who = person or actor()
    if out is not None and out.suffix not in SHEETS:
        raise WrongSheetFormat(out.suffix)
    with opened(db) as store:
        context = read_context(store, region)
        home = context.home.adcode
        if name is None:
            _show(
                pd.DataFrame([asdict(one) for one in trips_of(store, home, who)]), TRIPS, "trip_id", context, json=json
            )
            return
        one = find_trip(store, home, name, who)
        stops = stops_of(store, one)
        rows = _flagged(store, home, stops, who, one.unit, one.trip_id)
        told = tour_of(store, one, stops).told if len(stops) else "还没有企业"
        if out is not None:
            _save(store, context, one, rows, out, who)
    if not json:
        console.print(f"{one.name}：{told}。", markup=False)
    _show(rows, STOPS, "firm_id", context, json=json)


def _save(store: Store, context: Context, one: Trip, rows: pd.DataFrame, out: Path, who: str) -> None:
    chains = in_use(store)
    cube, ties = load_cube(store, chains), read_ties(store, context.home)
    by_id = {chain.id: chain for chain in chains}
    state = cache(lambda chain_id: chain_state(store, by_id[chain_id], context, cube))
    ranked = cache(lambda chain_id, segment_id: targets_of(store, by_id[chain_id], segment_id, context, ties=ties))
    said = dict(zip(rows.firm_id, rows.flagged, strict=True))
    sheet = trip_sheet(store, context, one, Ground(chains, state, ranked), said, now())
    out.write_bytes(sheet_file(sheet, out.suffix, who, now()))
    with store.write() as cursor:
        record(cursor, now(), who, "export", out.name)


def _flagged(store: Store, home: str, rows: pd.DataFrame, who: str, unit: str, besides: str) -> pd.DataFrame:
    claims = claims_on(store, resolve_region(store, home), rows.firm_id)
    said = flags(claims, who, unit, besides=besides)
    return rows.assign(flagged=[list(said.get(firm, ())) for firm in rows.firm_id])


def _show(rows: pd.DataFrame, columns: tuple[tuple[str, str], ...], key: str, context: Context, *, json: bool) -> None:
    keys = [column for column, _ in columns]
    if json:
        print_json(records(rows, [key, *keys]) if len(rows) else [])
    elif rows.empty:
        console.print("还没有；请在“名单与行程”页新建。", markup=False)
    else:
        print_table(context.caption, columns, rows)
