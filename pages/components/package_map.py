"""A package, or two versions of it, as a map with its legend and the list of what changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from chains.changes import KINDS_OF_CHANGE, Change, changes
from chains.model import Chain
from pages.components.chain_map import show_chain_map
from pages.components.html import esc
from pages.components.url import link
from pages.figures.package_svg import EDGE_WORDS, LETTERS, change_mark, drawable, package_svg

_EDGE_MARK = '<span class="lt-key-edge lt-key-edge-{kind}"></span>'
_STARTS = {"added": "新增供应", "removed": "取消供应"}


def show_map(old: Chain | None, new: Chain, key: str) -> None:
    """The map; a card opens its segment in the preview."""
    if not drawable(new).segments:
        st.html('<p class="lt-note">还没有可画的环节。</p>')
        return
    if old is not None:
        st.html(_legend())

    def open_segment(segment_id: str) -> str:
        return link("packages", chain=new.id, view="check", segment=segment_id)

    show_chain_map(lambda width: package_svg(old, new, open_segment, width), only_gaps=False, key=key)


def change_list(found: Sequence[Change]) -> None:
    """Every change as a line with its mark."""
    if not found:
        st.html('<p class="lt-note">没有不同。</p>')
        return
    lines = "".join(f"<li>{_mark(one)}<span>{esc(one.sentence)}</span></li>" for one in found)
    st.html(f'<ul class="lt-changes">{lines}</ul>')


def compare(old: Chain, new: Chain, key: str) -> None:
    """Two versions on one map, and every change."""
    show_map(old, new, key)
    change_list(changes(old, drawable(new)))


def _mark(change: Change) -> str:
    if change.kind in LETTERS:
        return change_mark(change.kind)
    word = next((kind for kind, said in _STARTS.items() if change.sentence.startswith(said)), "changed")
    return _EDGE_MARK.format(kind=word)


def _legend() -> str:
    marks = "".join(f'<span class="lt-key">{change_mark(kind)}{esc(KINDS_OF_CHANGE[kind])}</span>' for kind in LETTERS)
    edges = "".join(
        f'<span class="lt-key">{_EDGE_MARK.format(kind=kind)}{esc(word)}</span>' for kind, word in EDGE_WORDS.items()
    )
    return f'<div class="lt-legend lt-changes-legend">{marks}{edges}</div>'
