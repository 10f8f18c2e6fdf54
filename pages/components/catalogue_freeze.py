"""定稿: the draft becomes the next version; a window over the page says what is being made until all of it is kept."""

from __future__ import annotations

import streamlit as st

from chains.model import Chain
from exports.content import CatalogueContent
from pages import cached
from pages.components.actions import Bar, actor, carry_out, now
from services.catalogue_versions import freeze, next_version

TOLD = "定稿后内容不再改变，可随时查验校验码；草稿可继续编辑"


def freeze_button(chain: Chain) -> int | None:
    """The button; the number of the version where it was pressed.

    Its key names the version: a second press that comes when the version is kept already finds no button of that key.
    """
    number = next_version(cached.store(), chain, cached.context().home.adcode)
    pressed = st.button(f"定稿为新版本（第 {number} 版）", key=f"freeze_{chain.id}_{number}", help=TOLD)
    return number if pressed else None


@st.dialog("正在定稿", dismissible=False)
def freeze_now(chain: Chain, content: CatalogueContent, number: int) -> None:
    """Make the version under a window that lets nothing else be pressed; a run that is stopped leaves no version."""
    st.html(
        f'<p class="lt-note">第 {number} 版，{len(content.items):,} 家企业。'
        "四种文件都做好后一并保存；中途关闭或刷新网页，不会留下半份版本。</p>"
    )
    bar = Bar("准备定稿…")

    def change() -> str:
        context = cached.context()
        made = freeze(cached.store(), chain, context, content, actor=actor(), at=now(), number=number, progress=bar)
        return f"已定稿为第 {made.version} 版，校验码 {made.content_sha256[:16]}。"

    carry_out(change)
    st.rerun()
