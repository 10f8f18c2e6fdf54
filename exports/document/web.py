"""A document as one web page that opens by double click, without internet, with a search over the rows of its tables."""

from __future__ import annotations

import html
from base64 import b64encode
from importlib.resources import files

from exports.document.blocks import Block, Document, Heading, PageBreak, Paragraph, Table
from exports.logo import check_logo
from exports.plain_text import visible
from exports.theme import css_variables

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def web_document(document: Document) -> str:
    """The document as the text of an .html file; everything from data is escaped text, and no request leaves the page."""
    read = files(__package__).joinpath
    facts = Table((), (32.0, 124.0), document.front)
    body = "".join(_block(block, number) for number, block in enumerate(document.blocks))
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>{escape(document.title)}</title>'
        f"<style>{css_variables()}{read('document.css').read_text(encoding='utf-8')}</style></head><body>"
        f"<header>{_logo(document.logo)}<h1>{escape(document.title)}</h1><p>{escape(document.mark)}</p>{_table(facts)}"
        '<label>查找 <input id="find" type="search" autocomplete="off" placeholder="企业、地方、环节"></label>'
        f'<output id="found" aria-live="polite"></output></header><nav aria-label="目录">{_contents(document)}</nav>'
        f"<main>{body}</main><footer>{escape(document.stamp.foot)}　{escape(document.stamp.watermark)}</footer>"
        f"<script>{read('document.js').read_text(encoding='utf-8')}</script></body></html>\n"
    )


def _logo(picture: bytes) -> str:
    if not picture:
        return ""
    return f'<img alt="" height="64" src="data:{check_logo(picture)};base64,{b64encode(picture).decode()}">'


def escape(text: str) -> str:
    """Text as HTML shows it, and nothing else."""
    return html.escape(visible(text))


def _contents(document: Document) -> str:
    return "".join(
        f'<a href="#h{number}" class="level-{block.level}">{escape(block.text)}</a>'
        for number, block in enumerate(document.blocks)
        if isinstance(block, Heading) and block.level < 3
    )


def _block(block: Block, number: int) -> str:
    match block:
        case Heading():
            return f'<h{block.level + 1} id="h{number}">{escape(block.text)}</h{block.level + 1}>'
        case Paragraph():
            return f"<p>{escape(block.text)}</p>"
        case Table():
            return _table(block)
        case PageBreak():
            return ""


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in table.titles)
    rows = "".join(f"<tr>{''.join(f'<td>{_lines(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    shown = f"<thead><tr>{head}</tr></thead>" if head else ""
    return f'<div class="frame"><table>{shown}<tbody>{rows}</tbody></table></div>'


def _lines(cell: str) -> str:
    return escape(cell).replace("\n", "<br>")
