"""Lines of 总览: a number, what it counts, and the first of its rows; each opens the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from chains.words import LABELS
from exports.formats import is_missing
from pages.components import moments
from pages.components.html import anchor, esc
from pages.components.row_kinds import RowKind
from pages.components.url import link

SHOWN_NAMES = 2


def lines(kinds: Mapping[str, RowKind], **params: object) -> str:
    """The kinds that have rows, one line each, and below them the names of those that have none."""
    found = {key: kind.rows() for key, kind in kinds.items()}
    shown = [_line(kinds[key], key, rows, params) for key, rows in found.items() if rows is not None and not rows.empty]
    none = "、".join(kinds[key].title for key, rows in found.items() if rows is not None and rows.empty)
    quiet = f'<p class="lt-note">没有：{esc(none)}。</p>' if none else ""
    return (f'<ul class="lt-lines">{"".join(shown)}</ul>' if shown else "") + quiet


def untold(title: str, why: str) -> str:
    """What cannot be told, and why; nothing where it can."""
    return f'<p class="lt-note">{esc(title)}：{esc(why)}。</p>' if why else ""


def ways(choice: str) -> str:
    """The moments that changes can be told since, the present one marked."""
    items = "".join(
        f'<b aria-current="true">{esc(word)}</b>' if key == choice else anchor(word, link("overview", since=key))
        for key, word in moments.choices().items()
    )
    return f'<nav class="lt-ways" aria-label="与何时相比">{items}</nav>'


def _line(kind: RowKind, key: str, rows: pd.DataFrame, params: Mapping[str, object]) -> str:
    names = "；".join(_name(row) for row in rows.head(SHOWN_NAMES).to_dict("records"))
    more = " 等" if len(rows) > SHOWN_NAMES else ""
    return (
        f'<li><a class="lt-line-link" data-nav="" data-count="{len(rows)}" href="{esc(link("rows", of=key, **params))}">'
        f"<b>{len(rows):,}</b><span>{esc(kind.title)}<small>{esc(names)}{more}</small></span></a></li>"
    )


def _name(row: Mapping[str, object]) -> str:
    """What a row is called, with what is most telling of it."""
    name = next(str(row[key]) for key in ("name", "file_name", "title", "chain_name") if not is_missing(row.get(key)))
    if "before" in row:
        return f"{name} {LABELS[str(row['before'])]}→{LABELS[str(row['label'])]}"
    days = row.get("quiet_days")
    return name if days is None else f"{name}（{days} 天）"
