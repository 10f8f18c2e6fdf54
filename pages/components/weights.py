"""Weights of the parts of a score: sliders in the address, and sets of them kept under names."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.components import saved_weights
from pages.components.frame import notice
from pages.components.url import weight


def weigh(kind: str, default: Mapping[str, float], *, lead: str = "评分权重") -> Mapping[str, float]:
    """Sliders for the parts of a kind of score (``services.saved_weights.PARTS``); the weights that they say.

    The default weights where all sliders stand at zero, which is said.
    """
    words = saved_weights.PARTS[kind]
    with st.expander(f"{lead}（拖动后立即重排，记在网址里；可存成方案供大家选用）", icon=":material/tune:"):
        columns = st.columns(len(words))
        chosen = {}
        for column, (part, word) in zip(columns, words.items(), strict=True):
            with column:
                chosen[part] = weight(word, saved_weights.param_of(part), round(default[part] * 100)) / 100
        saved_weights.show(kind, chosen, default)
    if sum(chosen.values()) == 0:
        notice("warned", "权重不能全为零，已按默认权重排序。")
        return default
    return chosen
