"""明细: the rows behind a number of 总览."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from exports.columns import CellKind
from exports.columns import Column as SavedColumn
from exports.formats import money
from pages import cached, cached_news
from pages.components import moments, row_columns
from pages.components.chain_told import any_chain
from pages.components.downloads import table_download
from pages.components.frame import empty, header
from pages.components.html import anchor
from pages.components.listing import Listing, show_pages, show_table
from pages.components.row_kinds import CHANGED, KINDS, RowKind, told
from pages.components.table import Column
from pages.components.url import link, param
from services.changes import NEVER_KEPT

FIRMS = "firms"
_CELLS: dict[str, CellKind] = {"label": "label", "before": "label", "stage": "stage"}


def page() -> None:
    """Draw the page."""
    asked = param("of")
    if asked == FIRMS:
        _firms()
    elif asked in KINDS:
        _kind(asked, KINDS[asked])
    else:
        header("明细", "总览上的每个数字，点开就是它背后的每一行。", cached.context())
        empty("没有指明要看什么", "请在总览点一个数字。", ("回到总览", link("overview")))


def _kind(asked: str, kind: RowKind) -> None:
    header(told(asked), _rule(asked, kind), cached.context(), any_chain())
    rows = kind.rows()
    if rows is None:
        empty("无从比较", _untold(), ("去数据管理", link("data_admin")))
    elif rows.empty:
        empty("没有这样的行", f"口径：{kind.rule}。现在一{kind.unit[0]}也没有。", ("回到总览", link("overview")))
    else:
        show_table(Listing("rows", kind.unit, _sum(rows)), rows, kind.columns())
        with st.container(horizontal=True, vertical_alignment="center"):
            table_download(told(asked), _saved(kind.columns(), rows), rows, cached.context())
            _ways(kind)


def _sum(rows: pd.DataFrame) -> str:
    """The planned investment of projects together; nothing for other rows, or where no amount is known."""
    known = rows.planned_cny.dropna() if "planned_cny" in rows else pd.Series(dtype=float)
    return "" if known.empty else f"总投资合计 {money(known.sum())}（{len(known)} 个有数）"


def _rule(asked: str, kind: RowKind) -> str:
    choice = moments.chosen()
    at = moments.since(choice) if asked in CHANGED else None
    return f"{moments.said(choice, at)}：{kind.rule}。" if at else f"{kind.rule}。"


def _untold() -> str:
    at = moments.since(moments.chosen())
    return NEVER_KEPT if at is None else cached_news.changes(at).untold or NEVER_KEPT


def _ways(kind: RowKind) -> None:
    if kind.act:
        st.html(anchor(f"{kind.act[0]} →", link(kind.act[1]), "lt-go"), width="content")
    st.html(anchor("← 回到总览", link("overview", since=param("since")), "lt-go"), width="content")


def _saved(columns: tuple[Column, ...], rows: pd.DataFrame) -> tuple[SavedColumn, ...]:
    return tuple(SavedColumn(c.title, c.key, 14, _cell(c.key, rows[c.key])) for c in columns)


def _cell(key: str, values: pd.Series) -> CellKind:
    if key in _CELLS:
        return _CELLS[key]
    if pd.api.types.is_datetime64_any_dtype(values):
        return "date"
    return "score" if pd.api.types.is_float_dtype(values) else "number" if _whole(values) else "text"


def _whole(values: pd.Series) -> bool:
    return bool(pd.api.types.is_integer_dtype(values))


def _firms() -> None:
    everywhere, context = param("all") == "1", cached.context()
    title = "全库企业" if everywhere else "本地企业"
    header(title, "按登记信息合并后的企业，一家一行。", context)
    n = context.n_firms if everywhere else context.n_local
    if n == 0:
        empty(
            "本地还没有企业",
            "库里的企业都在外地；请核对本地区域，或导入本地企业名录。",
            ("去数据管理", link("data_admin")),
        )
        return
    show_pages(
        Listing("rows", "家企业"),
        n,
        lambda sort, start, size: cached_news.firms(everywhere, sort, start, size),
        row_columns.firms(),
    )
