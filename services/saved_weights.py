"""Weights that people save under a name, shared by all who use the store; who and when stands in the record of changes."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from analysis.gaps import PART_NAMES as GAP_PARTS
from analysis.scoring import check_weights
from analysis.targets import PART_NAMES as TARGET_PARTS
from data.sql import load_sql
from data.store import Store
from services.audit import record

PARTS: Mapping[str, Mapping[str, str]] = {"gaps": GAP_PARTS, "targets": TARGET_PARTS}
"""Kinds of weights, each with its parts and their Chinese names."""
LONGEST = 30
"""Characters of a name."""


class UnusableName(ValueError):
    """A name that is empty, too long or holds signs that cannot be seen."""

    def __init__(self) -> None:
        super().__init__(f"权重方案要有名称：1 到 {LONGEST} 个字，不能有换行等看不见的字符")


class NameTaken(ValueError):
    """There are other weights of this name."""

    def __init__(self, held: SavedWeights) -> None:
        super().__init__(
            f"已有权重方案“{held.name}”（{held.saved_by} 存于 {held.saved_at:%Y-%m-%d %H:%M}）；可换个名称，或确认替换"
        )
        self.held = held


class UnknownWeights(ValueError):
    """There are no weights of this name."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        near = get_close_matches(name, known, 1)
        listed = f"已存的有：{'、'.join(known)}" if known else "还没有存过权重方案"
        super().__init__(f"没有权重方案“{name}”；{f'是否为“{near[0]}”？' if near else ''}{listed}")


@dataclass(frozen=True)
class SavedWeights:
    """One set of weights, part → weight."""

    kind: str
    name: str
    weights: Mapping[str, float]
    saved_by: str
    saved_at: datetime


def saved_weights(store: Store, kind: str) -> tuple[SavedWeights, ...]:
    """Every saved set of a kind (``PARTS``), by name."""
    rows = store.rows(load_sql("saved_weights"), {"kind": kind})
    return tuple(SavedWeights(kind, name, json.loads(weights), by, at) for name, weights, by, at in rows)


def find_weights(store: Store, kind: str, name: str) -> SavedWeights:
    """The saved set of a name. Raises UnknownWeights, which names the others."""
    known = {one.name: one for one in saved_weights(store, kind)}
    if (asked := name.strip()) not in known:
        raise UnknownWeights(asked, tuple(known))
    return known[asked]


def save_weights(
    store: Store, kind: str, name: str, weights: Mapping[str, float], *, actor: str, at: datetime, replace: bool = False
) -> SavedWeights:
    """Save weights under a name.

    Raises NameTaken (the name is used for a set of the kind and ``replace`` is not given), UnusableName, WeightError.
    """
    check_weights(weights, tuple(PARTS[kind]))
    saved = SavedWeights(kind, usable_name(name), dict(weights), actor, at)
    with store.write() as cursor:
        held = {one.name: one for one in saved_weights(store, kind)}.get(saved.name)
        if held and not replace:
            raise NameTaken(held)
        cursor.execute("DELETE FROM saved_weights WHERE kind = ? AND name = ?", [kind, saved.name])
        text = json.dumps(saved.weights, ensure_ascii=False)
        cursor.execute("INSERT INTO saved_weights VALUES (?, ?, ?, ?, ?)", [kind, saved.name, text, actor, at])
        before = f"，原为 {_told(held.weights)}" if held else ""
        record(cursor, at, actor, "weights_save", f"{kind} {saved.name}：{_told(saved.weights)}{before}")
    return saved


def delete_weights(store: Store, kind: str, name: str, *, actor: str, at: datetime) -> None:
    """Take a saved set away. Raises UnknownWeights."""
    held = find_weights(store, kind, name)
    with store.write() as cursor:
        cursor.execute("DELETE FROM saved_weights WHERE kind = ? AND name = ?", [kind, held.name])
        record(cursor, at, actor, "weights_delete", f"{kind} {held.name}：{_told(held.weights)}")


def usable_name(text: str) -> str:
    """The name without blanks around it. Raises UnusableName.

    >>> usable_name(" 重关键环节 ")
    '重关键环节'
    """
    name = text.strip()
    if not 0 < len(name) <= LONGEST or any(unicodedata.category(sign)[0] == "C" for sign in name):
        raise UnusableName
    return name


def _told(weights: Mapping[str, float]) -> str:
    return " ".join(f"{part}={weight:g}" for part, weight in weights.items())
