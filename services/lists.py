"""Lists of firms under a name: owned, shared or private, commented; the state of each firm is that of ``services.outreach``."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from data.sql import load_sql
from data.store import Store
from services.admission import Added, admit
from services.audit import record
from services.outreach import outreach_of, with_outreach

LONGEST, LONGEST_COMMENT = 30, 2_000
"""Characters of a name, and of a comment."""
_DELETE = (
    "DELETE FROM firm_list_item WHERE list_id = ?",
    "DELETE FROM firm_list_comment WHERE list_id = ?",
    "DELETE FROM firm_list WHERE list_id = ?",
)


class UnknownList(ValueError):
    """No list of that id or name that the person may see."""

    def __init__(self, asked: str) -> None:
        super().__init__(f"没有名单“{asked}”，或它没有共享给您；请在“名单与行程”页查看现有名单")


class NotOwner(ValueError):
    """Someone else's list or trip."""

    def __init__(self, name: str, owner: str) -> None:
        super().__init__(f"“{name}”由{owner}所有，只有所有人可以改名、改共享或删除；可以另建一份")


class UnusableText(ValueError):
    """A name, comment or note that is empty, too long or holds signs that cannot be seen."""

    def __init__(self, what: str, longest: int) -> None:
        super().__init__(f"{what}要有 1 到 {longest} 个字，不能有看不见的字符")


@dataclass(frozen=True)
class FirmList:
    """One list; ``unit`` is '' where none was named."""

    list_id: str
    home: str
    name: str
    owner: str
    unit: str
    shared: bool
    created_at: datetime
    n_firms: int


def lists_of(store: Store, home: str, actor: str) -> tuple[FirmList, ...]:
    """The lists of a home region that a person may see, newest first."""
    return tuple(FirmList(*row) for row in store.rows(load_sql("firm_lists"), {"home": home, "actor": actor}))


def find_list(store: Store, home: str, asked: str, actor: str) -> FirmList:
    """The list of an id, or of a name, the person's own first. Raises UnknownList."""
    known = lists_of(store, home, actor)
    found = [one for one in known if one.list_id == asked]
    found += sorted((one for one in known if one.name == asked), key=lambda one: one.owner != actor)
    if not found:
        raise UnknownList(asked)
    return found[0]


def new_list(
    store: Store, home: str, name: str, *, actor: str, at: datetime, unit: str = "", shared: bool = True
) -> FirmList:
    """An empty list. Raises UnusableText."""
    made = FirmList(secrets.token_hex(6), home, usable(name, "名单名称", LONGEST), actor, unit.strip(), shared, at, 0)
    with store.write() as cursor:
        row = [made.list_id, home, made.name, actor, made.unit, shared, at]
        cursor.execute("INSERT INTO firm_list VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        record(cursor, at, actor, "list_new", f"{made.list_id} {made.name}，{'共享' if shared else '不共享'}")
    return made


def change_list(store: Store, one: FirmList, *, actor: str, at: datetime, name: str, unit: str, shared: bool) -> None:
    """Give the list another name, unit or readership. Raises NotOwner, UnusableText."""
    require_owner(one.name, one.owner, actor)
    usual = usable(name, "名单名称", LONGEST)
    with store.write() as cursor:
        cursor.execute(
            "UPDATE firm_list SET name = ?, unit = ?, shared = ? WHERE list_id = ?",
            [usual, unit.strip(), shared, one.list_id],
        )
        record(
            cursor, at, actor, "list_change", f"{one.list_id} {one.name} → {usual}，{'共享' if shared else '不共享'}"
        )


def delete_list(store: Store, one: FirmList, *, actor: str, at: datetime) -> None:
    """Take a list away with its comments; what was told of its firms stays. Raises NotOwner."""
    require_owner(one.name, one.owner, actor)
    with store.write() as cursor:
        for sql in _DELETE:
            cursor.execute(sql, [one.list_id])
        record(cursor, at, actor, "list_delete", f"{one.list_id} {one.name}，{one.n_firms} 家")


def add_firms(
    store: Store,
    list_id: str,
    firms: Sequence[str],
    segment_id: str | None,
    chain_id: str | None,
    actor: str,
    at: datetime,
    *,
    reason: str = "",
) -> Added:
    """Put firms on a list; those that someone else follows only with a reason, which the audit log keeps.

    segment_id, chain_id : the gap that they are meant for, None where none is. Raises UnknownList.
    """
    wanted = list(dict.fromkeys(firms))
    with store.write() as cursor:
        home, unit, held = _held(store, list_id, actor)
        fresh = [firm for firm in wanted if firm not in held]
        admitted = admit(store, home, fresh, actor, reason, unit=unit, besides=list_id)
        for firm in admitted.taken:
            row = [list_id, firm, chain_id, segment_id, admitted.why(firm), at, actor]
            cursor.execute("INSERT INTO firm_list_item VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            record(cursor, at, actor, "list_add", f"{list_id} {firm}{admitted.noted(firm)}")
    return Added(len(admitted.taken), len(wanted) - len(fresh), admitted.held(store))


def remove_firms(store: Store, list_id: str, firms: Iterable[str], *, actor: str, at: datetime) -> None:
    """Take firms off a list; what was told of them stays."""
    with store.write() as cursor:
        for firm in firms:
            cursor.execute("DELETE FROM firm_list_item WHERE list_id = ? AND firm_id = ?", [list_id, firm])
            record(cursor, at, actor, "list_remove", f"{list_id} {firm}")


def items_of(store: Store, one: FirmList) -> pd.DataFrame:
    """The firms of a list in the order they were added, with what was told of them.

    firm_id, name, region, city_code, address, founded_on, capital_cny, status, chain_id, segment_id, reason (why in spite of a
    claim), added_at, added_by, contact_state, visited_on, visit_note, next_step.
    """
    return with_outreach(store.query(load_sql("list_items"), [one.list_id]), outreach_of(store, one.home))


def comment(store: Store, one: FirmList, text: str, *, actor: str, at: datetime) -> None:
    """Append a comment to a list. Raises UnusableText."""
    said = usable(text, "评论", LONGEST_COMMENT)
    with store.write() as cursor:
        cursor.execute("INSERT INTO firm_list_comment VALUES (?, ?, ?, ?)", [one.list_id, said, at, actor])
        record(cursor, at, actor, "list_comment", one.list_id)


def comments_of(store: Store, one: FirmList) -> pd.DataFrame:
    """Comments on a list, oldest first: comment, written_at, written_by."""
    return store.query(
        "SELECT comment, written_at, written_by FROM firm_list_comment WHERE list_id = ? ORDER BY written_at, rowid",
        [one.list_id],
    )


def usable(text: str, what: str, longest: int) -> str:
    """The text without blanks around it; line breaks are allowed in long ones. Raises UnusableText.

    >>> usable(" 三月华东 ", "名称", 30)
    '三月华东'
    """
    said = text.strip()
    seen = said.replace("\n", "") if longest > LONGEST else said
    if not 0 < len(said) <= longest or any(unicodedata.category(sign)[0] == "C" for sign in seen):
        raise UnusableText(what, longest)
    return said


def require_owner(name: str, owner: str, actor: str) -> None:
    """Raises NotOwner."""
    if owner != actor:
        raise NotOwner(name, owner)


def _held(store: Store, list_id: str, actor: str) -> tuple[str, str, set[str]]:
    """Home region, unit and firms of a list. Raises UnknownList."""
    rows = store.rows("SELECT home_adcode, unit, shared, owner FROM firm_list WHERE list_id = ?", [list_id])
    if not rows or not (rows[0][2] or rows[0][3] == actor):
        raise UnknownList(list_id)
    firms = store.rows("SELECT firm_id FROM firm_list_item WHERE list_id = ?", [list_id])
    return rows[0][0], rows[0][1], {firm for (firm,) in firms}
