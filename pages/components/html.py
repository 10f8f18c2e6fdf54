"""Small pieces of HTML; every value goes through ``esc``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from exports.formats import NO_DATA, count, is_missing
from exports.theme import LABEL_STYLES, label_style

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_STARTS_LINK = re.compile(r":|@|www(?=\\\.)", re.IGNORECASE)
_NO_BREAK = "\u2060"
"""A mark without width: addresses become links even where every sign of theirs is escaped."""


def esc(value: object) -> str:
    """Text safe inside HTML and inside quoted attributes."""
    return escape(str(value), quote=True)


def plain(value: object) -> str:
    r"""Text as it stands for labels that Streamlit reads as Markdown: buttons, folds, progress bars.

    >>> print(plain("**轴承**"))
    \*\*轴承\*\*
    """
    escaped = _PUNCTUATION.sub(r"\\\g<0>", str(value))
    return _STARTS_LINK.sub(f"\\g<0>{_NO_BREAK}", escaped)


def anchor(text: str, href: str, css: str = "") -> str:
    """A link that stays in the session (static/app.js)."""
    marked = f' class="{esc(css)}"' if css else ""
    return f'<a{marked} data-nav="" href="{esc(href)}">{esc(text)}</a>'


def label_chip(label: str) -> str:
    """A label as letter in its shape and word, so that it does not depend on colour."""
    style = label_style(label)
    return f'<span class="lt-chip lt-chip-{esc(label)}"><i>{style.letter}</i>{esc(style.word)}</span>'


def label_letter(label: str) -> str:
    """Only the mark of a label, with its word for those who cannot see it."""
    style = label_style(label)
    return f'<span class="lt-chip lt-chip-{esc(label)}" title="{esc(style.word)}"><i>{style.letter}</i></span>'


def count_link(n: Any, href: str) -> str:
    """A number that opens as many rows; where it is unknown, that nothing is known."""
    if is_missing(n):
        return f'<span class="lt-none">{NO_DATA}</span>'
    return f'<a class="lt-count" data-nav="" data-count="{int(n)}" href="{esc(href)}">{count(n)}</a>'


def spread_bar(counts: Mapping[str, int], href: Callable[[str], str] | None = None) -> str:
    """The five labels of a chain as one bar with letters and counts; labels without segments are left out.

    href : label → address of its segments; makes the parts links
    """
    parts = "".join(
        _spread_part(key, style.letter, f"{style.word} {counts[key]} 个", counts[key], href)
        for key, style in LABEL_STYLES.items()
        if counts.get(key, 0) > 0
    )
    if href is not None:
        return f'<div class="lt-spread">{parts}</div>'
    spoken = "，".join(f"{style.word} {counts.get(key, 0)} 个" for key, style in LABEL_STYLES.items())
    return f'<div class="lt-spread" role="img" aria-label="{esc(spoken)}">{parts}</div>'


def _spread_part(label: str, letter: str, spoken: str, n: int, href: Callable[[str], str] | None) -> str:
    shared = f'class="lt-spread-{label}" style="flex:{n}" title="{esc(spoken)}"'
    if href is None:
        return f"<span {shared}>{letter} {n}</span>"
    opened = f'data-nav="" data-count="{n}" href="{esc(href(label))}" aria-label="{esc(spoken)}"'
    return f"<a {shared} {opened}>{letter} {n}</a>"


def tags(values: Iterable[str], css: str = "") -> str:
    """Short texts in frames."""
    return "".join(f'<span class="lt-tag {esc(css)}">{esc(value)}</span>' for value in values)


def facts(rows: Sequence[tuple[str, str]]) -> str:
    """Pairs of word and value; values are HTML."""
    return '<dl class="lt-facts">' + "".join(f"<dt>{esc(word)}</dt><dd>{value}</dd>" for word, value in rows) + "</dl>"


@dataclass(frozen=True)
class Tile:
    """A number with its meaning; ``href`` opens the rows behind it, as many as ``value`` says where it ``counts``."""

    word: str
    value: str
    unit: str = ""
    note: str = ""
    href: str | None = None
    counts: bool = False


def tiles(items: Iterable[Tile]) -> str:
    """Tiles side by side."""
    drawn = [_tile(item) for item in items]
    return f'<div class="lt-tiles" style="--n:{len(drawn)};--half:{-(-len(drawn) // 2)}">{"".join(drawn)}</div>'


def _tile(item: Tile) -> str:
    unit = f"<small>{esc(item.unit)}</small>" if item.unit and item.value != NO_DATA else ""
    note = f"<em>{esc(item.note)}</em>" if item.note else ""
    body = f"<span>{esc(item.word)}</span><b>{esc(item.value)}{unit}</b>{note}"
    if item.href is None:
        return f'<div class="lt-tile">{body}</div>'
    counted = f' data-count="{item.value.replace(",", "")}"' if item.counts and item.value != NO_DATA else ""
    return f'<a class="lt-tile" data-nav=""{counted} href="{esc(item.href)}">{body}</a>'


def meter(share: Any, text: str) -> str:
    """A number with a bar of its share 0–1; hatched nothing where it is unknown."""
    if is_missing(share):
        return f'<span class="lt-none">{NO_DATA}</span>'
    width = max(0.0, min(1.0, float(share))) * 100
    return f'<span class="lt-meter"><b>{esc(text)}</b><i style="--at:{width:.0f}%"></i></span>'


def parts(values: Mapping[str, Any]) -> str:
    """Parts of a score, 0–1 each, as small bars; an unknown part is hatched and says so."""
    cells = "".join(_part(word, value) for word, value in values.items())
    return f'<div class="lt-parts" style="--n:{len(values)}">{cells}</div>'


def _part(word: str, value: Any) -> str:
    if is_missing(value):
        return f'<span class="lt-unknown-part" title="{esc(word)}：{NO_DATA}">{esc(word)}<i style="--at:0%"></i></span>'
    share = max(0.0, min(1.0, float(value)))
    return f'<span title="{esc(word)}：{share:.0%}">{esc(word)}<i style="--at:{share * 100:.0f}%"></i></span>'
