"""The ticks of a session: which rows of which list are chosen, across its pages and filters, until they are cleared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

_TICKS = "ticks"


@dataclass
class Ticks:
    """The chosen rows of one list by id, in the order of choosing; ``stamp`` grows with every clearing."""

    ids: list[str] = field(default_factory=list)
    stamp: int = 0


def ticks(scope: str) -> Ticks:
    """The ticks of the list ``scope``, kept in the session."""
    held: dict[str, Ticks] = st.session_state.setdefault(_TICKS, {})
    return held.setdefault(scope, Ticks())


def ticked(scope: str, among: Iterable[str]) -> list[str]:
    """The chosen ids that are still ``among`` the rows of the list."""
    chosen = ticks(scope).ids
    known = set(among) if chosen else set()
    return [one for one in chosen if one in known]


def clear(scope: str) -> None:
    """Take every tick of the list away; what the browser tells of the time before is no longer heard."""
    held = ticks(scope)
    held.ids, held.stamp = [], held.stamp + 1


def say_ticked(scope: str, chosen: Sequence[str], listed: Iterable[str], unit: str) -> None:
    """How many rows are chosen, how many of them the filters hide, and a button that clears them; nothing for none."""
    if not chosen:
        return
    hidden = len(set(chosen) - set(listed))
    beside = f"，其中 {hidden} {unit}不在当前筛选内" if hidden else ""
    st.html(f'<span class="lt-note">已选 {len(chosen)} {unit}{beside}</span>', width="content")
    st.button("清除已选", on_click=clear, args=(scope,), key=f"clear_{scope}")


def hear(told: Mapping[str, Any]) -> None:
    """Take in what the browser tells: of the rows ``shown`` on the page of list ``scope``, those ``picked`` are ticked."""
    held = ticks(str(told["scope"]))
    if told["stamp"] != held.stamp:
        return
    shown = {str(one) for one in told["shown"]}
    picked = [str(one) for one in told["picked"]]
    before = [one for one in held.ids if one not in shown or one in picked]
    held.ids = before + [one for one in picked if one not in before]
