"""The search field of the map: what is typed is answered at once, a choice moves the map there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from pages import cached_map
from pages.components.url import here, link
from services.map_search import Entry

_JS = (Path(__file__).parent / "js" / "map_search.js").read_text(encoding="utf-8")
_component = st.components.v2.component(
    "liantu_map_search", html='<div class="lt-find"></div>', js=_JS, isolate_styles=False
)
KEY = "map_search"
KINDS = {"segment": "环节", "project": "项目", "firm": "企业"}


@st.fragment
def search_field(chain_id: str) -> None:
    """The field; only this part of the page runs again while someone types."""
    asked = (st.session_state.get(KEY) or {}).get("asked") or {}
    text, whole = str(asked.get("text", "")), bool(asked.get("whole"))
    hits = [hit(entry) for entry in cached_map.found(text, chain_id, whole=whole)] if text else []
    data = {"asked": text, "whole": whole, "hits": hits}
    _component(key=KEY, data=data, default={"asked": None}, on_asked_change=lambda: None)


def hit(entry: Entry) -> dict[str, Any]:
    """What the browser shows of an entry, and the address that opens it."""
    return {"kind": KINDS[entry.kind], "name": entry.name, "note": _note(entry), "href": address(entry)}


def address(entry: Entry) -> str:
    """Where an entry is: its best segment on the map, a firm marked there; what is on no map has a page of its own."""
    if entry.place is None:
        return link("firm", firm=entry.id) if entry.kind == "firm" else link("projects", project=entry.id)
    firm = entry.id if entry.kind == "firm" else None
    return here("chain_map", chain=entry.place.chain, segment=entry.place.segment, firm=firm)


def _note(entry: Entry) -> str:
    if entry.kind != "firm":
        return entry.note
    where = f"属于 {len(entry.places)} 个环节" if entry.places else "没有确认的环节，打开企业档案"
    return f"{entry.note} · {where}" if entry.note else where
