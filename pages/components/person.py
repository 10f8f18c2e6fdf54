"""Who works here: a name given once a session, written beside every change."""

from __future__ import annotations

import streamlit as st

from pages.components.actions import ACTOR, PERSON
from pages.components.html import esc

LONGEST = 20


def ask_who() -> None:
    """The field for the name, in the sidebar; drawn on every page, so that the name is kept from page to page."""
    with st.sidebar:
        st.text_input("使用人", key=PERSON, placeholder=ACTOR, max_chars=LONGEST)
        st.html(
            '<p class="lt-note">填一次即可：加入目录、定稿、挂接、登记、导入和导出都记在这个名下，关闭网页后须重填。'
            f"不填记作“{ACTOR}”。这里只作登记，不核验身份。</p>"
        )


def person(name: object) -> str:
    """Who did something; of the command line the account is said as one. HTML.

    >>> person("cli:root")
    '命令行（<span translate="no">root</span>）'
    """
    account = str(name).removeprefix("cli:")
    return esc(name) if account == str(name) else f'命令行（<span translate="no">{esc(account)}</span>）'
