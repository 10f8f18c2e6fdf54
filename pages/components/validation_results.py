"""The newest result of each validation on this place's own data, or the command that makes one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analysis.validation.sentences import SENTENCES
from exports.formats import day, moment, percent
from pages import cached
from pages.components import table
from pages.components.frame import notice, section
from pages.components.html import esc, label_chip
from pages.components.table import html_table
from pages.figures.interval_rows import Figure, Scale, interval_rows
from services.validation import KeptValidation, newest_validations

KINDS: dict[str, tuple[str, str, str]] = {
    "entry": ("新进入的行业，关联密度能不能预见", "validate --panel 面板.csv", "地区、行业、年份、数值四列的面板数据"),
    "clusters": (
        "大家都知道的集群，判定会不会漏",
        "validate --clusters 名单.csv",
        "行政区划代码、环节编号两列的已知集群名单",
    ),
    "expansion": ("在外地布局过的品牌，是否还会布局", "validate --expansion", "库内企业的设立日期与所在地"),
    "catalogues": ("往期目录里的企业，后来来没来", "validate --catalogues", "冻结满半年的目录与项目台账"),
}
"""Kind → title, command, what it needs."""
AREA = Scale(0.4, 1.0, 0.5, lambda value: f"{value:.3f}")
SHARE = Scale(0.0, 1.0, None, percent)
FITTED = "在没有参与拟合的地区上"


def show() -> None:
    """Draw every kind: when and on what it was run, what it says, its figures."""
    kept = newest_validations(cached.store())
    for kind, (title, command, needed) in KINDS.items():
        section(title)
        if kind in kept:
            _result(kept[kind])
        else:
            run = f"<code>python cli.py {esc(command)}</code>"
            st.html(
                f'<div class="lt-empty"><h3>还没有检验过</h3><p>需要{esc(needed)}；在服务器上运行 {run}，结果会显示在这里</p></div>'
            )


def _result(kept: KeptValidation) -> None:
    until = "" if kept.data_as_of is None else f"，数据截至 {day(kept.data_as_of)}"
    st.html(f'<p class="lt-note">{esc(f"检验于 {moment(kept.ran_at)}，{kept.ran_by}；数据：{kept.input}{until}")}</p>')
    try:
        said, drawn = SENTENCES[kept.kind](kept.result), FIGURES[kept.kind](kept.result)
    except KeyError:
        notice("warned", "这次结果由另一版程序算出，这里读不了；请重新运行")
        return
    st.html(f"<p>{esc(''.join(f'{sentence}。' for sentence in said))}</p>{drawn}")


def _areas(result: Mapping[str, Any]) -> str:
    rows = [
        Figure(
            row["name"], row["auc"], row["low"], row["high"], FITTED if row.get("fitted") else "",
            strong=row["score"] in ("density", "structure", "level", "part"),
        )
        for row in result["scores"]
    ]  # fmt: skip
    return interval_rows(rows, AREA) + '<p class="lt-note">虚线 0.5 等于随机猜，1 为全对；横条是 95% 区间</p>'


def _clusters(result: Mapping[str, Any]) -> str:
    known, drawn = result["known"], result["random"]
    rows = [
        _share("已知集群判为优势", known, strong=True),
        Figure(
            "随便一对判为优势", drawn["share"], drawn["share"], drawn["share"], f"{drawn['hits']:,} / {drawn['n']:,}"
        ),
    ]
    columns = (
        table.text_column("地区", "place", "lt-main"),
        table.text_column("环节或产业链", "segment"),
        table.Column("判定", "label", lambda row: label_chip(row["label"])),
        table.count_column("企业", "n_local"),
        table.decimal_column("应有", "expected"),
        table.decimal_column("区位商", "lq", 2),
        table.decimal_column("下限", "lq_low", 2),
        table.decimal_column("上限", "lq_high", 2),
    )
    return interval_rows(rows, SHARE) + html_table(pd.DataFrame(result["pairs"]), columns)


def _catalogues(result: Mapping[str, Any]) -> str:
    rows = [_share("有新签约项目", result["signed"], strong=True), _share("已开工或到资", result["effective"])]
    rows += [_share(f"{row['band']}组中有新签约的", row) for row in result["bands"]]
    return interval_rows([*rows, _share("新项目的投资方事先在目录里", result["recall"])], SHARE)


def _share(name: str, row: Mapping[str, Any], *, strong: bool = False) -> Figure:
    return Figure(name, row["share"], row["low"], row["high"], f"{row['hits']:,} / {row['n']:,}", strong)


FIGURES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "entry": _areas,
    "clusters": _clusters,
    "expansion": _areas,
    "catalogues": _catalogues,
}
"""Kind → its figures as HTML."""
