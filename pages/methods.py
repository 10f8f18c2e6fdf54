"""方法与可信度: how every figure is made, how sure it is, how it was checked, and by which lines this place judges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from exports.formats import count, decimal, moment, percent
from pages import cached
from pages.components import catalogue_hits, judging_form, table, validation_results
from pages.components.actions import say_what_happened
from pages.components.chain_bar import pick_chain
from pages.components.frame import header, section
from pages.components.html import anchor, esc, facts, label_chip
from pages.components.table import html_table
from pages.components.url import choose, link
from services.batches import match_runs
from services.catalogue import source_rows

TEXT = Path(__file__).resolve().parents[1] / "docs" / "METHODS.md"


def page() -> None:
    """Draw the page."""
    header("方法与可信度", "每个数怎么来、有多可靠、怎样检验过，以及本地按什么口径判定。", cached.context())
    say_what_happened()
    views: dict[str, tuple[str, Callable[[], None]]] = {
        "methods": ("怎么算", _methods),
        "judging": ("判定口径", _judging),
        "firmness": ("稳不稳", _firmness),
        "checks": ("怎么检验", _checks),
        "sources": ("数据来源", _sources),
    }
    with st.columns([1, 3])[0]:
        view = choose("看什么", "view", {key: word for key, (word, _) in views.items()}, resets=("chain", "p"))
    views[view][1]()


def _methods() -> None:
    left, right = st.columns([1.7, 1], gap="large")
    with left, st.container(key="prose"):
        opening, *parts = TEXT.read_text(encoding="utf-8").split("\n## ")
        st.markdown(opening.split("\n", 1)[1])
        for place, part in enumerate(parts):
            title, body = part.split("\n", 1)
            with st.expander(title, expanded=place == 1), st.container(key="works" if part is parts[-1] else None):
                st.markdown(body)
    with right:
        section("当前参数", "本库各页和导出都按这组参数计算")
        state = cached.state(cached.matched()[0].id)
        st.html(f'<div class="lt-card-box">{facts([(word, esc(value)) for word, value in state.parameters()])}</div>')


def _judging() -> None:
    section("本地的判定口径", "改后各页和导出都按新口径；谁在何时改的记入审计")
    judging_form.show()
    section("同类地区", "规模（做产品的企业数）与产业构成（各产业链企业数的比例）最接近的十个地市，本地所在地市除外")
    columns = (
        table.text_column("地市", "name", "lt-main"),
        table.Column("规模为本地的", "size_ratio", lambda row: f"{decimal(row['size_ratio'], 2)} 倍", "lt-num"),
        table.Column("产业构成相似度", "likeness", lambda row: percent(row["likeness"]), "lt-num"),
    )
    st.html(html_table(cached.peer_regions(), columns))


def _firmness() -> None:
    chain = pick_chain()
    state = cached.state(chain.id)
    rows = state.labels.join(state.sensitivity)
    loose = rows[rows.held < 1].sort_values("held")
    section(
        "浮动 10% 看判定变不变",
        f"{len(rows)} 个环节中 {len(rows) - len(loose)} 个不变；下面 {len(loose)} 个在某条线或应有数浮动 10% 时会变，引用时请留意",
    )
    columns = (
        table.Column("环节", "name", lambda row: _opened(chain.id, row), "lt-main"),
        table.Column("判定", "label", lambda row: label_chip(row["label"])),
        table.count_column("本地", "n_local"),
        table.decimal_column("应有", "expected"),
        table.Column("十种浮动中不变的", "held", lambda row: percent(row["held"]), "lt-num"),
        table.Column("何时改变", "flips", lambda row: esc("；".join(row["flips"])), "lt-long"),
    )
    st.html(html_table(loose, columns))


def _opened(chain_id: str, row: Mapping[str, Any]) -> str:
    return anchor(row["name"], link("chain_map", chain=chain_id, segment=row["segment_id"]))


def _checks() -> None:
    section("检验", "用外部事实和自己的数据检验结论")
    catalogue_hits.show()
    validation_results.show()


def _sources() -> None:
    section("数据来源", "在用的导入批次")
    columns = (
        table.text_column("来源", "title", "lt-main"),
        table.day_column("数据截至", "as_of"),
        table.Column("采纳 / 退回行", "n_accepted", _rows_taken, "lt-num"),
    )
    st.html(html_table(source_rows(cached.store()), columns))
    section("产业链包")
    _chains()


def _chains() -> None:
    runs = match_runs(cached.store()).set_index("chain_id")
    rows = [
        (
            chain.name,
            f"版本 {esc(chain.version)}，{len(chain.segments)} 个环节，{len(chain.edges)} 条供应关系；"
            + (f"匹配于 {moment(runs.matched_at[chain.id])}" if chain.id in runs.index else "尚未匹配")
            + f'<span class="lt-sub">依据：{esc("、".join(source.title for source in chain.sources))}</span>',
        )
        for chain in cached.chains()
    ]
    st.html(f'<div class="lt-card-box">{facts(rows)}</div>')


def _rows_taken(row: Mapping[str, Any]) -> str:
    return f"{count(row['n_accepted'])} / {count(row['n_rejected'])}"
