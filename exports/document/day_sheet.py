"""The day sheet of a trip: day by day whom to visit where, in which order, and what to speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from exports.document.blocks import Block, Document, Heading, Paragraph, Stamp, Table
from exports.formats import NO_DATA, day, is_missing, text

WEEKDAYS = "一二三四五六日"
STOP_COLUMNS = (("序", 9), ("企业", 36), ("城市、地址", 33), ("环节", 20), ("谈话要点", 58))
CONTACT = "联系人与电话由对接人在出发前填写；库中不存联系人，打印件上不印他人电话。"


@dataclass(frozen=True)
class TripSheet:
    """A trip as it is printed.

    facts : (word, value) of the front page; way : the tour in words
    stops : in their order, each with on_date, position, name, city, address, segment_name, contact_state, next_step and
        points (sentences)
    notes : what the figures stand on
    """

    title: str
    mark: str
    facts: tuple[tuple[str, str], ...]
    way: str
    days: tuple[date, ...]
    stops: Sequence[Mapping[str, Any]]
    notes: tuple[str, ...]


def day_sheet(sheet: TripSheet, stamp: Stamp) -> Document:
    """The document: a heading and a table a day, days without visits said to be free."""
    blocks: list[Block] = [Heading("路线"), Paragraph(sheet.way)]
    blocks.append(Heading("日程"))
    for on in sheet.days:
        stops = [stop for stop in sheet.stops if stop["on_date"] == on]
        blocks.append(Heading(day_title(on, stops), 2))
        blocks += [_table(stops)] if stops else [Paragraph("没有安排企业。")]
    blocks.append(Heading("说明"))
    blocks += [Paragraph(note) for note in (*sheet.notes, CONTACT)]
    return Document(sheet.title, sheet.mark, sheet.facts, tuple(blocks), stamp)


def day_title(on: date, stops: Sequence[Mapping[str, Any]]) -> str:
    """A day with its weekday and cities.

    >>> day_title(date(2026, 3, 9), [{"city": "武汉市"}, {"city": "武汉市"}])
    '3 月 9 日 周一：武汉市，2 家'
    """
    cities = "、".join(dict.fromkeys(text(stop["city"]) for stop in stops))
    told = f"：{cities}，{len(stops)} 家" if stops else ""
    return f"{on.month} 月 {on.day} 日 周{WEEKDAYS[on.weekday()]}{told}"


def _table(stops: Sequence[Mapping[str, Any]]) -> Table:
    rows = tuple(
        (str(number), _firm(stop), _place(stop), text(stop["segment_name"]), _points(stop))
        for number, stop in enumerate(stops, 1)
    )
    return Table(tuple(word for word, _ in STOP_COLUMNS), tuple(float(mm) for _, mm in STOP_COLUMNS), rows)


def _firm(stop: Mapping[str, Any]) -> str:
    visited = "" if is_missing(stop["visited_on"]) else f"，{day(stop['visited_on'])} 拜访过"
    return f"{stop['name']}\n（{stop['contact_state']}{visited}）\n联系人："


def _place(stop: Mapping[str, Any]) -> str:
    return f"{text(stop['city'])}\n{'地址：' + NO_DATA if is_missing(stop['address']) else stop['address']}"


def _points(stop: Mapping[str, Any]) -> str:
    step = [f"上次约定：{stop['next_step']}"] if stop["next_step"] else []
    minded = [f"注意：{said}" for said in stop["flagged"]]
    return "\n".join(f"{number}. {said}" for number, said in enumerate([*step, *stop["points"], *minded], 1))
