"""State that a colleague may want in a link lives in the address: reading it, linking to it, binding controls to it.

Streamlit's own ``bind="query-params"`` writes an option's shown text and drops parameters of the same name that a
widget of another page owns; here the address holds ids, and the same parameter means the same on every page.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

HOME_PAGE = "overview"


def link(page: str, **params: object) -> str:
    """Relative address of a page with its parameters; parameters that are None or empty are left out.

    >>> link("gaps", chain="auto_parts", stage=None)
    'gaps?chain=auto_parts'
    """
    known = {name: str(value) for name, value in params.items() if value is not None and value != ""}
    path = "./" if page == HOME_PAGE else page
    return f"{path}?{urlencode(known)}" if known else path


def here(page: str, **changes: object) -> str:
    """Address of the present page with some parameters changed; None removes one."""
    return link(page, **{**st.query_params.to_dict(), **changes})


def param(name: str) -> str | None:
    """A parameter of the address, None where it is absent or empty."""
    return st.query_params.get(name) or None


def choose(
    label: str,
    name: str,
    options: Mapping[str, str],
    *,
    default: str | None = None,
    resets: tuple[str, ...] = (),
    help: str | None = None,
) -> str:
    """A select box of ``options`` (id → shown text) bound to parameter ``name``.

    The default (first option unless given) is left out of the address; a choice also removes the parameters ``resets``.
    An id in the address that is no option counts as the default.
    """
    fallback = default if default is not None else next(iter(options))
    asked = param(name)
    value = asked if asked is not None and asked in options else fallback
    _set_widget(name, value)
    chosen: str = st.selectbox(
        label,
        list(options),
        list(options).index(value),
        format_func=lambda key: options[key],
        key=_key(name),
        on_change=_write_choice,
        args=(name, fallback, resets, dict(options)),
        help=help,
        filter_mode="contains",
    )
    return chosen


def choose_many(
    label: str,
    name: str,
    options: Mapping[str, str],
    *,
    placeholder: str = "",
    help: str | None = None,
    resets: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """A box of several of ``options`` (id → shown text) bound to parameter ``name``: their ids with commas.

    Ids in the address that are no option are not chosen; they leave it with the next choice, as do the parameters ``resets``.
    """
    value = [key for key in listed(name) if key in options]
    _set_widget(name, value)
    chosen = st.multiselect(
        label,
        list(options),
        value,
        format_func=lambda key: options[key],
        key=_key(name),
        on_change=_write_many,
        args=(name, resets, dict(options)),
        placeholder=placeholder,
        help=help,
    )
    return tuple(chosen)


def listed(name: str) -> tuple[str, ...]:
    """The ids of parameter ``name``, each once."""
    return tuple(dict.fromkeys(key for key in (param(name) or "").split(",") if key))


def switch(label: str, name: str, *, help: str | None = None) -> bool:
    """A toggle bound to parameter ``name``: ``1`` when on, absent when off."""
    value = param(name) == "1"
    _set_widget(name, value)
    return st.toggle(label, value, key=_key(name), on_change=_write, args=(name, False, ("p",)), help=help)


def type_in(
    label: str, name: str, *, placeholder: str = "", help: str | None = None, resets: tuple[str, ...] = ("p",)
) -> str:
    """A text field bound to parameter ``name``; what is typed also removes the parameters ``resets``."""
    value = param(name) or ""
    _set_widget(name, value)
    return st.text_input(
        label, value, key=_key(name), placeholder=placeholder, on_change=_write, args=(name, "", resets), help=help
    ).strip()


def weight(label: str, name: str, default: int, *, help: str | None = None) -> int:
    """A slider 0–100 in steps of 5 bound to parameter ``name``; the default is left out of the address."""
    asked = param(name)
    valid = asked is not None and asked.isdecimal() and int(asked) in range(0, 101, 5)
    value = int(asked) if asked and valid else default
    _set_widget(name, value)
    return int(
        st.slider(
            label, 0, 100, value, step=5, key=_key(name), on_change=_write, args=(name, default, ("p",)), help=help
        )
    )


def _key(name: str) -> str:
    return f"url_{name}"


def _set_widget(name: str, value: object) -> None:
    """The address wins over what the widget held: a link, the back button and a reload all show the same.

    The browser hears of a value set here once, and not at all when that run is interrupted; the widget is therefore
    given the same value as its default, or it would start at its lowest and write that into the address.
    """
    if st.session_state.get(_key(name)) != value:
        st.session_state[_key(name)] = value


def _write_choice(name: str, fallback: str, resets: tuple[str, ...], options: Mapping[str, str]) -> None:
    chosen = _meant(st.session_state[_key(name)], options)
    if chosen is not None and chosen != (param(name) or fallback):
        st.session_state[_key(name)] = chosen
        _write(name, fallback, resets)


def _meant(told: str, options: Mapping[str, str]) -> str | None:
    """The option that the browser means; None for none.

    It tells an option by its text, and as long as it has not heard of a new count, by the text with the former one.

    >>> _meant("甲（12）", {"a": "甲（3）", "b": "乙（9）"})
    'a'
    """
    if told in options:
        return told
    stem = told.rsplit("（", 1)[0]
    return next((key for key, text in options.items() if text.rsplit("（", 1)[0] == stem), None)


def _write_many(name: str, resets: tuple[str, ...], options: Mapping[str, str]) -> None:
    meant = [_meant(told, options) for told in st.session_state[_key(name)]]
    chosen = ",".join(key for key in meant if key is not None)
    if chosen == (param(name) or ""):
        return
    for other in (name, *resets):
        st.query_params.pop(other, None)
    if chosen:
        st.query_params[name] = chosen


def _write(name: str, fallback: object, resets: tuple[str, ...]) -> None:
    value = st.session_state[_key(name)]
    for other in (name, *resets):
        st.query_params.pop(other, None)
    if value != fallback:
        st.query_params[name] = "1" if value is True else str(value)
