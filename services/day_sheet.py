"""The day sheet of a trip as a file: PDF, Word, offline page or JSON rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import pandas as pd

from chains.model import Chain
from data.store import Store
from exports.document.blocks import Stamp
from exports.document.day_sheet import TripSheet, day_sheet
from exports.document.files import document_file
from exports.document.talks import talking_points
from exports.formats import day, is_missing
from services.catalogue import EmptyCatalogue, catalogue_content
from services.context import Context
from services.loop import ChainState
from services.templates import talks_of, talks_text
from services.trips import Trip, crowding, stops_of, tour_of

FORMATS: dict[str, str] = {".pdf": "PDF", ".docx": "文字文档（.docx）", ".html": "离线网页"}
States = Callable[[str], ChainState]
Targets = Callable[[str, str], pd.DataFrame]


class WrongSheetFormat(ValueError):
    """A file name that says no format of a day sheet."""

    def __init__(self, suffix: str) -> None:
        known = "、".join(f"{key}（{word}）" for key, word in FORMATS.items())
        super().__init__(f"日程表不能存成“{suffix or '没有扩展名的文件'}”；可用：{known}")


@dataclass(frozen=True)
class Ground:
    """What talking points are made of: the chains in force, their states and targets, by id."""

    chains: Sequence[Chain]
    states: States
    targets: Targets


def trip_sheet(
    store: Store, context: Context, trip: Trip, ground: Ground, flagged: Mapping[str, Sequence[str]], at: datetime
) -> TripSheet:
    """The trip as it is printed.

    flagged : claims of others by firm (``services.claims.flags``)
    """
    stops = stops_of(store, trip)
    items = _items(store, context, ground, stops, at)
    names = {segment.id: segment.name for chain in ground.chains for segment in chain.segments}
    talks = {chain.id: talks_of(talks_text(store, chain), chain) for chain in ground.chains}
    told = [
        {
            **stop,
            "segment_name": names.get(str(stop["segment_id"])),
            "address": where(stop),
            "points": talking_points(item, talks[stop["chain_id"]])
            if (item := items.get(stop["firm_id"]))
            else _no_points(stop),
            "flagged": flagged.get(stop["firm_id"], ()),
        }
        for stop in stops.to_dict("records")
    ]
    facts = (
        ("日期", f"{day(trip.starts_on)} 至 {day(trip.ends_on)}（{len(trip.days)} 天）"),
        ("同行人员", trip.people or "未填写"),
        ("责任单位", trip.unit or "未填写"),
        ("制表", f"{trip.owner}，{at:%Y-%m-%d %H:%M}"),
        ("企业数", f"{len(stops)} 家"),
        ("数据", context.caption),
    )
    found = tour_of(store, trip, stops)
    way = "。".join(part for part in (found.told, crowding(trip, stops, found)) if part) if len(stops) else "还没有企业"
    notes = (f"企业信息的数据截至 {context.span}，来源：{'、'.join(context.sources) or '无数据'}。",)
    return TripSheet(f"{trip.name}日程表", context.mark, facts, f"{way}。", trip.days, told, notes)


def sheet_file(sheet: TripSheet, suffix: str, author: str, at: datetime) -> bytes:
    """The day sheet as a file. Raises WrongSheetFormat, NoFont (a PDF wants a Chinese font)."""
    if suffix not in FORMATS:
        raise WrongSheetFormat(suffix)
    moment = f"{author} {at:%Y-%m-%d %H:%M}"
    stamp = Stamp(" · ".join(part for part in (sheet.mark, "日程表", moment) if part), f"{sheet.mark} {moment}".strip())
    document = day_sheet(sheet, stamp)
    return document_file(document, suffix)


def where(stop: Mapping[str, Any]) -> str | None:
    """The address of a visit; where only its district is known, that one, and that the street is not.

    >>> where({"address": None, "region": "河北省沧州市泊头市"})
    '河北省沧州市泊头市（街道门牌无数据）'
    """
    if not is_missing(stop["address"]):
        return str(stop["address"])
    return None if is_missing(stop["region"]) else f"{stop['region']}（街道门牌无数据）"


def _items(
    store: Store, context: Context, ground: Ground, stops: pd.DataFrame, at: datetime
) -> dict[str, Mapping[str, Any]]:
    """What a catalogue would say of each firm for its gap; firms that are no target of it are left out."""
    found: dict[str, Mapping[str, Any]] = {}
    for chain in ground.chains:
        known = {segment.id for segment in chain.segments}
        keys = stops[(stops.chain_id == chain.id) & stops.segment_id.isin(known)][["segment_id", "firm_id"]]
        if keys.empty:
            continue
        ranked = partial(ground.targets, chain.id)
        try:
            content = catalogue_content(store, chain, context, ground.states(chain.id), ranked, keys, at)
        except EmptyCatalogue:
            continue
        found |= {str(item["firm_id"]): item for item in content.items.to_dict("records")}
    return found


def _no_points(stop: Mapping[str, Any]) -> list[str]:
    return [f"了解{stop['name']}的产品、产能和在外布局打算（它不是所列环节的候选目标，没有推荐理由）。"]
