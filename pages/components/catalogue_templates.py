"""Templates of the catalogue edited on the page: title and columns by reader, talking points of the chain, a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from chains.model import Chain
from exports.formats import moment
from exports.logo import UnusableLogo, check_logo
from exports.profiles import PROFILES, Profile
from exports.template import read_template
from exports.yaml_lines import BrokenTemplate
from pages import cached
from pages.components.actions import actor, carry_out, now
from pages.components.downloads import save_button
from pages.components.frame import notice
from pages.components.html import esc
from pages.components.url import choose
from services import templates

TALKS, LOGO = "talks", "logo"
HEIGHT = 420


@dataclass(frozen=True)
class _Edited:
    """A template on the screen: name in the store, text in force, and what checks, keeps and forgets it."""

    name: str
    text: str
    check: Callable[[str], object]
    keep: Callable[[str], None]
    forget: Callable[[], None]


def show(chain: Chain) -> None:
    """A fold with the template that is chosen; nothing changes before it is kept."""
    with st.expander("模板：标题、列与次序、谈话要点、标志"):
        names = {key: profile.name for key, profile in PROFILES.items()} | {TALKS: "谈话要点（本链）", LOGO: "标志"}
        chosen = choose("改哪一个", "template", names)
        if chosen == LOGO:
            _logo()
        else:
            _text(chosen, _talks(chain) if chosen == TALKS else _profile(PROFILES[chosen]))


def _profile(profile: Profile) -> _Edited:
    store, who = cached.store(), actor()
    return _Edited(
        profile.key,
        templates.template_text(store, profile),
        lambda text: read_template(text, profile),
        lambda text: templates.keep_template(store, profile, text, actor=who, at=now()),
        lambda: templates.forget_template(store, profile, actor=who, at=now()),
    )


def _talks(chain: Chain) -> _Edited:
    store, who = cached.store(), actor()
    return _Edited(
        templates.talks_name(chain),
        templates.talks_text(store, chain),
        lambda text: templates.talks_of(text, chain),
        lambda text: templates.keep_talks(store, chain, text, actor=who, at=now()),
        lambda: templates.forget_talks(store, chain, actor=who, at=now()),
    )


def _text(chosen: str, edited: _Edited) -> None:
    told = templates.told_of(cached.store(), edited.name)
    st.html(f'<p class="lt-note">{esc(_changed(told))}</p>')
    key = f"template_{edited.name}"
    text = st.text_area("模板文字", edited.text, key=key, height=HEIGHT)
    try:
        edited.check(text)
        wrong = ""
    except BrokenTemplate as problem:
        wrong = str(problem)
        notice("warned", wrong)
    with st.container(horizontal=True):
        st.button(
            "保存模板",
            key="template_keep",
            disabled=bool(wrong) or text == edited.text,
            on_click=_keep,
            args=(edited, text),
        )
        st.button("恢复程序自带的", key="template_forget", disabled=told is None, on_click=_forget, args=(edited, key))
        content = text.encode("utf-8")
        save_button("下载模板", lambda: content, f"模板-{chosen}.yaml", "template_save", mime="application/yaml")


def _changed(told: tuple[object, str] | None) -> str:
    return "程序自带的模板。" if told is None else f"{told[1]} 改于 {moment(told[0])}。"


def _keep(edited: _Edited, text: str) -> None:
    def change() -> str:
        edited.keep(text)
        return "已保存模板，以后的下载与定稿都按它。"

    carry_out(change)


def _forget(edited: _Edited, key: str) -> None:
    def change() -> str:
        edited.forget()
        st.session_state.pop(key, None)
        return "已恢复程序自带的模板。"

    carry_out(change)


def _logo() -> None:
    kept = templates.logo_of(cached.store())
    if kept:
        st.image(kept, width=160)
        st.button("去掉标志", key="logo_forget", on_click=_forget_logo)
    uploaded = st.file_uploader("换一张（PNG 或 JPEG，不超过 1 MB）", type=["png", "jpg", "jpeg"], key="logo_file")
    if uploaded is None:
        return
    picture = uploaded.getvalue()
    try:
        check_logo(picture)
    except UnusableLogo as problem:
        notice("warned", str(problem))
        return
    st.image(picture, width=160)
    st.button("保存标志", key="logo_keep", on_click=_keep_logo, args=(picture,))


def _keep_logo(picture: bytes) -> None:
    def change() -> str:
        templates.keep_logo(cached.store(), picture, actor=actor(), at=now())
        return "已保存标志，放在首页题目之上。"

    carry_out(change)


def _forget_logo() -> None:
    def change() -> str:
        templates.forget_logo(cached.store(), actor=actor(), at=now())
        return "已去掉标志。"

    carry_out(change)
