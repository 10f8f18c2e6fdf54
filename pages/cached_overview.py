"""The screen of 总览, drawn once for everyone who looks at the same data on the same day; keys as in ``pages.cached``."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from pages import cached, cached_news
from pages.components import moments
from pages.components import overview as drawing
from pages.components.url import param
from services.attention import refusals


def screen() -> str:
    """The screen as HTML, with what changed since the moment of the address."""
    key, choice = cached.versions(), moments.chosen()
    at, n_refused = moments.since(choice), refusals(cached.store())
    return _screen(key.lists, key.facts, key.firms, cached_news.today(), n_refused, choice, at, param("since"))


@st.cache_resource(show_spinner="正在汇总各条产业链…", max_entries=64)
def _screen(
    lists: str, facts: str, firms: str, day: date, n_refused: int, choice: str, at: datetime | None, asked: str | None
) -> str:
    return drawing.screen(choice, at)
