"""The interval of a location quotient drawn on a scale, with the thresholds of the labels."""

from __future__ import annotations

import math
from typing import Any

from exports.formats import decimal, is_missing
from pages.components.html import esc

LOWEST, HIGHEST = 0.1, 10.0


def interval_bar(lq: Any, low: Any, high: Any, weak_high: float, strong_low: float) -> str:
    """A bar from 0.1 to 10 (log scale): interval, best estimate, and where weak ends and strong begins; HTML."""
    if is_missing(lq) or is_missing(low) or is_missing(high):
        return ""
    left, right, at = place(low), place(high), place(lq)
    weak, strong = place(weak_high), place(strong_low)
    spoken = f"区位商 {decimal(lq, 2)}，区间 {decimal(low, 2)} 至 {decimal(high, 2)}"
    return (
        f'<div class="lt-interval" role="img" aria-label="{esc(spoken)}" style="--weak-at:{weak:.1f}%;--strong-at:{strong:.1f}%">'
        f'<span class="lt-axis"></span><span class="lt-range" style="left:{left:.1f}%;width:{right - left:.1f}%"></span>'
        f'<span class="lt-point" style="left:{at:.1f}%"></span>'
        f'<span class="lt-at" style="left:{weak / 2:.1f}%">薄弱（低于 {weak_high:g}）</span>'
        f'<span class="lt-at" style="left:{(weak + strong) / 2:.1f}%">一般</span>'
        f'<span class="lt-at" style="left:{(strong + 100) / 2:.1f}%">优势（高于 {strong_low:g}）</span></div>'
    )


def place(value: float) -> float:
    """Place of a quotient on the scale in per cent: 0.1 → 0, 1 → 50, 10 → 100.

    >>> place(0.1), place(1.0), place(100.0)
    (0.0, 50.0, 100.0)
    """
    inside = min(HIGHEST, max(LOWEST, float(value)))
    return 100.0 * math.log(inside / LOWEST) / math.log(HIGHEST / LOWEST)
