"""Figures with their intervals below one another on one scale, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from exports.formats import NO_DATA, is_missing
from pages.components.html import esc


@dataclass(frozen=True)
class Scale:
    """Ends of the scale, where on it nothing is gained (None: nowhere), and how a figure is written."""

    lowest: float
    highest: float
    mark: float | None
    text: Callable[[float], str]

    def place(self, value: float) -> float:
        """Place in per cent, 0–100; figures beyond the ends stand at them.

        >>> Scale(0.4, 1.0, 0.5, str).place(0.7), Scale(0.4, 1.0, 0.5, str).place(0.1)
        (50.0, 0.0)
        """
        share = (value - self.lowest) / (self.highest - self.lowest)
        return round(100.0 * min(1.0, max(0.0, share)), 1)


@dataclass(frozen=True)
class Figure:
    """A figure with its interval, which may be unknown; strong ones are drawn darker."""

    name: str
    value: Any
    low: Any
    high: Any
    note: str = ""
    strong: bool = False


def interval_rows(figures: Iterable[Figure], scale: Scale) -> str:
    """One row a figure: name, a bar of its interval with the figure on it, and both in words."""
    return f'<div class="lt-areas">{"".join(_row(one, scale) for one in figures)}</div>'


def _row(one: Figure, scale: Scale) -> str:
    note = f'<span class="lt-sub">{esc(one.note)}</span>' if one.note else ""
    name = f"<span>{esc(one.name)}{note}</span>"
    if is_missing(one.value):
        return f'{name}<span class="lt-area"></span><span class="lt-none">{NO_DATA}</span>'
    known = not (is_missing(one.low) or is_missing(one.high))
    low, high = (one.low, one.high) if known else (one.value, one.value)
    between = f"（{scale.text(low)}–{scale.text(high)}）" if known else "（区间未知）"
    left, right = scale.place(low), scale.place(high)
    mark = "" if scale.mark is None else f'<u style="left:{scale.place(scale.mark)}%"></u>'
    css = "lt-area lt-area-strong" if one.strong else "lt-area"
    bar = (
        f'<span class="{css}" aria-hidden="true">{mark}<i style="left:{left}%;width:{round(right - left, 1)}%"></i>'
        f'<b style="left:{scale.place(one.value)}%"></b></span>'
    )
    return f"{name}{bar}<span><b>{esc(scale.text(one.value))}</b> {esc(between)}</span>"
