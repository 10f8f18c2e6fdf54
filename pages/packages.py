"""链图谱维护: a chain package as map and tables, changed, checked, tried out, and saved as a version."""

from __future__ import annotations

import streamlit as st

from chains.changes import changes
from chains.tables import HEAD
from pages import cached
from pages.components import package_check, package_editors, package_history, package_preview, package_upload
from pages.components.actions import say_what_happened
from pages.components.frame import empty, header, notice
from pages.components.html import anchor, esc
from pages.components.package_map import change_list, show_map
from pages.components.package_state import Candidate, Work, candidate, changed, give_up, work_on, works
from pages.components.url import choose, link
from pages.figures.package_svg import drawable
from services.batches import match_runs
from services.context import NoData, NoHome

VIEWS = {
    "map": "看图",
    "segments": "改环节",
    "edges": "改供应关系",
    "check": "校验、试算与保存",
    "history": "版本与恢复",
    "upload": "从文件读入",
}
LEAD = "产业链包的查看、修改、校验和版本：改动先试算、再保存，旧版本随时可以恢复。"


def page() -> None:
    """Draw the page."""
    _head()
    one, two = st.columns(2)
    with one:
        chain_id = choose("产业链", "chain", _names(), resets=("segment", "old", "new"))
    with two:
        view = choose("要做什么", "view", VIEWS, resets=("segment", "old", "new"))
    say_what_happened()
    work = work_on(chain_id)
    _due(chain_id)
    above = st.container()
    found = candidate(work)
    if view == "segments":
        package_editors.edit_segments(work, found.chain)
    elif view == "edges":
        package_editors.edit_edges(work, found)
    found = candidate(work)  # with what the editor holds now
    with above:
        _state(chain_id, work, found)
    _rest(view, chain_id, work, found)


def _head() -> None:
    """Packages can be kept before there is any data."""
    try:
        header("链图谱维护", LEAD, cached.context())
    except (NoHome, NoData):
        header("链图谱维护", LEAD)


def _rest(view: str, chain_id: str, work: Work, found: Candidate) -> None:
    if view == "upload":
        package_upload.show()
    elif view == "history":
        _history(chain_id)
    elif view == "map":
        _map(work, found)
    else:
        n_wrong = package_check.show_findings(work, found)
        if view == "check":
            if found.chain is not None:
                package_preview.show(work.base, found.chain)
            package_check.save_form(work, found, n_wrong)


def _names() -> dict[str, str]:
    """Chains by name: those installed, and those that were loaded from a file and not saved yet."""
    known = {chain.id: chain.name for chain in cached.packages()}
    fresh = {key: f"{work.name}（未保存）" for key, work in works().items() if key not in known}
    return known | fresh


def _due(chain_id: str) -> None:
    """Whether the firms are matched to another version than the one in force."""
    runs = match_runs(cached.store()).set_index("chain_id")
    force = next((chain for chain in cached.packages() if chain.id == chain_id), None)
    if force is None or chain_id not in runs.index or runs.version[chain_id] == force.version:
        return
    sentence = f"现行版本是 {force.version}，各页的判定还是按 {runs.version[chain_id]} 匹配的，须重新匹配。"
    st.html(
        f'<p class="lt-notice lt-notice-warned" role="alert">{esc(sentence)}　'
        f"{anchor('去数据管理重新匹配', link('data_admin'))}</p>"
    )


def _state(chain_id: str, work: Work, found: Candidate) -> None:
    """On which version the work is, how much is changed, and the way out."""
    force = next((chain for chain in cached.packages() if chain.id == chain_id), None)
    if force is not None and work.based_on not in (None, force.version) and changed(work):
        notice("warned", f"已有人保存了 {force.version}，而这里的修改是在 {work.based_on} 上做的，不能直接保存。"
                         "请先到“版本与恢复”看两版的不同；可下载自己的修改，放弃后在新版上重做。")  # fmt: skip
    if not changed(work):
        return
    n = "" if found.chain is None or work.base is None else f"，{len(changes(work.base, drawable(found.chain)))} 处不同"
    started = f"在 {work.based_on} 上修改" if work.based_on else "新产业链"
    loaded = f"（读自 {work.origin}）" if work.origin else ""
    with st.container(horizontal=True, vertical_alignment="center", key="package_bar"):
        st.html(f'<p class="lt-note"><b>{esc(started + loaded + n)}，尚未保存</b></p>', width="stretch")
        if found.chain is not None:
            package_history.downloads(found.chain, "-草稿")
        st.button("放弃修改", key="package_give_up", on_click=_give_up, args=(chain_id,))


def _give_up(chain_id: str) -> None:
    give_up(chain_id)
    if chain_id not in {chain.id for chain in cached.packages()}:
        st.query_params.clear()


def _history(chain_id: str) -> None:
    force = next((chain for chain in cached.packages() if chain.id == chain_id), None)
    if force is None:
        empty("这条产业链还没有保存过", "校验通过后保存，这里就有第一个版本。")
        return
    package_history.show(force)


def _map(work: Work, found: Candidate) -> None:
    shown = found.chain or work.base
    if shown is None:
        empty("还画不出来", "请先按“校验”改好表里的问题。", ("去校验", link("packages", chain=_id(work), view="check")))
        return
    before = work.base if work.base is not None and changed(work) else None
    show_map(before, shown, "package_map")
    if before is not None:
        change_list(changes(before, drawable(shown)))


def _id(work: Work) -> str:
    return next(str(row["内容"]) for row in work.tables[HEAD] if row["字段"] == "编号")
