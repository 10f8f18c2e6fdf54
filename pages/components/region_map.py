"""The map of the country, or of the demo's fictional regions, as a part of a page: coloured areas that open their firms."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import streamlit as st

from pages import cached_regions
from pages.components.html import esc
from pages.figures.region_map import CHINA
from pages.figures.region_shading import NO_FIRMS, Shading
from pages.web.shell import asset_link

_JS = (Path(__file__).parent / "js" / "region_map.js").read_text(encoding="utf-8")
_HTML = '<div class="lt-region-host"><p class="lt-note">正在加载地图…</p></div>'
_component = st.components.v2.component("liantu_region_map", html=_HTML, js=_JS, isolate_styles=False)
FICTIONAL_NOTE = "演示数据的地区是虚构的，图形按坐标示意。"
CHINA_NOTE = "区划界线来自天地图，经简化，仅作示意，不作划界依据。"


def show_region_map(
    shading: Shading, title: str, *, chosen: str | None, home: str | None, dim: Collection[str] = ()
) -> None:
    """Mount the map with its key.

    Parameters
    ----------
    title : the map in a sentence, for those who cannot see it
    chosen : prefecture whose firms are shown; home : the home region's prefecture; dim : prefectures that step back
    """
    fictional = cached_regions.fictional_ground()
    data = {
        "areas": dict(shading.areas),
        "named": [*([home] if home else []), *(code for code in shading.named if code != home)],
        "chosen": chosen,
        "home": home,
        "dim": sorted(dim),
        "title": title,
        "none": NO_FIRMS,
        **({"url": asset_link(CHINA)} if fictional is None else {"ground": fictional}),
    }
    _component(key="region_map", data=data)
    st.html(f"{_key(shading)}<p class='lt-note'>{esc(CHINA_NOTE if fictional is None else FICTIONAL_NOTE)}</p>")


def _key(shading: Shading) -> str:
    parts = "".join(f'<span><i style="--fill:{fill}"></i>{esc(words)}</span>' for fill, words in shading.key)
    return f'<p class="lt-region-key">{parts}<span><i class="lt-hatched"></i>无数据</span><span>★ 本地</span></p>'
