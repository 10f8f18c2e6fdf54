"""The HTML that the browser loads first: Streamlit's own index in Chinese, with our style sheet and script.

Streamlit's words are English and its page says ``lang="en"``; the script translates them from a small dictionary.
"""

from __future__ import annotations

import hashlib
import html
import re
from functools import cache
from pathlib import Path

import pyvis
from streamlit import file_util

from exports.theme import css_variables
from pages.figures.region_map import CHINA, china_json

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
WORDS = ROOT / "pages" / "text" / "streamlit_words.json"
VIS_NETWORK = Path(pyvis.__file__).resolve().parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
MAP_STYLE = ROOT / "exports" / "chain_map" / "chain_map.css"
PACKAGE_STYLE = ROOT / "pages" / "figures" / "package_map.css"
TITLE = "链图 · 产业链招商分析"
ASSETS = "assets"
_INLINE_SCRIPT = re.compile(r"<script>\s*window\.prerenderReady = false\s*</script>")
_FONT_PRELOAD = re.compile(r"<link\s+rel=\"preload\"[^>]*as=\"font\"[^>]*/>")
_AGENT_POINTER = re.compile(r"<!--\s*Machine-readable pointer.*?-->\s*<link rel=\"service-desc\"[^>]*/>", re.DOTALL)
_NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)


class ShellChanged(RuntimeError):
    """Streamlit's index.html no longer looks as this module expects."""

    def __init__(self, what: str) -> None:
        super().__init__(f"界面框架的首页里找不到“{what}”；请使用 requirements.txt 固定的版本")


@cache
def index_html() -> str:
    """The first page: Chinese, with versioned links to our assets. Raises ShellChanged if Streamlit's has changed."""
    source = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    source = _replace_once(source, '<html lang="en">', '<html lang="zh-CN">')
    source = _replace_once(source, "<title>Streamlit</title>", f"<title>{html.escape(TITLE)}</title>")
    source = _replace_once(source, 'href="./favicon.png"', f'href="./{ASSETS}/icon.svg" type="image/svg+xml"')
    source = _FONT_PRELOAD.sub("", source)
    source = _AGENT_POINTER.sub("", source)
    source = _NOSCRIPT.sub("<noscript><p>本系统需要启用 JavaScript 才能使用。</p></noscript>", source)
    if not _INLINE_SCRIPT.search(source):
        raise ShellChanged("window.prerenderReady")
    return _INLINE_SCRIPT.sub(_our_head(), source)


@cache
def asset(name: str) -> tuple[bytes, str] | None:
    """Content and type of one of our assets; None for an unknown name."""
    made = {
        "app.css": (_style_sheet, "text/css; charset=utf-8"),
        "app.js": (lambda: _read("app.js"), "text/javascript; charset=utf-8"),
        "review_keys.js": (lambda: _read("review_keys.js"), "text/javascript; charset=utf-8"),
        "words.js": (
            lambda: f"window.liantuWords = {WORDS.read_text(encoding='utf-8')};",
            "text/javascript; charset=utf-8",
        ),
        "icon.svg": (lambda: _read("icon.svg"), "image/svg+xml"),
        "firm_network.js": (lambda: _read("firm_network.js"), "text/javascript; charset=utf-8"),
        CHINA: (china_json, "application/json; charset=utf-8"),
        "vis-network.js": (lambda: VIS_NETWORK.read_text(encoding="utf-8"), "text/javascript; charset=utf-8"),
    }
    if name not in made:
        return None
    build, kind = made[name]
    return build().encode("utf-8"), kind


def _style_sheet() -> str:
    """Everything a page needs: colours, the look of the application, of the map, and of the map's page."""
    maps = [path.read_text(encoding="utf-8") for path in (MAP_STYLE, PACKAGE_STYLE)]
    last = [_read(name) for name in ("map_page.css", "region_map.css", "touch.css")]
    return "".join([css_variables(), _read("app.css"), *maps, *last])


def _our_head() -> str:
    scripts = [f'    <script src="{asset_link(name)}"></script>' for name in ("words.js", "app.js", "review_keys.js")]
    return "\n".join([f'<link rel="stylesheet" href="{asset_link("app.css")}">', *scripts])


@cache
def asset_link(name: str) -> str:
    """Address of one of our assets with a digest of its content."""
    found = asset(name)
    assert found is not None
    return f"./{ASSETS}/{name}?v={hashlib.sha256(found[0]).hexdigest()[:12]}"


def _read(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _replace_once(source: str, old: str, new: str) -> str:
    if source.count(old) != 1:
        raise ShellChanged(old)
    return source.replace(old, new)
