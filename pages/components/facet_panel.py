"""Facets of a search: boxes for those of many choices, chips with counts for the others, and what is chosen."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis.search.bands import UNKNOWN
from analysis.search.filter import FACETS, NONE, Filter
from analysis.search.index import Found
from chains.words import ROLES
from pages import cached_search
from pages.cached_drawn import drawn
from pages.components.html import esc
from pages.components.url import choose_many, here, param, type_in

BOXES: Mapping[str, tuple[str, ...]] = {
    "province": ("p", "city", "county"),
    "city": ("p", "county"),
    "county": ("p",),
    "tag": ("p",),
}
"""Facets that have a box, and what a choice of them removes from the address."""
CHIPS = tuple(name for name in FACETS if name not in BOXES)
HINT = "名称、字号、产品、经营范围、拼音首字母"
HELP = (
    "在企业名称（含各来源的其他名称）、统一社会信用代码、股票代码、产品和经营范围中找；用空格隔开的几个词须都有。"
    "名称也可输拼音或首字母，如 jnzc。产品和经营范围是登记或披露的原文，不作判读"
)
FOLDED = 8
"""Chips of a facet shown at once; the others are in a fold."""


def words_of(facet: str) -> Mapping[str, str]:
    """Words of the choices of a facet, by id."""
    return ROLES if facet == "role" else cached_search.universe().index.facets[facet].words


def boxes(found: Found, wanted: Filter) -> None:
    """The field of the full text, and the boxes of places and lists."""
    with st.container(key="target_filters"):
        one, two, three, four, five = st.columns([1.7, 1.1, 1.2, 1.2, 1.2], vertical_alignment="bottom")
    with one, st.container(key="type_ahead"):
        type_in("全文检索", "q", placeholder=HINT, help=HELP)
    for place, name in zip((two, three, four, five), BOXES, strict=True):
        with place:
            _box(name, found, wanted)


def _box(name: str, found: Found, wanted: Filter) -> None:
    narrow = name != "county" or any(wanted.choices(place) for place in ("province", "city", "county"))
    options = drawn(f"choices of {name}", lambda: _options(name, found, wanted), wanted.query()) if narrow else {}
    empty = "先选省份或地市" if not narrow else "不限" if options else "无可选项"
    choose_many(FACETS[name], name, options, placeholder=empty, resets=BOXES[name])


def _options(name: str, found: Found, wanted: Filter) -> dict[str, str]:
    """The choices that leave a firm or are chosen, most firms first."""
    chosen, counts, words = wanted.choices(name), found.counts[name], words_of(name)
    listed = sorted((key for key in words if counts[key] or key in chosen), key=lambda key: (key == NONE, -counts[key]))
    return {key: f"{words[key]}（{counts[key]:,}）" for key in listed}


def chips(found: Found, wanted: Filter) -> None:
    """The choices of the other facets, each with the number of firms that it leaves."""
    n = sum(name in CHIPS for name, _ in wanted.chosen)
    if found.total == 0 and not n:
        return
    told = f"更多筛选（已用 {n} 项）" if n else "更多筛选：角色、规模、年限、上市、扩张、关联、状态、来源"
    with st.expander(told, expanded=n > 0 or wanted.everywhere, icon=":material/filter_list:", key="facet_chips"):
        st.html(drawn("facet chips", lambda: _facets(found, wanted), wanted.query()))


def _facets(found: Found, wanted: Filter) -> str:
    silent = [name for name in CHIPS if not _tells(name, found, wanted)]
    labels = "、".join(FACETS[name] for name in silent)
    note = f'<p class="lt-note">当前范围内各家都一样（同一选项或都{UNKNOWN}）：{esc(labels)}</p>' if silent else ""
    parting = "".join(_facet(name, found, wanted) for name in CHIPS if name not in silent)
    return f'<div class="lt-facets">{parting}</div>{note}'


def _tells(name: str, found: Found, wanted: Filter) -> bool:
    """Whether the facet parts the firms at all, or is chosen."""
    return sum(n > 0 for n in found.counts[name].values()) > 1 or bool(wanted.choices(name))


def _facet(name: str, found: Found, wanted: Filter) -> str:
    counts, words = found.counts[name], words_of(name)
    keys = [key for key in words if counts.get(key) or key in wanted.choices(name)]
    shown = [_chip(name, key, words[key], counts.get(key, 0), wanted) for key in keys]
    more = (
        f"<details><summary>其余 {len(shown) - FOLDED} 项</summary>{''.join(shown[FOLDED:])}</details>"
        if shown[FOLDED:]
        else ""
    )
    return f'<div class="lt-facet" role="group" aria-label="{FACETS[name]}"><b>{FACETS[name]}</b>{"".join(shown[:FOLDED])}{more}</div>'


def _chip(name: str, key: str, word: str, n: int, wanted: Filter) -> str:
    on = key in wanted.choices(name)
    chosen = wanted.toggled(name, key).choices(name)
    target = here("targets", **{name: ",".join(chosen) or None, "p": None})
    marked = ' aria-current="true"' if on else ""
    return f'<a data-nav="stay" data-facet="{name}" data-count="{n}"{marked} href="{esc(target)}">{esc(word)} <i>{n:,}</i></a>'


def chosen_line(found: Found, wanted: Filter, n_left: int) -> None:
    """How many firms are left and what is chosen, each with a cross that takes it away; what is asked in vain is said."""
    shown = [_crossed(f"“{wanted.text}”", {"q": None})] if wanted.text else []
    for name, choices in wanted.chosen:
        words = words_of(name)
        for key in choices:
            rest = ",".join(wanted.toggled(name, key).choices(name))
            shown.append(_crossed(f"{FACETS[name]}：{words.get(key, key)}", {name: rest or None}))
    if not shown:
        st.html(f'<p class="lt-note" role="status">共 <b>{n_left:,}</b> 家企业</p>')
        return
    cleared = esc(here("targets", **dict.fromkeys((*FACETS, "q", "p"))))
    everything = f'<a data-nav="stay" href="{cleared}">清除全部筛选</a>'
    in_vain = (
        f'<span class="lt-tag lt-tag-warn">没有这样的选项，未用于筛选：{esc("、".join(found.unknown))}</span>'
        if found.unknown
        else ""
    )
    left = f'<span role="status">符合条件 <b>{n_left:,}</b> 家：</span>'
    st.html(f'<div class="lt-chosen">{left}{"".join(shown)}{everything}{in_vain}</div>')


def _crossed(text: str, without: dict[str, str | None]) -> str:
    target = esc(here("targets", **{**without, "p": None}))
    return f'<a class="lt-tag" data-nav="stay" href="{target}" aria-label="去掉 {esc(text)}">{esc(text)} ✕</a>'


def modes(everywhere: bool) -> None:
    """The choice between the candidates of one segment and all firms; what is filtered stays."""
    both = ((False, "本环节候选（按得分）"), (True, "全部企业（按规模）"))
    links = "".join(
        f'<a data-nav="stay"{" aria-current=" + chr(34) + "true" + chr(34) if one == everywhere else ""} '
        f'href="{esc(here("targets", base="all" if one else None, p=None, sort=None, map=None, segment=_single(one)))}">{word}</a>'
        for one, word in both
    )
    st.html(f'<nav class="lt-views" aria-label="在哪里找">{links}</nav>')


def _single(everywhere: bool) -> str | None:
    """The segment of the address; of several the first where only one can be ranked."""
    asked = param("segment")
    return asked if everywhere or asked is None else asked.split(",")[0]
