"""What frames every page: header, sections, empty states."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from pages.components.html import anchor, count_link, esc
from pages.components.url import link
from services.context import Context


def header(title: str, lead: str, context: Context | None = None, chain: str | None = None) -> None:
    """Title, what the page is for, and of what region, chain, date and source its figures are."""
    st.html(
        f'<header class="lt-head"><div><h1>{esc(title)}</h1><p class="lt-lead">{esc(lead)}</p></div>'
        f"{_context(context, chain) if context else ''}</header>"
    )


def _context(context: Context, chain: str | None) -> str:
    mark = f'<span class="lt-demo">{esc(context.mark)}</span>' if context.demo else ""
    first, *others = context.sources or ("无",)
    more = f" 等 {len(others) + 1} 个" if others else ""
    whole = "、".join(context.sources)
    told = f"<span>产业链 <b>{esc(chain)}</b></span>" if chain else ""
    return (
        f'<div class="lt-context">{mark}<span>本地 <b>{esc(context.home.full_name)}</b></span>{told}'
        f"<span>数据截至 <b>{context.span}</b></span>"
        f'<span title="{esc(whole)}">来源 <b>{esc(first)}</b>{more}</span>'
        f"<span>企业 {count_link(context.n_local, link('rows', of='firms'))} / 全库 "
        f"{count_link(context.n_firms, link('rows', of='firms', all=1))} 家</span></div>"
    )


def section(title: str, note: str = "") -> None:
    """A heading inside a page with a quiet note beside it."""
    st.html(f'<div class="lt-section"><h2>{esc(title)}</h2>{f"<p>{esc(note)}</p>" if note else ""}</div>')


Kind = Literal["done", "warned", "failed"]


def notice(kind: Kind, sentence: object) -> None:
    """A sentence on what came of an action or what is to be minded; what it holds from data stays text."""
    role = "status" if kind == "done" else "alert"
    st.html(f'<p class="lt-notice lt-notice-{kind}" role="{role}">{esc(sentence)}</p>')


def empty(title: str, what_to_do: str, go: tuple[str, str] | None = None) -> None:
    """Nothing to show: what to do next, and the link that does it (text, address)."""
    st.html(empty_box(title, what_to_do, go))


def nothing(sentence: str, go: tuple[str, str] | None = None) -> None:
    """One part of a page has nothing to show: a line, and the link that may change it (text, address)."""
    st.html(f'<p class="lt-note">{esc(sentence)}{f" {anchor(*go)}" if go else ""}</p>')


def empty_box(title: str, what_to_do: str, go: tuple[str, str] | None = None) -> str:
    """As :func:`empty`, to be put into other HTML."""
    button = anchor(go[0], go[1], "lt-go lt-go-main") if go else ""
    return f'<div class="lt-empty"><h3>{esc(title)}</h3><p>{esc(what_to_do)}</p>{button}</div>'
