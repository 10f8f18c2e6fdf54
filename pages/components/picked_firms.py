"""What is done with firms ticked in a list: put on the catalogue, compared; who follows them already is said before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis.search.filter import Filter
from pages import cached, cached_lists, cached_search
from pages.components.actions import actor, now
from pages.components.add_to_catalogue import offer_draft
from pages.components.frame import notice
from pages.components.html import esc
from pages.components.ticks import clear
from services.claims import hints
from services.picked_firms import add_found

MOST_COMPARED = 5
NAMED = 3


def warn(picked: Sequence[str]) -> None:
    """Say who follows which of the firms already: 首报首谈."""
    if not picked:
        return
    found = cached_lists.followed(picked)
    near = hints(cached_lists.claims(picked), actor())
    if found:
        names = cached_search.names(tuple(found))
        told = [f"{names.get(firm, firm)}：{'、'.join(why)}" for firm, why in list(found.items())[:NAMED]]
        more = f"；另有 {len(found) - NAMED} 家" if len(found) > NAMED else ""
        notice("warned", f"勾选的企业中有 {len(found)} 家已有人跟进，联系前请先沟通。{'；'.join(told)}{more}")
    if near:
        names = cached_search.names(tuple(near))
        told = [f"{names.get(firm, firm)}与{'、'.join(why)}" for firm, why in list(near.items())[:NAMED]]
        st.html(f'<p class="lt-note">同字号的企业有人跟进，可先问一句：{esc("；".join(told))}</p>')


def add_button(wanted: Filter, picked: Sequence[str], scope: str) -> None:
    """Put the firms on the draft of the chain asked; one must be chosen, as a catalogue is of one chain."""
    chain = next((chain for chain in cached.chains() if chain.id == wanted.chain), None)
    offer_draft(
        f"把勾选的 {len(picked)} 家加入招商目录",
        picked,
        partial(_add, wanted, tuple(picked), scope),
        key="add_picked",
        disabled=not picked or chain is None,
        told="" if chain else "招商目录按产业链编：先在上面选一条产业链，企业会加到它在该链匹配分最高的环节",
    )


def compare_button(picked: Sequence[str], chain_id: str | None = None, segment_id: str | None = None) -> None:
    """Open the comparison of the firms, at most five, with their scores in a segment where one is named."""
    fits = 2 <= len(picked) <= MOST_COMPARED
    st.button(
        f"比较勾选的 {len(picked)} 家",
        disabled=not fits,
        on_click=_compare,
        args=(tuple(picked), chain_id, segment_id),
        key="compare_picked",
        help=None if fits else f"勾选 2 到 {MOST_COMPARED} 家并列比较",
    )


def _compare(firms: tuple[str, ...], chain_id: str | None, segment_id: str | None) -> None:
    said = {"compare": ",".join(firms), "chain": chain_id, "segment": segment_id}
    st.query_params.update({name: value for name, value in said.items() if value})


def _add(wanted: Filter, firms: tuple[str, ...], scope: str, reason: str) -> str:
    chain, home = cached.chain(wanted.chain or ""), cached.context().home.adcode
    rows = cached_search.described(firms)
    added = add_found(cached.store(), chain, home, rows, wanted, actor=actor(), at=now(), reason=reason)
    clear(scope)
    return added.told(chain.name)
