"""The frozen versions of a chain's catalogue, newest first, with their files as they were kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from chains.model import Chain
from exports.formats import is_missing
from pages import cached
from pages.components import table
from pages.components.downloads import TYPES, file_name, save_button
from pages.components.frame import section
from pages.components.html import esc
from pages.components.table import html_table
from services.catalogue_files import FORMATS
from services.catalogue_versions import kept_formats, version_file, versions


def show(chain: Chain) -> None:
    """A table of the versions, and a button for every file of each."""
    found = versions(cached.store(), chain, cached.context().home.adcode)
    section("已定稿的版本", "内容不再改变；校验码相同即内容相同")
    if found.empty:
        st.html('<p class="lt-note">还没有定稿的版本。</p>')
        return
    columns = (
        table.Column("版本", "version", lambda row: f"第 {int(row['version'])} 版", "lt-short"),
        table.Column("定稿时间", "frozen_at", lambda row: esc(f"{row['frozen_at']:%Y-%m-%d %H:%M}"), "lt-short"),
        table.text_column("定稿人", "created_by"),
        table.day_column("数据截至", "data_as_of"),
        table.count_column("企业数", "n_items"),
        table.Column("校验码", "content_sha256", lambda row: esc(str(row["content_sha256"])[:16]), "lt-short"),
        table.Column("文件", "file_sha256", _kept, "lt-short"),
    )
    st.html(html_table(found, columns))
    for row in found[found.file_sha256.notna()].itertuples():
        with st.container(horizontal=True):
            for suffix in kept_formats(cached.store(), row.catalogue_id):
                _save_version(chain, row, suffix)


def _save_version(chain: Chain, row: Any, suffix: str) -> None:
    title = f"{chain.name}招商目录-第{row.version}版"
    save_button(
        f"第 {row.version} 版 {FORMATS[suffix]}",
        partial(version_file, cached.store(), row.catalogue_id, suffix),
        file_name(title, cached.context(), row.data_as_of, suffix),
        key=f"save_{row.catalogue_id}{suffix}",
        mime=TYPES[suffix],
    )


def _kept(row: Mapping[str, Any]) -> str:
    if is_missing(row["file_sha256"]):
        return '<span class="lt-none">定稿较早，未保存文件</span>'
    return "可下载，与定稿时逐字节相同"
