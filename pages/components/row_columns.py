"""Columns of the tables that a number of 总览 opens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chains.words import STAGES
from exports.formats import NO_DATA, is_missing, moment
from pages.components import table
from pages.components.batch_list import KINDS
from pages.components.html import esc, label_chip
from pages.components.table import Column
from pages.components.url import link

Row = Mapping[str, Any]


def projects(*more: Column) -> tuple[Column, ...]:
    """Projects: name, stage, its day, the newest news; and what the kind adds."""
    return (
        table.link_column("项目", "name", lambda row: link("projects", project=row["project_id"]), "place"),
        table.Column("阶段", "stage", _stage, "lt-short"),
        table.day_column("阶段日期", "stage_on"),
        table.day_column("最近消息", "news_on"),
        *more,
        table.money_column("总投资", "planned_cny"),
        table.text_column("责任单位", "unit", ""),
    )


def segments(*more: Column) -> tuple[Column, ...]:
    """Segments with their label, firms here and expected."""
    return (
        table.link_column("环节", "name", _segment, "stage_name"),
        table.text_column("产业链", "chain_name"),
        label_column("判定", "label"),
        *more,
        table.count_column("本地企业", "n_local"),
        table.decimal_column("应有", "expected"),
        table.long_column("依据", "reason"),
    )


def label_column(title: str, key: str) -> Column:
    """A label as its chip."""
    return Column(title, key, lambda row: label_chip(row[key]), "lt-short")


def gaps() -> tuple[Column, ...]:
    """Gaps with their priority."""
    return (
        table.link_column("环节", "name", lambda row: link("targets", **_of(row)), "stage_name"),
        table.text_column("产业链", "chain_name"),
        label_column("判定", "label"),
        table.decimal_column("优先级", "priority", 0),
        table.long_column("理由", "gap_reason"),
    )


def review() -> tuple[Column, ...]:
    """Uncertain pairs with the clause that is the evidence."""
    return (
        table.link_column("企业", "name", lambda row: link("review", **_of(row), firm=row["firm_id"])),
        table.text_column("环节", "segment_name"),
        table.text_column("产业链", "chain_name"),
        label_column("环节判定", "label"),
        table.decimal_column("把握", "score", 2),
        _quoted("依据", "evidence"),
    )


def drafts() -> tuple[Column, ...]:
    """Draft catalogues beside their newest versions."""
    return (
        table.link_column("产业链", "chain_name", lambda row: link("catalogue", chain=row["chain_id"])),
        table.count_column("草稿企业", "n_items"),
        moment_column("最近改动", "added_at"),
        Column("已定稿", "version", lambda row: "还没有" if is_missing(row["version"]) else f"第 {row['version']} 版"),
        table.count_column("与定稿不同", "n_apart"),
    )


def versions() -> tuple[Column, ...]:
    """Frozen versions of catalogues."""
    return (
        table.link_column("目录", "title", lambda row: link("catalogue", chain=row["chain_id"])),
        Column("版本", "version", lambda row: f"第 {row['version']} 版", "lt-short"),
        moment_column("定稿时间", "frozen_at"),
        table.text_column("定稿人", "created_by"),
        table.count_column("企业数", "n_items"),
    )


def sources() -> tuple[Column, ...]:
    """Sources with their dates."""
    return (
        table.link_column("来源", "title", _batch),
        _kind(),
        table.day_column("数据截至", "as_of"),
        moment_column("导入时间", "imported_at"),
        table.count_column("采纳行数", "n_accepted"),
    )


def batches() -> tuple[Column, ...]:
    """Imports with their row counts."""
    return (
        table.link_column("文件", "file_name", _batch, "title"),
        _kind(),
        table.day_column("数据截至", "as_of"),
        moment_column("导入时间", "imported_at"),
        table.text_column("导入人", "imported_by"),
        table.count_column("采纳", "n_accepted"),
        table.count_column("退回", "n_rejected"),
        moment_column("撤回时间", "undone_at"),
    )


def refused() -> tuple[Column, ...]:
    """Imports that were refused."""
    return (
        table.link_column("文件", "file_name", lambda _row: link("data_admin")),
        moment_column("时间", "happened_at"),
        table.text_column("导入人", "actor"),
        table.long_column("原因", "reason"),
    )


def chains() -> tuple[Column, ...]:
    """Chains with what is known of them."""
    return (
        table.link_column("产业链", "chain_name", lambda row: link("chain_map", chain=row["chain_id"])),
        label_column("整体", "label"),
        table.count_column("环节", "n_segments"),
        table.count_column("缺口", "n_gaps"),
        table.long_column("依据", "reason"),
    )


def unmatched() -> tuple[Column, ...]:
    """Chains whose matching is missing or out of date."""
    return (
        table.link_column("产业链", "chain_name", lambda _row: link("data_admin")),
        moment_column("上次匹配", "matched_at"),
    )


def firms() -> tuple[Column, ...]:
    """Firms."""
    return (
        table.link_column("企业", "name", lambda row: link("firm", firm=row["firm_id"])),
        Column(
            "所在地", "region", lambda row: esc(row["region"]) if not is_missing(row["region"]) else _none(), "", False
        ),
        table.day_column("成立时间", "founded_on"),
        table.money_column("注册资本", "capital_cny"),
        table.day_column("数据截至", "as_of"),
    )


def moment_column(title: str, key: str) -> Column:
    """A date with the time of day."""
    return Column(title, key, lambda row: _none() if is_missing(row[key]) else moment(row[key]), "lt-short")


def _stage(row: Row) -> str:
    return '<span class="lt-none">不明</span>' if is_missing(row["stage"]) else esc(STAGES[row["stage"]])


def _kind() -> Column:
    return Column("内容", "kind", lambda row: esc(KINDS.get(row["kind"], row["kind"])), "lt-short")


def _batch(row: Row) -> str:
    return link("data_admin", batch=row["batch_id"])


def _segment(row: Row) -> str:
    return link("chain_map", **_of(row))


def _of(row: Row) -> dict[str, str]:
    return {"chain": row["chain_id"], "segment": row["segment_id"]}


def _none() -> str:
    return f'<span class="lt-none">{NO_DATA}</span>'


def _quoted(title: str, key: str) -> Column:
    """Words of a source as it wrote them: they are not to be translated."""
    plain = table.long_column(title, key)
    return Column(title, key, lambda row: f'<span translate="no">{plain.cell(row)}</span>', plain.css, sortable=False)
