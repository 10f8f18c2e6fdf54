"""Which verbs govern which item of a list: the grammar of a clause, for all clauses at once.

Items are read in order. A verb before a list governs what follows ("生产、销售：A、B"), a verb behind it what precedes
("A、B的研发、制造"), an item's own verb governs it first ("A制造，B销售"). The result of a clause depends on its text alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.matching.normalise import Bools, Ints
from analysis.matching.reading import (
    ADVERT,
    ALSO,
    BRIEF,
    KIND,
    LABEL,
    LABOUR,
    MADE_FIRST,
    NEEDED,
    NEG_END,
    NEG_START,
    NEG_VERB,
    NUMBER,
    POS_START,
    PUBLICITY,
    PURE,
    SOLD_FIRST,
    TOWARDS,
)
from analysis.matching.tokens import COLON, COMMA, INNER, OPENS, Flags
from analysis.matching.verbs import AGENCY, BUILD, CONSULT, FINISH, INVEST, MAKE, MAKING, MOVE, RUN, SERVE, STORE, TRADE

Masks = npt.NDArray[np.uint32]
Marks = npt.NDArray[np.uint32]

#: ``state`` of a governed token.
NEGATED, BRACKETED, OWN, LISTED, BARE_VERB, FAR = (1 << n for n in range(6))


@dataclass(frozen=True)
class Sequence:
    """Tokens in order: clause number, flags, and of their phrases the verb bits and marks."""

    clause: Ints
    flags: Flags
    lead: Masks
    trail: Masks
    marks: Marks


@dataclass(frozen=True)
class Governed:
    """``verbs`` that are said of each token, and its ``state``."""

    verbs: Masks
    state: Flags


def govern(tokens: Sequence) -> Governed:
    """Say of each token which verbs govern it and whether it is negated."""
    inner = (tokens.flags & INNER) > 0
    outer = np.flatnonzero(~inner)
    verbs = np.zeros(len(inner), dtype=np.uint32)
    state = np.zeros(len(inner), dtype=np.uint8)
    if not len(outer):
        return Governed(verbs, state)
    denied = _denied_inside(tokens, inner)
    parent = np.searchsorted(outer, np.arange(len(inner)), side="right") - 1
    said, taken = _from_brackets(tokens, inner, denied, parent, len(outer))
    part = _take(tokens, outer)
    verbs[outer], state[outer] = _outer(part, said)
    verbs[outer] &= ~taken
    within = np.flatnonzero(inner)
    own = tokens.lead[within] | tokens.trail[within]
    above = verbs[outer[parent[within]]]
    verbs[within] = np.where(own > 0, own, above)
    above_state = state[outer[parent[within]]] & np.uint8(NEGATED | OWN | LISTED)
    state[within] = above_state | np.uint8(BRACKETED) | denied[within].astype(np.uint8) * np.uint8(NEGATED)
    return Governed(verbs, state)


def _take(tokens: Sequence, rows: Ints) -> Sequence:
    return Sequence(tokens.clause[rows], tokens.flags[rows], tokens.lead[rows], tokens.trail[rows], tokens.marks[rows])


def _fill(events: Bools) -> Ints:
    """For each place, the last place up to it where ``events`` holds (-1: none)."""
    return np.maximum.accumulate(np.where(events, np.arange(len(events)), -1))


def _next(events: Bools) -> Ints:
    """For each place, the next place from it on where ``events`` holds (length: none)."""
    places = np.where(events, np.arange(len(events)), len(events))
    return np.minimum.accumulate(places[::-1])[::-1]


def _denied_inside(tokens: Sequence, inner: Bools) -> Bools:
    """Inner tokens that their brackets exclude: （不含A、B）, （A除外）, but not （含A，不含B）'s A."""
    opens = (tokens.flags & OPENS) > 0
    starts = inner & ((tokens.marks & NEG_START) > 0)
    resets = inner & (((tokens.marks & POS_START) > 0) | opens) & ~starts
    last = _fill(starts | resets | ~inner)
    denied = inner & (last >= 0) & starts[np.maximum(last, 0)]
    bracket = np.cumsum(opens)
    excepted = np.zeros(int(bracket[-1]) + 1 if len(bracket) else 1, dtype=np.bool_)
    excepted[bracket[inner & ((tokens.marks & NEG_END) > 0)]] = True
    return denied | (inner & excepted[bracket])


def _from_brackets(tokens: Sequence, inner: Bools, denied: Bools, parent: Ints, n: int) -> tuple[Masks, Masks]:
    """Verbs that brackets add to the token before them （生产、销售） and those they take away （不含生产）."""
    pure = inner & ((tokens.marks & PURE) > 0) & ((tokens.marks & KIND) == 0)
    own = tokens.lead | tokens.trail
    said, taken = np.zeros(n, dtype=np.uint32), np.zeros(n, dtype=np.uint32)
    adds = np.flatnonzero(pure & ~denied & (parent >= 0))
    np.bitwise_or.at(said, parent[adds], own[adds])
    takes = np.flatnonzero((pure & denied | inner & ((tokens.marks & NEG_VERB) > 0)) & (parent >= 0))
    np.bitwise_or.at(taken, parent[takes], own[takes])
    return said, taken


def _outer(part: Sequence, said: Masks) -> tuple[Masks, Flags]:
    """Verbs and state of the tokens outside brackets."""
    n = len(part.clause)
    place = np.arange(n)
    first = np.concatenate(([True], part.clause[1:] != part.clause[:-1]))
    last_of_clause = np.concatenate((first[1:], [True]))
    colon = (part.flags & COLON) > 0
    pure = (part.marks & PURE) > 0
    labelled = (part.marks & LABEL) > 0
    breaks = ((part.marks & NUMBER) > 0) | (~pure & labelled & (colon | ((part.lead | part.trail) == 0)))
    breaks |= colon & ~pure & ((part.lead | part.trail) == 0)
    heads = colon & ~breaks
    noun = ~pure & ~breaks & ~heads
    run_mask, forward, behind = _verb_runs(part, pure & ~breaks, colon, noun, first, last_of_clause)
    trail = np.where(noun, part.trail | behind, 0).astype(np.uint32)
    lead = np.where(noun, part.lead, 0).astype(np.uint32)
    before = np.concatenate(([np.uint32(0)], np.where(forward, run_mask, 0)[:-1])).astype(np.uint32)
    lead = np.where((lead > 0) & ~first, lead | before, lead)
    given = np.where(heads & ~pure, part.lead | part.trail | before, np.where(forward, run_mask, lead)).astype(
        np.uint32
    )

    from_left, left_at = _from_left(given, trail, breaks, first, colon, (part.flags & COMMA) > 0)
    passing = _in_passing(part, noun, trail, given, pure, behind)
    leftwards = np.where(passing, 0, _first_of_two(part, trail)).astype(np.uint32)
    from_right, right_at = _from_right(given, leftwards, breaks, part.clause)
    # the second noun of "乙销售及丙" waits for a verb further on
    waits = np.flatnonzero((leftwards > 0) & (trail == 0) & ~last_of_clause)
    from_right[waits] = from_right[waits + 1]
    group = np.cumsum((part.flags & COMMA) > 0)
    mixed = np.zeros(int(part.clause.max()) + 1, dtype=np.bool_)
    mixed[part.clause[~first & ((part.flags & COMMA) == 0)]] = True
    nearer = (
        mixed[part.clause] & (group[np.minimum(right_at, n - 1)] == group) & (group[np.maximum(left_at, 0)] != group)
    )
    listed = np.where((from_left > 0) & ~(nearer & (from_right > 0)), from_left, from_right)
    # bare verbs behind an item add to what governs it: "生产A、B，并提供售后服务" still says that B is made
    own = lead | np.where(noun, part.trail, 0).astype(np.uint32)
    own = np.where(_needed(part, first) & (from_left > 0) & (lead == 0), 0, own).astype(np.uint32)
    also = ((part.marks & ALSO) > 0) & (lead == 0) & (from_left > 0)
    verbs = np.where(own > 0, np.where(also, own | from_left, own), listed) | behind | np.where(noun, said, 0)
    verbs = np.where(pure, part.lead | part.trail, np.where(breaks, 0, verbs)).astype(np.uint32)
    verbs = np.where(_beside(part, first, LABOUR), verbs & ~np.uint32(MAKING | FINISH) | np.uint32(BUILD), verbs)
    shown = _beside(part, first, ADVERT) & ((part.marks & PUBLICITY) == 0) & ~pure
    verbs = np.where(shown & (verbs > 0), verbs & ~np.uint32(MAKING) | np.uint32(SERVE), verbs)
    verbs = np.where(_invested(part, first), np.uint32(INVEST), verbs)
    denied = _denied_outside(part, first, own)
    state = denied.astype(np.uint8) * np.uint8(NEGATED) | ((own > 0) & ~pure).astype(np.uint8) * np.uint8(OWN)
    left = (from_left > 0) & ~(nearer & (from_right > 0))
    governor = np.where(left, np.maximum(left_at, 0), np.minimum(right_at, n - 1))
    # the verb stands behind (or before) a comma: 装饰工程，工程咨询服务
    state |= ((own == 0) & (verbs > 0) & ~pure & (group[governor] != group)).astype(np.uint8) * np.uint8(FAR)
    state |= ((own == 0) & (verbs > 0) & ~pure).astype(np.uint8) * np.uint8(LISTED) | pure.astype(np.uint8) * np.uint8(
        BARE_VERB
    )
    assert len(place) == len(state)
    return verbs, state


def _verb_runs(
    part: Sequence, pure: Bools, colon: Bools, noun: Bools, first: Bools, last: Bools
) -> tuple[Masks, Bools, Masks]:
    """Runs of bare verbs: their bits at the run's last place, whether they look forward, and bits given to the noun before."""
    n = len(pure)
    behind = np.zeros(n, dtype=np.uint32)
    run_mask = np.zeros(n, dtype=np.uint32)
    forward = np.zeros(n, dtype=np.bool_)
    rows = np.flatnonzero(pure)
    if not len(rows):
        return run_mask, forward, behind
    fresh = np.concatenate(([True], (np.diff(rows) > 1) | first[rows[1:]] | colon[rows[:-1]]))
    starts = np.flatnonzero(fresh)
    bits = part.lead | part.trail
    # agencies stand for themselves: in "设备租赁、货运代理" nothing is said of 设备
    masks = np.bitwise_or.reduceat(np.where((bits[rows] & AGENCY) > 0, 0, bits[rows]).astype(np.uint32), starts)
    begin, end = rows[starts], rows[np.concatenate((starts[1:], [len(rows)])) - 1]
    has_next = ~last[end]
    # 轴承，经营方式：加工 — behind a label at the end, verbs look back over it
    label = ~first[begin] & ~noun[np.maximum(begin - 1, 0)] & ~has_next & (begin > 1)
    target = np.maximum(begin - 1 - label, 0)
    label &= noun[target] & ~first[np.maximum(begin - 1, 0)]
    target = np.where(label, target, np.maximum(begin - 1, 0))
    opens_clause = first[begin] | ~noun[target]
    after = np.minimum(end + 1, n - 1)
    next_leads = has_next & noun[after] & (part.lead[after] > 0)
    previous_ends = ~opens_clause & (part.trail[target] > 0)
    looks_forward = colon[end] | opens_clause | (next_leads & ~previous_ends)
    run_mask[end] = masks
    forward[end] = looks_forward & has_next
    back = ~looks_forward & ~opens_clause
    alone = np.where(part.trail[target[back]] > 0, np.uint32(MOVE | STORE | CONSULT | INVEST | RUN), np.uint32(0))
    behind[target[back]] = masks[back] & ~alone
    return run_mask, forward, behind


def _needed(part: Sequence, first: Bools) -> Bools:
    """Items of a list that ends in 所需: in "采购茶叶种植、水产养殖所需的肥料" nothing is grown."""
    needed = (part.marks & NEEDED) > 0
    if not needed.any():
        return needed
    at = _next(needed | first)
    after = np.concatenate((at[1:], [len(at)]))
    return needed | (
        (after < len(at)) & needed[np.minimum(after, len(at) - 1)] & ~first[np.minimum(after, len(at) - 1)]
    )


def _first_of_two(part: Sequence, trail: Masks) -> Masks:
    """What an item says of those before it: of "甲、乙销售及丙制造" 甲 hears only the first verb."""
    sold, made = (part.marks & SOLD_FIRST) > 0, (part.marks & MADE_FIRST) > 0
    first = sold * np.uint32(TRADE) | made * np.uint32(MAKE)
    return np.where(first > 0, first, trail).astype(np.uint32)


def _beside(part: Sequence, first: Bools, mark: int) -> Bools:
    """Items between the same commas as a 分包 or 发布: in "木制作、焊接、油漆作业分包" nothing is made."""
    marked = (part.marks & mark) > 0
    if not marked.any():
        return marked
    group = np.cumsum(first | ((part.flags & COMMA) > 0)) - 1
    held = np.zeros(int(group[-1]) + 1, dtype=np.bool_)
    held[group[marked]] = True
    return held[group]


def _invested(part: Sequence, first: Bools) -> Bools:
    """Items between 对 and 投资: who invests in 污水处理 treats no sewage."""
    towards = first & ((part.marks & TOWARDS) > 0)
    if not towards.any():
        return towards
    investing = (part.trail & np.uint32(INVEST)) > 0
    opened = towards[_fill(first)]
    at = np.minimum(_next(investing), len(first) - 1)
    return opened & investing[at] & (part.clause[at] == part.clause)


def _in_passing(part: Sequence, noun: Bools, trail: Masks, given: Masks, pure: Bools, behind: Masks) -> Bools:
    """Items with a verb of their own inside a list without verbs: in "鞋、服装加工、帽、手套" only 服装 is processed."""
    n = len(noun)
    follows = np.minimum(np.arange(n) + 1, n - 1)
    bare_next = (part.clause[follows] == part.clause) & (np.arange(n) < n - 1) & noun[follows]
    bare_next &= (trail[follows] == 0) & (given[follows] == 0) & ((part.flags[follows] & COMMA) == 0)
    speaks = (trail > 0) | (given > 0) | pure
    later = _next(speaks)
    later = np.concatenate((later[1:], [n]))
    silent = (later >= n) | (part.clause[np.minimum(later, n - 1)] != part.clause)
    brief = (part.marks & BRIEF) > 0
    return (trail > 0) & brief & (given == 0) & (behind == 0) & bare_next & silent


def _from_left(
    given: Masks, trail: Masks, breaks: Bools, first: Bools, colon: Bools, comma: Bools
) -> tuple[Masks, Ints]:
    """Verbs that govern from the left; a verb with a colon reaches over an item with its own trailing verb."""
    n = len(given)
    strong = (given > 0) & colon
    # 销售：甲、组装乙、丙 — a verb inside the list is that item's own
    given = np.where(_in_list(given, breaks, first, strong, comma), 0, given).astype(np.uint32)
    ends = (trail > 0) & (given == 0)
    event = (given > 0) | ends | breaks
    shifted = np.concatenate((_fill(event)[:1] * 0 - 1, _fill(event)[:-1])) if n else np.empty(0, np.int64)
    start = _fill(first)
    last_wall = np.concatenate(([-1], _fill(((given > 0) & ~strong) | breaks)[:-1]))
    last_strong = np.concatenate(([-1], _fill(strong)[:-1]))
    normal = np.where(shifted >= start, given[np.maximum(shifted, 0)], 0)
    normal = np.where((shifted >= 0) & breaks[np.maximum(shifted, 0)], 0, normal)
    reaches = (last_strong >= start) & (last_strong > last_wall)
    verbs = np.where(normal > 0, normal, np.where(reaches, given[np.maximum(last_strong, 0)], 0)).astype(np.uint32)
    return verbs, np.where(normal > 0, shifted, last_strong)


def _in_list(given: Masks, breaks: Bools, first: Bools, strong: Bools, comma: Bools) -> Bools:
    """Verbs of items in a list that a verb with a colon opened and no comma, break or later colon has closed."""
    opened = _fill(strong | breaks | first | comma)
    return (given > 0) & ~strong & ~comma & ~first & strong[opened]


def _from_right(given: Masks, trail: Masks, breaks: Bools, clause: Ints) -> tuple[Masks, Ints]:
    """Verbs behind the list that a bare item stands in."""
    n = len(given)
    event = (given > 0) | (trail > 0) | breaks
    at = _next(event)
    safe = np.minimum(at, n - 1)
    valid = (at < n) & (clause[safe] == clause) & (given[safe] == 0) & ~breaks[safe]
    return np.where(valid, trail[safe], 0).astype(np.uint32), at


def _denied_outside(part: Sequence, first: Bools, own: Masks) -> Bools:
    """Items excluded outside brackets: 不含A、B; 除A外; A除外."""
    starts = (part.marks & NEG_START) > 0
    resets = (first | ((part.flags & COMMA) > 0) | (own > 0)) & ~starts
    last = _fill(starts | resets)
    return starts[np.maximum(last, 0)] & (last >= 0) | ((part.marks & NEG_END) > 0)
