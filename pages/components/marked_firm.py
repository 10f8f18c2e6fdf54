"""The firm that is marked on the map: in which segments it is, said in a line above the map."""

from __future__ import annotations

import streamlit as st

from chains.model import Chain
from pages import cached
from pages.components.frame import notice
from pages.components.html import anchor, esc
from pages.components.url import here, link, param
from services.firm import UnknownFirm


def marked_firm(chain: Chain) -> tuple[str, ...]:
    """Segments of the chain in which the firm of parameter ``firm`` is confirmed; says so, or why there are none."""
    asked = param("firm")
    if not asked:
        return ()
    try:
        profile = cached.firm(asked)
    except UnknownFirm as problem:
        notice("warned", f"{problem}，没有标出")
        return ()
    sure = profile.segments[(profile.segments.verdict == "confirmed") & (profile.segments.chain_id == chain.id)]
    known = {segment.id: segment.name for segment in chain.segments}
    own = [key for key in sure.segment_id if key in known]
    opened = "、".join(anchor(known[key], here("chain_map", segment=key)) for key in own)
    said = f"在本链属于 {len(own)} 个环节：{opened}" if own else "在本链没有确认的环节"
    profile_link = anchor("企业档案 →", link("firm", firm=asked, chain=chain.id))
    off = anchor("取消标记", here("chain_map", firm=None))
    st.html(
        f'<p class="lt-marked-firm" role="status"><b>{esc(profile.firm["name"])}</b><span>{said}</span>{profile_link}{off}</p>'
    )
    return tuple(own)
