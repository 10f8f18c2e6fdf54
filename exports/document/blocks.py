"""What a document is made of, before it becomes Word or PDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (一、), 2 (（一）) or 3; it is in the contents and never stands alone at the foot of a page."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of body text, indented by two characters."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table: titles, width of every column in mm (their sum at most TEXT_MM), rows of text; the head repeats on every page."""

    titles: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a page."""


Block = Heading | Paragraph | Table | PageBreak


@dataclass(frozen=True)
class Stamp:
    """Who took the document out: ``foot`` stands at the foot of every page, ``watermark`` across it."""

    foot: str
    watermark: str


@dataclass(frozen=True)
class Document:
    """A document: title and facts of its front page, then contents, then blocks; logo : a PNG or JPEG, empty for none."""

    title: str
    mark: str
    front: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    stamp: Stamp
    logo: bytes = b""


def all_text(document: Document) -> str:
    """Every sign that the document shows."""
    said = [document.title, document.mark, document.stamp.foot, document.stamp.watermark]
    said += [part for pair in document.front for part in pair]
    for block in document.blocks:
        if isinstance(block, Table):
            said += [*block.titles, *(cell for row in block.rows for cell in row)]
        elif not isinstance(block, PageBreak):
            said.append(block.text)
    return "\n".join(said)
