"""The chain map as one HTML file that opens by double click: no server, no internet, still clickable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from importlib.resources import files

from pypinyin import Style, lazy_pinyin

from chains.model import Chain
from exports.json_block import json_block
from exports.theme import LABEL_STYLES, css_variables


@dataclass(frozen=True)
class Line:
    """One entry of a list in a panel: a name, a figure beside it, a note beneath it; segment: the one that it opens."""

    name: str
    figure: str = ""
    note: str = ""
    segment: str = ""


@dataclass(frozen=True)
class Panel:
    """What is said of a segment: its label, facts (word, value) and titled lists."""

    name: str
    place: str
    label: str
    critical: bool
    reason: str
    facts: tuple[tuple[str, str], ...]
    lists: tuple[tuple[str, tuple[Line, ...]], ...]


def offline_map(
    chain: Chain, svg: str, panels: Mapping[str, Panel], title: str, notes: Sequence[str], summary: str
) -> str:
    """The whole file as text.

    Parameters
    ----------
    svg : as drawn by ``exports.chain_map.svg`` with links ``#segment``
    panels : what is said of every segment, by id; title, notes, summary : head of the page

    Notes
    -----
    Names from data are text of a JSON block that the script writes as text: none of them can become an element. A content
    security policy inside the file forbids every request.
    """
    data = {
        "panels": {key: asdict(panel) for key, panel in panels.items()},
        "labels": {key: {"word": style.word, "letter": style.letter} for key, style in LABEL_STYLES.items()},
        "initials": {segment.id: initials(segment.name) for segment in chain.segments},
    }
    read = files(__package__).joinpath
    css = css_variables() + "".join(read(name).read_text(encoding="utf-8") for name in ("chain_map.css", "offline.css"))
    said = "".join(f"<span>{escape(note)}</span>" for note in notes)
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'; img-src data:\">"
        f"<title>{escape(title)}</title><style>{css}</style></head><body>"
        f"<header><h1>{escape(title)}</h1><p>{said}</p><p>{escape(summary)}</p>"
        '<label>查找环节 <input id="find" type="search" autocomplete="off" placeholder="名称或拼音首字母" list="names"></label>'
        f'<datalist id="names">{_names(chain)}</datalist></header>'
        f'<main><div id="map">{svg}</div><aside id="panel" aria-live="polite" hidden></aside></main>'
        f'<script type="application/json" id="data">{json_block(data)}</script>'
        f"<script>{read('offline.js').read_text(encoding='utf-8')}</script></body></html>\n"
    )


def _names(chain: Chain) -> str:
    return "".join(f'<option value="{escape(segment.name, quote=True)}">' for segment in chain.segments)


def initials(name: str) -> str:
    """First letters of a name's syllables, in lower case; what is no Chinese character stays.

    >>> initials("铁粉（还原）LCP")
    'tf（hy）lcp'
    """
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
