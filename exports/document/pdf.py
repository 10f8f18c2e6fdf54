"""A document as PDF after GB/T 9704-2012, with an open Chinese font embedded; needs no other program."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

from exports.document import measures
from exports.document.blocks import Block, Document, Heading, PageBreak, Paragraph, Table, all_text
from exports.document.glyphs import Naming, document_fonts, naming
from exports.document.typeset import typeset
from exports.logo import size_mm

PART_ROWS = 2_000
"""Rows of tables that are typeset at once: some 300 MB."""
LISTED = (1, 2)
"""Levels of headings that the contents list."""
_LONG_WORD = re.compile(r"[!-~]{24,}")
"""Words longer than a code would run out of their column."""
PIECE, FRONT_PIECE = 4, 32
"""Signs of such a word that stay together: the narrowest column holds them, and the front page half a checksum."""
_MEASURES = (
    "TOP_MM", "BOTTOM_MM", "LEFT_MM", "RIGHT_MM", "BODY_PT", "TITLE_PT", "PAGE_NUMBER_PT", "TABLE_PT", "LINE_PT", "PITCH_PT",
)  # fmt: skip


def pdf_document(document: Document, progress: Callable[[float, str], None] = lambda _share, _told: None) -> bytes:
    """The document as PDF; signs that no font has stand as their codes, and a last line names them.

    A long document is typeset part by part, its pages numbered through; ``progress`` is told how far it is.

    Raises
    ------
    NoFont : the machine has no Chinese font
    """
    named = naming(all_text(document))
    common = _common(document, named)
    blocks = [*document.blocks, *([Paragraph(named.told)] if named.told else [])]
    parts = list(_parts(blocks))
    if len(parts) == 1:
        progress(0.1, "正在排版")
        return typeset(common | {"part": "whole", "blocks": [_block(block, named) for block in parts[0]]})
    return _joined(parts, common, named, progress)


def _joined(
    parts: Sequence[Sequence[Block]], common: dict[str, Any], named: Naming, progress: Callable[[float, str], None]
) -> bytes:
    """The parts one after another, the contents before them with the pages where the headings stand."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - loaded only when wanted

    listed = [one for part in parts for one in part if isinstance(one, Heading) and one.level in LISTED]
    contents: list[list[Any]] = [[named(one.text), one.level, 0] for one in listed]
    front = common | {"part": "front", "contents": contents}
    first = len(PdfReader(BytesIO(typeset(front))).pages) + 1
    bodies, pages = [], []
    for number, part in enumerate(parts):
        progress((number + 0.5) / (len(parts) + 1), f"正在排版，第 {number + 1} 部分，共 {len(parts)} 部分")
        data = {"part": "body", "first_page": first, "blocks": [_block(block, named) for block in part]}
        body = PdfReader(BytesIO(typeset(common | data)))
        found = _heading_pages(body)
        headings = [block for block in part if isinstance(block, Heading)]
        pages += [first + at for at, block in zip(found, headings, strict=True) if block.level in LISTED]
        first += len(body.pages)
        bodies.append(body)
    for entry, page in zip(contents, pages, strict=True):
        entry[2] = page
    writer = PdfWriter()
    for body in (PdfReader(BytesIO(typeset(front))), *bodies):
        writer.append(body)
    writer.add_metadata({"/Title": str(common["title"])})
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _heading_pages(body: Any) -> list[int]:
    """The page, from 0, of every heading of a part, in order: those of its bookmarks."""
    at = {page.indirect_reference.idnum: number for number, page in enumerate(body.pages)}

    def walk(entries: Sequence[Any]) -> Iterator[int]:
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry)
            else:
                yield at[entry.page.idnum]

    return list(walk(body.outline))


def _parts(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks in parts of at most ``PART_ROWS`` rows; a longer table is cut between rows."""
    part: list[Block] = []
    room = PART_ROWS
    for block in blocks:
        rows = block.rows if isinstance(block, Table) else ()
        while len(rows) > room:
            assert isinstance(block, Table)
            part.append(Table(block.titles, block.widths, rows[:room]))
            yield part
            part, rows, room = [], rows[room:], PART_ROWS
        part.append(Table(block.titles, block.widths, rows) if isinstance(block, Table) else block)
        room -= len(rows)
    yield part


def _common(document: Document, named: Naming) -> dict[str, Any]:
    return {
        "title": named(document.title),
        "mark": named(document.mark),
        "front": [[word, _broken(named(value), FRONT_PIECE)] for word, value in document.front],
        "foot": named(document.stamp.foot),
        "watermark": named(document.stamp.watermark),
        "fonts": list(document_fonts()),
        "logo": list(document.logo),
        "logo_mm": size_mm(document.logo) if document.logo else (0.0, 0.0),
        "measures": {key: getattr(measures, key) for key in _MEASURES},
        "first_page": 1,
        "contents": [],
        "blocks": [],
    }


def _broken(text: str, piece: int) -> str:
    """The text with places to break its long words, every ``piece`` signs."""
    return _LONG_WORD.sub(lambda word: "\u200b".join(re.findall(f".{{1,{piece}}}", word[0])), text)


def _block(block: Block, named: Naming) -> dict[str, object]:
    match block:
        case Heading():
            return {"kind": "heading", "text": named(block.text), "level": block.level}
        case Paragraph():
            return {"kind": "paragraph", "text": named(block.text)}
        case Table():
            cells = [_broken(named(cell), PIECE) for row in block.rows for cell in row]
            return {
                "kind": "table",
                "titles": [named(title) for title in block.titles],
                "widths": block.widths,
                "cells": cells,
            }
        case PageBreak():
            return {"kind": "break"}
