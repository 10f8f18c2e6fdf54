"""Whether a label would stand if one looked at it another way."""

from __future__ import annotations

from chains.words import LABELS, MEASURES
from exports.formats import decimal
from pages.components.html import esc
from services.loop import ChainState


def second_opinion(segment_id: str, state: ChainState) -> tuple[str, str]:
    """The label by the other measure: what it is called, and what it says."""
    at = state.labels.segment_id == segment_id
    seen, now = state.by_other_measure[at].iloc[0], state.labels[at].iloc[0]
    same = "判定相同" if seen.label == now.label else f"会判为{LABELS[seen.label]}"
    return (
        f"按{MEASURES[seen.measure]}看",
        f"区位商 {decimal(seen.lq, 2)}（{decimal(seen.lq_low, 2)}–{decimal(seen.lq_high, 2)}），{same}",
    )


def holds(segment_id: str, state: ChainState) -> str:
    """What a tenth more or less of every threshold and of the expected number would make of the label."""
    [flips] = state.sensitivity.flips[state.labels.segment_id == segment_id]
    return esc("；".join(flips)) if flips else "各条线与应有数上下浮动 10%，判定不变"
