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
from services.outreach import GIVEN_UP, Outreach, outreach_of, tell_outreach
from services.outreach_plan import Plan, plans_of, tell_plans
from services.site_hints import HINT

SHEET = "招商目录"
TITLES = {"state": "对接状态", "visited_on": "最近联系", "note": "拜访记录", "next_step": "下一步"}
FORMER = {"最近联系": "拜访日期"}
"""Titles that files taken out before had."""
PLAN_TITLES = {"site": "建议载体", "channel": "对接渠道/引荐人", "responsible": "责任单位/责任人"}
"""Columns that a file may lack: what is planned then stays as it is."""
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
    plan_before: Plan = Plan()
    plan_after: Plan = Plan()

    @property
    def words(self) -> tuple[tuple[str, str, str], ...]:
        """(column, before, after) of every difference."""
        told = ((TITLES, self.before, self.after), (PLAN_TITLES, self.plan_before, self.plan_after))
        pairs = ((title, getattr(a, key), getattr(b, key)) for titles, a, b in told for key, title in titles.items())
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
    known, plans = outreach_of(store, home), plans_of(store, home)
    rows = _rows(path, today)
    changes, faults, seen, n_same = [], [], set(), 0
    told: dict[str, list[Outreach]] = {}
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
        told.setdefault(key[1], []).append(after)
        plan = plans.get(key[1], Plan())
        new_plan = Plan(**{one: getattr(plan, one) if _unsaid(row[one]) else row[one] for one in PLAN_TITLES})
        if (after, new_plan) == (before, plan):
            n_same += 1
        else:
            changes.append(Change(number, *key, row["name"] or key[1], before, after, plan, new_plan))
    said = [one for one in changes if not _left_blank(one, told[one.firm_id])]
    return Homecoming(tuple(said), tuple(faults), n_same + len(changes) - len(said))


def _unsaid(text: str | None) -> bool:
    """Whether a cell of the plan says nothing: the file has no such column, or it holds our own hint."""
    return text is None or text.startswith(HINT)


def _left_blank(one: Change, told: Sequence[Outreach]) -> bool:
    """Whether a row says nothing while another row of the same firm, which stands for another segment, says something."""
    return one.after == Outreach() and one.plan_after == one.plan_before and any(other != one.after for other in told)


def keep_homecoming(store: Store, chain: Chain, home: str, found: Homecoming, *, actor: str, at: datetime) -> int:
    """Keep the changes, all or none; the number of firms."""
    told = [(one.segment_id, one.firm_id, one.after) for one in found.changes if one.after != one.before]
    plans = [(one.firm_id, one.plan_after) for one in found.changes if one.plan_after != one.plan_before]
    tell_outreach(store, chain.id, home, told, actor=actor, at=at)
    tell_plans(store, home, plans, actor=actor, at=at)
    return len(found.changes)


def _rows(path: Path, today: date) -> pl.DataFrame:
    """row_number, id, name, state, visited_on (as written), day, fault of the day, note, next_step, and the plan's texts.

    A text of the plan is null where the file has no such column.
    """
    wanted = {"id": ROW_ID_TITLE, "name": "企业全称", **TITLES}
    with open_table(path, ReadOptions(sheet=SHEET), _header_row) as table:
        wanted = {key: _present(title, table.columns) for key, title in wanted.items()}
        planned = {key: title for key, title in PLAN_TITLES.items() if title in table.columns}
        frame = table.read([*wanted.values(), *planned.values()])
    parsed = values.dates(frame[wanted["visited_on"]], pl.Series([today] * len(frame), dtype=pl.Date))
    texts = {key: values.texts(frame[title], LONGEST + 1).value for key, title in wanted.items()}
    absent = pl.Series([None] * len(frame), dtype=pl.String)
    plan = {
        key: values.texts(frame[planned[key]], LONGEST + 1).value.fill_null("") if key in planned else absent
        for key in PLAN_TITLES
    }
    return pl.DataFrame(
        {ROW_NUMBER: frame[ROW_NUMBER], **texts, **plan, "day": parsed.value, "day_fault": parsed.fault}
    )


def _present(title: str, columns: Sequence[str]) -> str:
    """The title under which a file has a column. Raises NotACatalogue."""
    found = next((one for one in (title, FORMER.get(title)) if one in columns), None)
    if found is None:
        raise NotACatalogue(title)
    return found


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
        yield f"{TITLES['visited_on']}“{row['visited_on']}”{fault}{who}"
    if row["state"] == GIVEN_UP and not row["note"]:
        yield f"放弃要在“{TITLES['note']}”里写明原因{who}"
    titles = {**TITLES, **PLAN_TITLES}
    for key in ("note", "next_step", *PLAN_TITLES):
        if len(str(row[key] or "")) > LONGEST:
            yield f"{titles[key]}超过 {LONGEST} 字{who}"


def _shown(value: object) -> str:
    return "（空）" if value is None or value == "" else str(value)
