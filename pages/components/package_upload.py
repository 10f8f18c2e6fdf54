"""A package, a list or a mind-map from a file, loaded to be looked at and saved; nothing is written by loading."""

from __future__ import annotations

import streamlit as st

from chains.load import load_text
from chains.model import Chain
from pages import cached
from pages.components.actions import now
from pages.components.errors import show_problem
from pages.components.frame import notice, section
from pages.components.html import esc
from pages.components.package_state import load
from pages.components.upload import Upload
from services.errors import USER_ERRORS
from services.package_files import MAX_BYTES, SUFFIXES, read_package_text
from services.packages import package_versions

MAX_MB = MAX_BYTES // 1024 // 1024
_READ = "package_read"
HOW = (
    "产业链包（.yaml）、本页下载的 Excel、列名为 链/段/环节/细分/关键词 的表格（空格、合并格表示同上），或思维导图"
    "（.mm、.opml、.md 大纲：链—段—环节—细分，关键词写在细分的冒号后或括号里）。读入后先看、先校验，再保存。"
)


def show() -> None:
    """The field for the file, what it holds, and the button that goes on with it."""
    section("从文件读入")
    st.html(f'<p class="lt-note">{esc(HOW)}</p>')
    one, two = st.columns([2, 1], vertical_alignment="bottom")
    with one:
        upload = st.file_uploader(
            "文件", type=[suffix[1:] for suffix in SUFFIXES], key="package_file", max_upload_size=MAX_MB
        )
    with two:
        wanted = st.text_input("要哪一条链", key="package_wanted", placeholder="文件里只有一条时不填").strip() or None
    if upload is None:
        return
    outcome = _read(Upload(upload), upload.name, wanted)
    if not isinstance(outcome, Chain):
        show_problem(outcome)
        return
    chain = outcome
    notice("done", f"读到“{chain.name}”{chain.version}：{len(chain.segments)} 个环节，{len(chain.edges)} 条供应关系。")
    st.button("载入并校验", type="primary", key="package_load", on_click=_load, args=(chain, upload.name))


def _read(file: Upload, name: str, wanted: str | None) -> Chain | Exception:
    """The chain of the file, or the known error that prevents it; read once."""
    key = (file.digest, wanted, cached.store().n_writes)
    kept = st.session_state.get(_READ)
    if kept is None or kept[0] != key:
        try:
            with st.spinner("正在读取文件…"), file.on_disk() as path:
                text = read_package_text(path, now().date(), wanted)
            kept = (key, load_text(text, name, {one.id: one for one in cached.packages()}))
        except USER_ERRORS as problem:
            kept = (key, problem)
        st.session_state[_READ] = kept
    outcome: Chain | Exception = kept[1]
    return outcome


def _load(chain: Chain, name: str) -> None:
    base = next((one for one in cached.packages() if one.id == chain.id), None)
    load(chain, base=base, based_on=_started_from(chain, base), origin=name)
    st.query_params.clear()
    st.query_params.update({"chain": chain.id, "view": "check"})


def _started_from(chain: Chain, base: Chain | None) -> str | None:
    """The version that the file says it is, where there was such a one; else the one in force."""
    if base is None:
        return None
    known = set(package_versions(cached.store(), chain.id).version)
    return chain.version if chain.version in known else base.version
