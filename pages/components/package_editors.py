"""The tables in which a chain package is changed: segments and supply edges; borrowed segments are only shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from chains.model import Chain
from chains.tables import EDGES, SEGMENTS, STAGES
from chains.words import KINDS, LEVELS
from pages import cached
from pages.components import table
from pages.components.frame import section
from pages.components.html import anchor
from pages.components.package_state import NUMBER, Candidate, Work
from pages.components.table import html_table
from pages.components.url import link

ORDER = (NUMBER, "细分", "段", "环节", "关键词", "排除词", "定义", "关键性", "关键性理由", "行业代码", "类型", "知名企业", "稀有说明",
         "用地", "用电", "环保", "来源", "编号")  # fmt: skip
HEIGHT = 560
LISTS = "多个词用分号、顿号或逗号隔开"


def edit_segments(work: Work, chain: Chain | None) -> None:
    """The segments of the package's own, one row each; rows may be added and removed."""
    section("环节", "直接在格子里改；最下面一行可新增，选中行首按删除键可删去；编号由程序生成，不改")
    stages = [str(row["名称"]) for row in work.tables[STAGES]]
    work.edited[SEGMENTS] = st.data_editor(
        _frame(work, SEGMENTS),
        key=_begun(work, SEGMENTS),
        num_rows="dynamic",
        hide_index=True,
        height=HEIGHT,
        column_order=ORDER,
        column_config=_segment_columns(stages),
        disabled=[NUMBER, "编号"],
        placeholder="",
    )
    if chain is not None and chain.shared:
        _shared(chain)


def edit_edges(work: Work, found: Candidate) -> None:
    """The supply edges, one row each."""
    section("供应关系", "从供应环节到使用环节；权重是使用环节外购投入中来自该供应环节的份额（0–1），合计不超过 1")
    names = _names(work, found.chain)
    sources = [str(row["编号"]) for row in work.tables["来源"]]

    def shown(key: Any) -> str:
        return names.get(str(key), str(key))

    ends = {
        title: st.column_config.SelectboxColumn(
            title, options=list(names), format_func=shown, required=True, width="large"
        )
        for title in ("供应环节", "使用环节")
    }
    weight = st.column_config.NumberColumn("权重", min_value=0.0001, max_value=1.0, required=True, format="%.4g")
    source = st.column_config.SelectboxColumn("来源", options=sources, required=True, default=sources[-1])
    work.edited[EDGES] = st.data_editor(
        _frame(work, EDGES),
        key=_begun(work, EDGES),
        num_rows="dynamic",
        hide_index=True,
        disabled=[NUMBER],
        height=HEIGHT,
        column_config={NUMBER: _numbers(), **ends, "权重": weight, "来源": source},
        placeholder="",
    )


def _begun(work: Work, title: str) -> str:
    """Key of an editor; what it held before it was last left is what it begins with."""
    chain_id = next(str(row["内容"]) for row in work.tables["产业链"] if row["字段"] == "编号")
    return f"package_{'segments' if title == SEGMENTS else 'edges'}_{chain_id}_{work.stamp}"


def _frame(work: Work, title: str) -> pd.DataFrame:
    if _begun(work, title) not in st.session_state:
        work.begin_anew(title)
    frame = work.frame(title)
    return frame if title == SEGMENTS else frame.astype({"权重": "float64"})


def _segment_columns(stages: list[str]) -> dict[str, Any]:
    words = {"段": stages, "关键性": list(LEVELS.values()), "类型": list(KINDS.values())}
    chosen = {
        title: st.column_config.SelectboxColumn(
            title, options=options, required=True, width=190 if title == "段" else 80
        )
        for title, options in words.items()
    }
    long = {
        title: st.column_config.TextColumn(title, help=LISTS, width="large")
        for title in ("关键词", "排除词", "知名企业")
    }
    text = {title: st.column_config.TextColumn(title, width="medium") for title in ORDER[1:]}
    pinned = {"细分": st.column_config.TextColumn("细分", width="medium", pinned=True, required=True)}
    return {
        NUMBER: _numbers(),
        **text,
        **long,
        "定义": st.column_config.TextColumn("定义", width="large"),
        **chosen,
        **pinned,
    }


def _numbers() -> Any:
    return st.column_config.NumberColumn(NUMBER, width=50, pinned=True, format="%d")


def _names(work: Work, chain: Chain | None) -> dict[str, str]:
    """Segments by id, those of other packages marked; the last known ones while the tables say no chain."""
    known = chain or work.base
    if known is None:
        return {str(row["编号"]): str(row["细分"]) for row in work.tables[SEGMENTS]}
    return {one.id: f"{one.name}{'（引用）' if one.shared_from else ''}" for one in known.segments}


def _shared(chain: Chain) -> None:
    """Borrowed segments with where they come from."""
    section("引用的环节", "由别的产业链维护，这里不能改；改动在原产业链里进行，保存后这里随之更新")
    rows = [
        {
            "name": one.name,
            "origin": one.shared_from,
            "stage": chain.stage_name(one.stage),
            "keywords": "、".join(one.keywords),
        }
        for one in chain.segments
        if one.shared_from
    ]
    columns = (
        table.text_column("环节", "name", "lt-main"),
        table.text_column("段", "stage"),
        table.Column("来自", "origin", _origin, "lt-short"),
        table.long_column("关键词", "keywords"),
    )
    st.html(html_table(pd.DataFrame(rows), columns))


def _origin(row: Mapping[str, Any]) -> str:
    """The chain that keeps the segment, by name, and a link to it there."""
    package, _, segment = str(row["origin"]).partition(".")
    name = next((chain.name for chain in cached.packages() if chain.id == package), package)
    return anchor(name, link("packages", chain=package, segment=segment, view="check"))
