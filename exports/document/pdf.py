"""A document as PDF after GB/T 9704-2012, with an open Chinese font embedded; needs no other program."""

from __future__ import annotations

from importlib.resources import files

import orjson
import typst

from exports.document import measures
from exports.document.blocks import Block, Document, Heading, PageBreak, Paragraph, Table, all_text
from exports.document.glyphs import document_fonts, named


def pdf_document(document: Document) -> bytes:
    """The document as PDF; signs that no font has stand as their codes, and a last line names them.

    Raises
    ------
    NoFont : the machine has no Chinese font
    """
    missing = named(all_text(document))[1]
    told = f"本机字体没有的字，以编码代替：{'、'.join(missing)}。" if missing else ""
    data = {
        "title": named(document.title)[0],
        "mark": named(document.mark)[0],
        "front": [[word, named(value)[0]] for word, value in document.front],
        "blocks": [_block(block) for block in document.blocks],
        "foot": named(document.stamp.foot)[0],
        "watermark": named(document.stamp.watermark)[0],
        "missing": told,
        "fonts": list(document_fonts()),
        "measures": {key: getattr(measures, key) for key in _MEASURES},
    }
    source = files(__package__).joinpath("document.typ").read_bytes()
    return bytes(typst.compile(source, sys_inputs={"data": orjson.dumps(data).decode("utf-8")}))


_MEASURES = (
    "TOP_MM", "BOTTOM_MM", "LEFT_MM", "RIGHT_MM", "BODY_PT", "TITLE_PT", "PAGE_NUMBER_PT", "TABLE_PT", "LINE_PT", "PITCH_PT",
)  # fmt: skip


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading():
            return {"kind": "heading", "text": named(block.text)[0], "level": block.level}
        case Paragraph():
            return {"kind": "paragraph", "text": named(block.text)[0]}
        case Table():
            cells = [named(cell)[0] for row in block.rows for cell in row]
            return {"kind": "table", "titles": block.titles, "widths": block.widths, "cells": cells}
        case PageBreak():
            return {"kind": "break"}
