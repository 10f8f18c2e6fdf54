"""The list of pairs that a session goes through: made once, then gone along without working anything out anew."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from chains.model import Chain
from data.decisions import Decision
from pages import cached
from services.review import Pair
from services.review_queue import review_pair

_QUEUE = "review_queue"
_MINE = "review_mine"


@dataclass
class Queue:
    """Pairs still to be shown, in order, and those put aside; gaps (segment_id, label) as they were then, most urgent first."""

    key: tuple[str, ...]
    waiting: list[Pair]
    gaps: pd.DataFrame
    skipped: list[Pair] = field(default_factory=list)


def queue_of(chain: Chain, view: str, segment_id: str | None) -> Queue:
    """The queue of this session for these filters; made anew when the filters, the pairs or the home region changed."""
    key = (chain.id, view, segment_id or "", cached.pairs_version())
    held = st.session_state.get(_QUEUE)
    if not isinstance(held, Queue) or held.key != key:
        held = Queue(key, _pairs(chain, view, segment_id), cached.state(chain.id).gaps[["segment_id", "label"]])
        st.session_state[_QUEUE] = held
    return held


def start_again() -> None:
    """Forget the list and what was skipped: the next drawing makes it anew from the present state."""
    st.session_state.pop(_QUEUE, None)


def next_pair(chain: Chain, queue: Queue) -> tuple[Pair, pd.Series] | None:
    """The first pair that nobody decided meanwhile, with what is known of it; None at the end of the list."""
    while queue.waiting:
        pair = queue.waiting[0]
        row = review_pair(cached.store(), chain, pair, cached.context().home)
        if row is not None and row.decided_by == "rule":
            return pair, row
        queue.waiting.pop(0)
    return None


def leave(pair: Pair, *, skipped: bool = False) -> None:
    """Go on to the next pair; a skipped one comes again when the list is gone through."""
    held = st.session_state.get(_QUEUE)
    if not isinstance(held, Queue):
        return
    held.waiting = [other for other in held.waiting if other != pair]
    if skipped:
        held.skipped.append(pair)


def settle(segment_id: str) -> None:
    """A segment has the label that was in question: its other pairs come last."""
    held = st.session_state.get(_QUEUE)
    if isinstance(held, Queue):
        rest = [pair for pair in held.waiting if pair[0] == segment_id]
        held.waiting = [pair for pair in held.waiting if pair[0] != segment_id] + rest


def bring_back(pair: Pair) -> None:
    """Show a pair again next."""
    held = st.session_state.get(_QUEUE)
    if isinstance(held, Queue):
        held.skipped = [other for other in held.skipped if other != pair]
        held.waiting = [pair, *(other for other in held.waiting if other != pair)]


def look_again() -> None:
    """Take up the skipped pairs."""
    held = st.session_state.get(_QUEUE)
    if isinstance(held, Queue):
        held.waiting, held.skipped = [*held.waiting, *held.skipped], []


def remember(decision: Decision) -> None:
    """Note a decision of this session, so that one key takes it back."""
    st.session_state.setdefault(_MINE, []).append(decision)


def last_decision(chain_id: str) -> Decision | None:
    """The newest decision of this session in the chain that was not taken back by it."""
    mine = [one for one in st.session_state.get(_MINE, []) if one.chain_id == chain_id]
    return mine[-1] if mine else None


def forget(decision: Decision) -> None:
    """A decision was taken back."""
    st.session_state[_MINE] = [one for one in st.session_state.get(_MINE, []) if one != decision]


def _pairs(chain: Chain, view: str, segment_id: str | None) -> list[Pair]:
    rows = cached.review_queue(chain.id, view)
    if segment_id:
        rows = rows[rows.segment_id == segment_id]
    return list(rows[["segment_id", "firm_id"]].itertuples(index=False, name=None))
