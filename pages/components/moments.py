"""Since when changes are told: the last visit of this browser, the newest import, or a number of days."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from exports.formats import moment
from pages import cached_news
from pages.components.actions import now
from pages.components.url import param

COOKIE = "liantu_visit"
"""Set by static/app.js: the moment at which the visit before this one ended, in seconds; nothing about who it was."""
DAYS = {"7": 7, "30": 30}
WORDS = {"visit": "上次来访", "batch": "最近一批数据", "7": "7 天内", "30": "30 天内"}


def choices() -> dict[str, str]:
    """What one can choose from, by the value of parameter ``since``; the last visit only where it is known."""
    return {key: word for key, word in WORDS.items() if key != "visit" or _last_visit() is not None}


def chosen() -> str:
    """The choice of the address; the last visit otherwise, or the newest import where none is known."""
    known, asked = choices(), param("since")
    return asked if asked in known else next(iter(known))


def since(choice: str) -> datetime | None:
    """The moment of a choice; None where nothing was imported yet."""
    if choice in DAYS:
        return now().replace(hour=0, minute=0, second=0) - timedelta(days=DAYS[choice])
    return _last_visit() if choice == "visit" else cached_news.last_batch()


def said(choice: str, at: datetime) -> str:
    """The moment in words."""
    return f"{WORDS[choice]}（{moment(at)}）以来"


def _last_visit() -> datetime | None:
    text = st.context.cookies.get(COOKIE, "")
    if not text.isdecimal() or not 9 <= len(text) <= len("4102444800"):
        return None
    return datetime.fromtimestamp(int(text)).replace(second=0)
