"""Sets of weights under names: choose one, keep the present sliders as one, take one away. All users share them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from exports.formats import moment
from pages import cached
from pages.cached_drawn import read
from pages.components.actions import actor, carry_out, now
from pages.components.html import esc, plain
from services.saved_weights import (
    LONGEST,
    PARTS,
    NameTaken,
    SavedWeights,
    delete_weights,
    find_weights,
    save_weights,
    saved_weights,
)
from services.weight_options import weights_text

__all__ = ["PARTS", "param_of", "show"]

DEFAULT, OWN = "*default", "*own"
"""Choices that are no saved set: the weights as shipped, and sliders that agree with no set."""


def param_of(part: str) -> str:
    """The parameter of the address that holds a part's weight."""
    return f"w_{part}"


def show(kind: str, chosen: Mapping[str, float], default: Mapping[str, float]) -> None:
    """Draw the row under the sliders.

    Parameters
    ----------
    kind : of ``PARTS``; chosen : the weights that the sliders say now; default : those of an address without weights
    """
    sets = {one.name: one for one in read("weights", lambda: saved_weights(cached.store(), kind), kind)}
    one, two, three, four = st.columns([1.6, 1.4, 0.9, 0.9], vertical_alignment="bottom")
    with one:
        present = _choice(kind, sets, chosen, default)
    with two:
        name = st.text_input("存为方案", key=_key(kind, "name"), max_chars=LONGEST, placeholder="名称，如：重关键环节")
    taken = st.session_state.get(_key(kind, "taken"))
    asked = taken if taken == name.strip() else None
    with three:
        told = f"替换“{plain(asked)}”" if asked else "保存当前权重"
        st.button(told, key=_key(kind, "save"), on_click=_save, args=(kind, dict(chosen), asked), width="stretch")
    with four:
        st.button(
            "删除所选方案",
            key=_key(kind, "delete"),
            disabled=present is None,
            on_click=_delete,
            args=(kind, present.name if present else ""),
            width="stretch",
        )
    if present is not None:
        st.html(
            f'<p class="lt-note">“{esc(present.name)}”由 {esc(present.saved_by)} 存于 {moment(present.saved_at)}</p>'
        )


def _choice(
    kind: str, sets: Mapping[str, SavedWeights], chosen: Mapping[str, float], default: Mapping[str, float]
) -> SavedWeights | None:
    """The box of sets; the set that the sliders agree with, None for none."""
    present = next((name for name, one in sets.items() if _same(one.weights, chosen)), OWN)
    if present == OWN and _same(default, chosen):
        present = DEFAULT
    words = {DEFAULT: "默认权重"} | ({OWN: "当前滑块（未保存）"} if present == OWN else {})
    options = [*words, *sets]
    key = _key(kind, "set")
    st.session_state[key] = present
    st.selectbox(
        f"权重方案（已存 {len(sets)} 个）",
        options,
        format_func=lambda name: words.get(name, name),
        key=key,
        on_change=_use,
        args=(kind, dict(default)),
        filter_mode="contains",
    )
    return sets.get(present)


def _same(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    return all(round(one.get(part, 0.0) - other.get(part, 0.0), 6) == 0 for part in {*one, *other})


def _use(kind: str, default: Mapping[str, float]) -> None:
    """Set the sliders as the chosen set says, by the address."""
    name = st.session_state[_key(kind, "set")]

    def change() -> str:
        weights = default if name == DEFAULT else find_weights(cached.store(), kind, name).weights
        for part in PARTS[kind]:
            _slide(part, weights.get(part, 0.0), default[part])
        st.query_params.pop("p", None)
        return f"已用{'默认权重' if name == DEFAULT else f'权重方案“{name}”'}：{weights_text(weights, PARTS[kind])}。"

    if name != OWN:
        carry_out(change)


def _slide(part: str, weight: float, default: float) -> None:
    """A weight in the address, as the sliders write it: percent in steps of 5."""
    st.query_params.pop(param_of(part), None)
    if (percent := min(100, 5 * round(20 * weight))) != round(100 * default):
        st.query_params[param_of(part)] = str(percent)


def _save(kind: str, chosen: Mapping[str, float], confirmed: str | None) -> None:
    """Keep the sliders under the typed name; a name in use is said, and replaced when the button is pressed again."""
    name = str(st.session_state.get(_key(kind, "name")) or "")
    st.session_state.pop(_key(kind, "taken"), None)

    def change() -> str:
        replace = confirmed is not None and confirmed == name.strip()
        try:
            saved = save_weights(cached.store(), kind, name, chosen, actor=actor(), at=now(), replace=replace)
        except NameTaken as taken:
            st.session_state[_key(kind, "taken")] = taken.held.name
            raise
        st.session_state[_key(kind, "name")] = ""
        return f"已{'替换' if replace else '保存'}权重方案“{saved.name}”：{weights_text(saved.weights, PARTS[kind])}。"

    carry_out(change)


def _delete(kind: str, name: str) -> None:
    def change() -> str:
        delete_weights(cached.store(), kind, name, actor=actor(), at=now())
        return f"已删除权重方案“{name}”；滑块不变。"

    carry_out(change)


def _key(kind: str, what: str) -> str:
    return f"weights_{kind}_{what}"
