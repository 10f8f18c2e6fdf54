"""What a state of the map changes, said in a line above it."""

from __future__ import annotations

import streamlit as st

from analysis.coverage import NO_REGISTER
from chains.words import LABELS
from pages import cached_view
from pages.components.frame import notice
from pages.components.html import anchor, esc
from pages.components.url import here, link
from services.counting import TIER_NOTES, TIERS
from services.map_view import STATES, View
from services.signed import SIGNED_NOTE
from services.whatif import ASSUMPTIONS, WhatIf

NAMED = 4


def tell_view(view: View) -> None:
    """One line for each switch that is not at its usual place: what it does, and how many segments it changes."""
    if view.tier != "confirmed":
        view_line(f"证据档“{TIERS[view.tier]}”", f"{TIER_NOTES[view.tier]}，应有数与对照基准按同一档计。")
    if view.state == "whatif" and not view.scenario:
        _nothing_asked(view)
        return
    found = cached_view.outcome(view)
    if found is not None:
        _state(view, *found)


def _state(view: View, found: WhatIf, unknown: str) -> None:
    if unknown:
        notice("warned", f"{unknown}。已略去，按其余的推演。")
    if not found.before.coverage.known and view.state == "signed":
        notice("warned", f"{NO_REGISTER}，没有签约项目可算；图上仍是今天。")
        return
    view_line(STATES[view.state], _changes(found), SIGNED_NOTE if view.state == "signed" else ASSUMPTIONS)
    for note in found.notes:
        notice("warned", f"{note}。")


def _changes(found: WhatIf) -> str:
    """How many cards are others than today, and which."""
    rows = found.changes
    flips = rows[rows.label_before != rows.label_after]
    counts = (rows.n_local_before != rows.n_local_after) | (rows.nominal_before != rows.nominal_after)
    counted = counts.fillna(False) & (rows.label_before == rows.label_after)
    each = [
        f"{row['name']}由{LABELS[row.label_before]}变{LABELS[row.label_after]}"
        for _, row in flips.head(NAMED).iterrows()
    ]
    named = f"（{'、'.join(each)}{'等' if len(flips) > NAMED else ''}）" if each else ""
    told = f"与今天相比，{len(flips)} 个环节的判定改变{named}"
    return f"{told}，另有 {int(counted.sum())} 个环节只变企业数或项目数。" if counted.any() else f"{told}。"


def _nothing_asked(view: View) -> None:
    chosen = anchor("去“推演”页选企业和项目 →", link("whatif", chain=view.chain_id))
    back = anchor("看含签约项目", here("chain_map", state="signed"))
    view_line("推演", "还没有选落地企业或开工项目，图上仍是今天。", action=chosen + back)


def view_line(head: str, told: str, how: str = "", action: str = "") -> None:
    """A line on a switch: what it does, how that is counted (folded away), and what can be done (HTML)."""
    more = f"<details><summary>怎么算的</summary><p>{esc(how)}</p></details>" if how else ""
    st.html(f'<div class="lt-view-line" role="status"><b>{esc(head)}</b><span>{esc(told)}</span>{action}{more}</div>')
