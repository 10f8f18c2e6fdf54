"""The list of pairs that a session goes through: made once, then gone along without working anything out anew."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from chains.model import Chain
from data.decisions import Decision
from pages import cached, cached_review
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

    def drop(self, pair: Pair) -> None:
        """Take a pair off the list."""
        for pairs in (self.waiting, self.skipped):
            if pair in pairs:
                pairs.remove(pair)


def queue_of(chain: Chain, view: str, segment_id: str | None) -> Queue:
    """The queue of this session for these filters; made anew when the filters, the pairs or the home region changed."""
    key = (chain.id, view, segment_id or "", cached_review.pairs_version())
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


@dataclass
class Mine:
    """The decisions of a session that it did not take back, newest last; ``turn`` grows with everything that it does."""

    decisions: list[Decision] = field(default_factory=list)
    turn: int = 0


@dataclass(frozen=True)
class Held:
    """The session's list and what it did.

    Fetched before a change and changed in place after it: a new click may stop a callback wherever it touches the
    session's state, and what was written must not be forgotten then.
    """

    queue: Queue | None
    mine: Mine

    def is_past(self, turn: int) -> bool:
        """Whether something was done since the page with the buttons of ``turn`` was drawn: they are pressed no more."""
        return turn != self.mine.turn

    def decided(self, decision: Decision, *, settled: bool) -> None:
        """Go on to the next pair; where the label in question is settled, the segment's other pairs come last."""
        self.mine.turn += 1
        if decision not in self.mine.decisions:
            self.mine.decisions.append(decision)
        if self.queue is None:
            return
        self.queue.drop((decision.segment_id, decision.firm_id))
        if settled:
            waiting = self.queue.waiting
            waiting.sort(key=lambda pair: pair[0] == decision.segment_id)

    def taken_back(self, decision: Decision) -> None:
        """Show the pair again next."""
        self.mine.turn += 1
        if decision in self.mine.decisions:
            self.mine.decisions.remove(decision)
        if self.queue is not None:
            pair = (decision.segment_id, decision.firm_id)
            self.queue.drop(pair)
            self.queue.waiting.insert(0, pair)

    def skipped(self, pair: Pair) -> None:
        """Go on to the next pair; this one comes again when the list is gone through."""
        self.mine.turn += 1
        if self.queue is not None:
            self.queue.drop(pair)
            self.queue.skipped.append(pair)

    def last(self, chain_id: str) -> Decision | None:
        """The newest decision of this session in the chain."""
        return next((one for one in reversed(self.mine.decisions) if one.chain_id == chain_id), None)


def hold() -> Held:
    """The list and the decisions of this session."""
    queue = st.session_state.get(_QUEUE)
    if _MINE not in st.session_state:
        st.session_state[_MINE] = Mine()
    return Held(queue if isinstance(queue, Queue) else None, st.session_state[_MINE])


def look_again() -> None:
    """Take up the skipped pairs."""
    queue = hold().queue
    if queue is not None:
        queue.waiting.extend(queue.skipped)
        queue.skipped.clear()


def _pairs(chain: Chain, view: str, segment_id: str | None) -> list[Pair]:
    rows = cached_review.review_queue(chain.id, view)
    if segment_id:
        rows = rows[rows.segment_id == segment_id]
    return list(rows[["segment_id", "firm_id"]].itertuples(index=False, name=None))
