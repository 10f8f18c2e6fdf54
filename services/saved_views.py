"""Views that people save by name: what a page's address says, for themselves or for all who use the store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from data.sql import load_sql
from data.store import Cursor, Store
from services.audit import record
from services.saved_weights import usable_name

PASSING = frozenset({"p", "why"})
"""Parameters of an address that do not belong to a view: the page of the list, a question asked beside it."""


class ViewTaken(ValueError):
    """The person has another view of this name."""

    def __init__(self, held: SavedView) -> None:
        super().__init__(f"你已有视图“{held.name}”（存于 {held.saved_at:%Y-%m-%d %H:%M}）；可换个名称，或确认替换")
        self.held = held


class UnknownView(ValueError):
    """There is no view of this name that the person may open."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        near = get_close_matches(name, known, 1)
        listed = f"可用的有：{'、'.join(known)}" if known else "还没有存过视图"
        super().__init__(f"没有视图“{name}”；{f'是否为“{near[0]}”？' if near else ''}{listed}")


class NotYourView(ValueError):
    """A view is changed by its owner alone."""

    def __init__(self, view: SavedView) -> None:
        super().__init__(f"视图“{view.name}”由 {view.owner} 保存，只有本人可以删除")


@dataclass(frozen=True)
class SavedView:
    """One view: parameters of the address of a page. Private ones are shown to their owner, who is known by name alone."""

    page: str
    name: str
    owner: str
    shared: bool
    query: Mapping[str, str]
    saved_at: datetime


def saved_views(store: Store, page: str, actor: str) -> tuple[SavedView, ...]:
    """The views of a page that a person may open, the person's own first."""
    rows = store.rows(load_sql("saved_views"), {"page": page, "actor": actor})
    return tuple(SavedView(page, name, owner, shared, json.loads(query), at) for name, owner, shared, query, at in rows)


def find_view(store: Store, page: str, name: str, actor: str) -> SavedView:
    """The view of a name, the person's own before a shared one. Raises UnknownView."""
    known = saved_views(store, page, actor)
    found = next((one for one in known if one.name == name.strip()), None)
    if found is None:
        raise UnknownView(name.strip(), tuple(one.name for one in known))
    return found


def save_view(
    store: Store,
    page: str,
    name: str,
    query: Mapping[str, str],
    *,
    shared: bool,
    actor: str,
    at: datetime,
    replace: bool = False,
) -> SavedView:
    """Save an address under a name. Raises ViewTaken (the person's own of that name, unless ``replace``), UnusableName."""
    kept = {key: value for key, value in query.items() if key not in PASSING and value}
    view = SavedView(page, usable_name(name), actor, shared, kept, at)
    with store.write() as cursor:
        held = {one.name: one for one in saved_views(store, page, actor) if one.owner == actor}.get(view.name)
        if held and not replace:
            raise ViewTaken(held)
        _drop(cursor, view)
        text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
        cursor.execute("INSERT INTO saved_view VALUES (?, ?, ?, ?, ?, ?)", [page, view.name, actor, shared, text, at])
        record(cursor, at, actor, "view_save", f"{page} {view.name}（{'共享' if shared else '仅自己'}）：{text}")
    return view


def delete_view(store: Store, view: SavedView, *, actor: str, at: datetime) -> None:
    """Take a view away. Raises NotYourView."""
    if view.owner != actor:
        raise NotYourView(view)
    with store.write() as cursor:
        _drop(cursor, view)
        record(cursor, at, actor, "view_delete", f"{view.page} {view.name}")


def _drop(cursor: Cursor, view: SavedView) -> None:
    cursor.execute(
        "DELETE FROM saved_view WHERE page = ? AND name = ? AND owner = ?", [view.page, view.name, view.owner]
    )
