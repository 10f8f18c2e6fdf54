"""A catalogue's workbook, filled in on a trip, brought back: what it says anew, row by row, before anything is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from chains.model import Chain
from chains.words import CONTACT_STATES
from data.imports import values
from data.imports.reading import open_table
from data.imports.table import ROW_NUMBER, ReadOptions
from data.store import Store
from exports.row_ids import ROW_ID_TITLE, firm_of_row
from services.outreach import Outreach, outreach_of, tell_outreach

SHEET = "招商目录"
TITLES = {"state": "对接状态", "visited_on": "拜访日期", "note": "拜访记录", "next_step": "下一步"}
LONGEST = 2_000
"""Signs that a note may have."""


class NotACatalogue(ValueError):
    """A workbook without the hidden column of row ids, or without a column that is filled in on a trip."""

    def __init__(self, absent: str) -> None:
        super().__init__(
            f"这份工作簿的“{SHEET}”表里没有“{absent}”一列：只有内部版的目录可以带回；请用从本系统下载、只填写未改表头的文件"
        )


@dataclass(frozen=True)
class Change:
    """What a row says that differs from what is known: words by title of the column, before and after."""

    row: int
    segment_id: str
    firm_id: str
    name: str
    before: Outreach
    after: Outreach

    @property
    def words(self) -> tuple[tuple[str, str, str], ...]:
        """(column, before, after) of every difference."""
        pairs = ((title, getattr(self.before, key), getattr(self.after, key)) for key, title in TITLES.items())
        return tuple((title, _shown(old), _shown(new)) for title, old, new in pairs if old != new)


@dataclass(frozen=True)
class Homecoming:
    """What a workbook brings: changes, faults as (row number, sentence), and how many rows say nothing new."""

    changes: tuple[Change, ...]
    faults: tuple[tuple[int, str], ...]
    n_same: int


def read_homecoming(store: Store, chain: Chain, home: str, path: Path, today: date) -> Homecoming:
    """Read a workbook; rows are known by their ids, wherever they now stand. A row with a fault changes nothing.

    Raises
    ------
    UnreadableFile : no workbook, or one without the sheet; NotACatalogue : the columns are not those of a catalogue
    """
    known = outreach_of(store, home)
    rows = _rows(path, today)
    changes, faults, seen, n_same = [], [], set(), 0
    for row in rows.to_dicts():
        number = int(row[ROW_NUMBER])
        if row["id"] is None and not any(row[key] for key in (*TITLES, "name")):
            continue
        key = firm_of_row(chain.id, home, row["id"] or "")
        problem = _problem(row, known_firm=key is not None, again=key in seen)
        if problem or key is None:
            faults.append((number, problem))
            continue
        seen.add(key)
        before = known.get(key[1], Outreach())
        after = Outreach(row["state"] or before.state, row["day"], row["note"] or "", row["next_step"] or "")
        if after == before:
            n_same += 1
        else:
            changes.append(Change(number, *key, row["name"] or key[1], before, after))
    return Homecoming(tuple(changes), tuple(faults), n_same)


def keep_homecoming(store: Store, chain: Chain, home: str, found: Homecoming, *, actor: str, at: datetime) -> int:
    """Keep the changes, all or none; the number of firms."""
    told = [(one.segment_id, one.firm_id, one.after) for one in found.changes]
    tell_outreach(store, chain.id, home, told, actor=actor, at=at)
    return len(told)


def _rows(path: Path, today: date) -> pl.DataFrame:
    """row_number, id, name, state, visited_on (as written), day, fault of the day, note, next_step."""
    wanted = {"id": ROW_ID_TITLE, "name": "企业全称", **TITLES}
    with open_table(path, ReadOptions(sheet=SHEET), _header_row) as table:
        absent = next((title for title in wanted.values() if title not in table.columns), None)
        if absent:
            raise NotACatalogue(absent)
        frame = table.read(list(wanted.values()))
    parsed = values.dates(frame[TITLES["visited_on"]], pl.Series([today] * len(frame), dtype=pl.Date))
    texts = {key: values.texts(frame[title], LONGEST + 1).value for key, title in wanted.items()}
    return pl.DataFrame({ROW_NUMBER: frame[ROW_NUMBER], **texts, "day": parsed.value, "day_fault": parsed.fault})


def _header_row(rows: Sequence[Sequence[str]]) -> int:
    found = next((at for at, row in enumerate(rows) if ROW_ID_TITLE in row), None)
    if found is None:
        raise NotACatalogue(ROW_ID_TITLE)
    return found


def _problem(row: dict[str, object], *, known_firm: bool, again: bool) -> str:
    """Why a row cannot be taken, empty where it can."""
    return next(_problems(row, known_firm=known_firm, again=again), "")


def _problems(row: dict[str, object], *, known_firm: bool, again: bool) -> Iterator[str]:
    who = f"（{row['name']}）" if row["name"] else ""
    if not known_firm:
        yield f"行号被改动或缺失，认不出是目录里的哪一家{who}"
    if again:
        yield f"与前面的一行行号相同，只采用前一行{who}"
    if row["state"] and row["state"] not in CONTACT_STATES:
        yield f"对接状态“{row['state']}”不在可选的状态里（{'、'.join(CONTACT_STATES)}）{who}"
    if row["day_fault"]:
        fault = str(row["day_fault"]).replace("数据截止日期", "今天").replace("，记为无数据", "")
        yield f"拜访日期“{row['visited_on']}”{fault}{who}"
    for key in ("note", "next_step"):
        if len(str(row[key] or "")) > LONGEST:
            yield f"{TITLES[key]}超过 {LONGEST} 字{who}"


def _shown(value: object) -> str:
    return "（空）" if value is None or value == "" else str(value)
