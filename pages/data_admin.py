"""数据管理: home region, imports with a look before the leap, batches and their undoing, matching."""

from __future__ import annotations

import streamlit as st

from data.regions import search_regions
from data.settings import set_home
from exports.formats import count, day
from pages import cached
from pages.cached_drawn import read
from pages.components import batch_list, import_form
from pages.components.actions import Bar, actor, carry_out, now, say_what_happened
from pages.components.errors import show_problem
from pages.components.frame import header, notice, section
from pages.components.html import Tile, esc, tiles
from services.batches import match_runs
from services.context import NoData, NoHome
from services.errors import USER_ERRORS
from services.label_history import keeping
from services.matching import match_chains
from services.packages import installed, use_chains


def page() -> None:
    """Draw the page; it works on an empty store too."""
    try:
        header("数据管理", "设定本地区域，导入企业和项目，查看每一批数据，撤回错误的导入。", cached.context())
    except (NoHome, NoData) as problem:
        header("数据管理", "设定本地区域，导入企业和项目，查看每一批数据，撤回错误的导入。")
        notice("warned", problem)
    say_what_happened()
    left, right = st.columns([1, 1.4], gap="medium")
    with left:
        _home()
        _chains()
        _matching()
    with right:
        import_form.show()
    batch_list.show()


def _home() -> None:
    section("本地区域", "省、市、区县均可；已撤并的区划也可")
    text = st.text_input("按名称或代码查找", key="home_search", placeholder="如：钢城、济南、370117")
    if not text.strip():
        return
    found = search_regions(cached.store(), text)
    if found.empty:
        st.html(f'<p class="lt-note">没有找到“{esc(text)}”；请输入区划名称的一部分或六位代码。</p>')
        return
    names = {
        row.adcode: f"{row.full_name}（{row.adcode}{'，已撤并' if row.former else ''}）" for row in found.itertuples()
    }
    st.selectbox("选择区域", list(names), format_func=lambda key: names[key], key="home_choice")
    st.button("设为本地区域", type="primary", on_click=_set_home, args=(names,), key="home_set")


def _set_home(names: dict[str, str]) -> None:
    def change() -> str:
        code = st.session_state.home_choice
        with keeping(cached.store()):
            set_home(cached.store(), code, actor())
        return f"本地区域已设为 {names.get(code, code)}，各页已按新的区域重新计算。"

    carry_out(change)


def _chains() -> None:
    section("在用的产业链", "其余的不在各页出现，已有的数据保留")
    names = {chain.id: chain.name for chain in read("installed", lambda: installed(cached.store()))}
    chosen = [chain.id for chain in cached.chains()]
    st.multiselect(
        "产业链",
        list(names),
        chosen,
        format_func=lambda key: names[key],
        key="chains_in_use",
        label_visibility="collapsed",
        placeholder="请选择产业链",
    )
    st.button("保存选择", on_click=_use_chains, key="chains_save")


def _use_chains() -> None:
    def change() -> str:
        chains = use_chains(cached.store(), st.session_state.chains_in_use, actor=actor(), at=now())
        return f"在用的产业链：{'、'.join(chain.name for chain in chains)}。"

    carry_out(change)


def _matching() -> None:
    section("企业与环节的匹配", "导入或撤回企业后须重新匹配")
    runs = read("match runs", lambda: match_runs(cached.store()))
    done = set(runs.chain_id)
    waiting = [chain.name for chain in cached.chains() if chain.id not in done]
    st.html(
        tiles(
            [
                Tile("已匹配产业链", f"{len(cached.chains()) - len(waiting)} / {len(cached.chains())}", "条"),
                Tile("匹配的企业", count(runs.n_firms.max()) if len(runs) else "0", "家"),
                Tile("最近匹配", day(runs.matched_at.max()) if len(runs) else "从未"),
            ]
        )
    )
    if waiting or runs.stale.any():
        why = (
            f"还没有匹配：{'、'.join(waiting)}。" if waiting else "企业数据在上次匹配之后有变化，判定和目标可能已过时。"
        )
        notice("warned", why)
    if st.button("重新匹配全部产业链", type="primary" if waiting or runs.stale.any() else "secondary", key="match"):
        _match()


def _match() -> None:
    bar = Bar("准备匹配…")
    try:
        with keeping(cached.store()):
            report = match_chains(cached.store(), cached.chains(), now(), bar)
    except USER_ERRORS as error:
        bar.close()
        show_problem(error)
        return
    bar.close()
    notice("done", f"{report.summary}。")
