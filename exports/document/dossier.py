"""One firm on one A4 page: what does not fit is left out row by row, and each part says how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

import orjson

from exports.document.glyphs import Naming, document_fonts, naming

FITS: tuple[tuple[int, int], ...] = (
    (12, 700),
    (9, 450),
    (7, 320),
    (5, 240),
    (4, 180),
    (3, 130),
    (2, 90),
    (1, 60),
    (1, 30),
)
"""Rows of a part and characters of a cell, from the roomiest to the tightest page."""


class TooMuchForAPage(RuntimeError):
    """Not even the tightest page holds what is to be said; the parts are too many."""


@dataclass(frozen=True)
class Part:
    """A table under a title: titles and relative widths of its columns, rows of text; ``empty`` stands where it has no row.

    n : how many rows there are in all (at least those given)
    """

    title: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    n: int
    empty: str


@dataclass(frozen=True)
class Dossier:
    """What the page says; ``facts`` stand in two columns, ``notes`` in small type below."""

    title: str
    caption: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    notes: str
    foot: str
    watermark: str


def dossier_pdf(dossier: Dossier) -> bytes:
    """The dossier as a PDF of exactly one page, as much on it as fits.

    Raises
    ------
    NoFont : the machine has no Chinese font; TooMuchForAPage
    """
    import typst  # noqa: PLC0415 - loaded only when wanted

    source = files(__package__).joinpath("dossier.typ").read_bytes()
    named = naming(_all_text(dossier))
    for rows, characters in FITS:
        inputs = {"data": orjson.dumps(_data(dossier, named, rows, characters)).decode("utf-8")}
        if int(typst.query(source, "<pages>", field="value", one=True, sys_inputs=inputs)) == 1:
            return bytes(typst.compile(source, sys_inputs=inputs))
    raise TooMuchForAPage(dossier.title)


def cut(text: str, characters: int) -> str:
    """The text, or its beginning with a sign that it goes on.

    >>> cut("一二三四五", 3), cut("一二三", 3)
    ('一二…', '一二三')
    """
    return text if len(text) <= characters else text[: characters - 1] + "…"


def _data(dossier: Dossier, named: Naming, rows: int, characters: int) -> dict[str, object]:
    shorter = any(len(text) > characters for text in _cells(dossier))
    told = "带“…”的文字因一页容不下而截短，全文见系统内的企业档案。" if shorter else ""
    pairs = [[word, named(cut(value, characters))] for word, value in dossier.facts]
    return {
        "title": named(dossier.title),
        "caption": named(dossier.caption),
        "facts": pairs + [["", ""]] * (len(pairs) % 2),
        "parts": [_part(part, named, rows, characters) for part in dossier.parts],
        "notes": named(dossier.notes) + told + named.told,
        "foot": named(dossier.foot),
        "watermark": named(dossier.watermark),
        "fonts": list(document_fonts()),
    }


def _part(part: Part, named: Naming, rows: int, characters: int) -> dict[str, object]:
    shown = part.rows[:rows]
    left = part.n - len(shown)
    said = part.empty if not part.n else f"共 {part.n:,} 条，另有 {left:,} 条未列出。" if left else ""
    return {
        "title": part.title,
        "titles": [title for title, _ in part.columns] if shown else [],
        "widths": [width for _, width in part.columns],
        "cells": [named(cut(cell, characters)) for row in shown for cell in row],
        "said": said,
    }


def _cells(dossier: Dossier) -> Iterable[str]:
    yield from (value for _, value in dossier.facts)
    yield from (cell for part in dossier.parts for row in part.rows for cell in row)


def _all_text(dossier: Dossier) -> str:
    rest = (dossier.title, dossier.caption, dossier.notes, dossier.foot, dossier.watermark)
    return "\n".join((*rest, *_cells(dossier)))
