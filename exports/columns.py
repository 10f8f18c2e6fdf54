"""Columns of exported tables: title, width, kind of cell and where the value comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from exports.row_ids import ROW_ID_TITLE

CellKind = Literal[
    "text",
    "number",
    "score",
    "share",
    "yi",
    "wan",
    "date",
    "list",
    "label",
    "role",
    "stage",
    "entry",
    "entry_date",
    "hidden",
]


@dataclass(frozen=True)
class Column:
    """One column of an exported table; ``key`` is the frame's column, width in characters."""

    title: str
    key: str
    width: float
    kind: CellKind = "text"


PLAN = ("site", "channel", "contact", "responsible")
"""Keys of columns that people fill in before a trip: whom to send, through whom, with which site."""
WORK = frozenset({*PLAN, "contact_state", "visited_on", "visit_note", "next_step", "row_id"})
"""Keys of the columns of work on a firm: never for readers outside."""

CATALOGUE: tuple[Column, ...] = (
    Column("序号", "position", 5, "number"),
    Column("产业链", "chain_name", 11),
    Column("段", "stage_name", 12),
    Column("环节", "segment_name", 16),
    Column("缺口类型", "action", 9),
    Column("企业全称", "name", 30),
    Column("统一社会信用代码", "uscc", 21),
    Column("总部（省/市/区）", "region", 20),
    Column("成立时间", "founded_on", 11, "date"),
    Column("注册资本（万元）", "capital_cny", 13, "wan"),
    Column("资质标签（年度）", "tags", 16),
    Column("上市/股票代码", "stock_code", 10),
    Column("主营产品", "products", 24),
    Column("主营依据", "evidence", 34),
    Column("营收（亿元）", "revenue_cny", 11, "yi"),
    Column("营收年份", "revenue_year", 9, "number"),
    Column("员工（人）", "employees", 10, "number"),
    Column("与本地关联", "tie_text", 20),
    Column("投资动向（日期、来源）", "expansion_text", 24),
    Column("推荐理由", "reason", 46),
    Column("得分", "score", 7, "score"),
    Column("完整度", "completeness", 8, "share"),
    Column("名次稳定性", "rank_text", 18),
    Column("需注意", "conflicts", 22, "list"),
    Column("建议载体", "site", 14, "entry"),
    Column("对接渠道/引荐人", "channel", 14, "entry"),
    Column("联系方式", "contact", 14, "entry"),
    Column("责任单位/责任人", "responsible", 14, "entry"),
    Column("对接状态", "contact_state", 10, "entry"),
    Column("最近联系", "visited_on", 11, "entry_date"),
    Column("拜访记录", "visit_note", 30, "entry"),
    Column("下一步", "next_step", 16, "entry"),
    Column("数据截止", "as_of", 11, "date"),
    Column(ROW_ID_TITLE, "row_id", 60, "hidden"),
)

PART_KEYS = (
    "position", "segment_name", "action", "name", "uscc", "region", "capital_cny", "tags", "stock_code", "revenue_cny",
    "expansion_text", "reason", "score",
)  # fmt: skip
"""Keys of the columns of the sheets by part, which are for reading."""

GAPS: tuple[Column, ...] = (
    Column("段", "stage_name", 14),
    Column("环节", "name", 20),
    Column("判定", "label", 9, "label"),
    Column("行动", "action", 8),
    Column("优先级", "priority", 9, "score"),
    Column("名次", "rank", 7, "number"),
    Column("权重±10%最好名次", "rank_best", 11, "number"),
    Column("权重±10%最差名次", "rank_worst", 11, "number"),
    Column("关键性", "criticality", 9, "share"),
    Column("本地需求拉动", "demand_pull", 12, "share"),
    Column("可行性", "feasibility", 9, "share"),
    Column("未被覆盖", "openness", 9, "share"),
    Column("本地企业", "n_local", 9, "number"),
    Column("应有企业", "expected", 9, "score"),
    Column("区位商", "lq", 9, "score"),
    Column("区间下限", "lq_low", 9, "score"),
    Column("区间上限", "lq_high", 9, "score"),
    Column("证据等级", "tier", 9),
    Column("本地下游需求", "requirement", 12, "score"),
    Column("按需应有供应企业", "suppliers_needed", 12, "score"),
    Column("本地配套率（供需池法）", "supply_share_pool", 13, "share"),
    Column("本地配套率（区位商法）", "supply_share_slq", 13, "share"),
    Column("本地配套率（FLQ 法）", "supply_share_flq", 13, "share"),
    Column("需求证据等级", "demand_tier", 9),
    Column("签约项目", "nominal", 9, "number"),
    Column("有效项目", "effective", 9, "number"),
    Column("理由", "gap_reason", 60),
)

COVERAGE: tuple[Column, ...] = (
    Column("范围", "scope", 20),
    Column("环节数", "n_segments", 9, "number"),
    Column("缺口数", "n_gaps", 9, "number"),
    Column("名义覆盖缺口（签约）", "n_nominal", 18, "number"),
    Column("有效覆盖缺口（开工/到资）", "n_effective", 22, "number"),
    Column("名义覆盖率", "nominal_share", 11, "share"),
    Column("有效覆盖率", "effective_share", 11, "share"),
    Column("名义覆盖率（按优先级）", "nominal_priority_share", 14, "share"),
    Column("有效覆盖率（按优先级）", "effective_priority_share", 14, "share"),
    Column("优势环节上的签约", "n_over", 15, "number"),
    Column("资金口径", "money_layer", 10),
    Column("签约项目", "n_signed", 9, "number"),
    Column("其中金额不详", "n_without_amount", 11, "number"),
    Column("签约金额（亿元）", "signed_cny", 14, "yi"),
    Column("投向缺口的比例", "nominal_money_share", 12, "share"),
    Column("投向缺口且已开工或到资的比例", "effective_money_share", 16, "share"),
)

OVER_SERVED: tuple[Column, ...] = (
    Column("产业链", "chain_name", 14),
    Column("段", "stage_name", 16),
    Column("环节", "name", 22),
    Column("签约项目", "n_signed", 9, "number"),
    Column("其中已开工或到资", "n_effective", 13, "number"),
    Column("资金口径", "money_layer", 10),
    Column("签约金额（亿元）", "signed_cny", 14, "yi"),
    Column("其中金额不详", "n_without_amount", 11, "number"),
    Column("项目", "projects", 60, "list"),
)

WHAT_IF: tuple[Column, ...] = (
    Column("段", "stage_name", 16),
    Column("环节", "name", 22),
    Column("判定（现在）", "label_before", 12, "label"),
    Column("判定（推演）", "label_after", 12, "label"),
    Column("本地企业（现在）", "n_local_before", 13, "number"),
    Column("本地企业（推演）", "n_local_after", 13, "number"),
    Column("区位商（现在）", "lq_before", 12, "score"),
    Column("区位商（推演）", "lq_after", 12, "score"),
    Column("签约项目（现在）", "nominal_before", 13, "number"),
    Column("签约项目（推演）", "nominal_after", 13, "number"),
    Column("有效项目（现在）", "effective_before", 13, "number"),
    Column("有效项目（推演）", "effective_after", 13, "number"),
    Column("优先级（现在）", "priority_before", 12, "score"),
    Column("优先级（推演）", "priority_after", 12, "score"),
    Column("优先级变化", "priority_change", 11, "score"),
    Column("到“一般”还差（家）", "more_needed", 15, "number"),
)

VISITS: tuple[Column, ...] = (
    Column("序号", "position", 6, "number"),
    Column("城市", "city", 16),
    Column("企业全称", "name", 30),
    Column("统一社会信用代码", "uscc", 21),
    Column("所在地", "region", 22),
    Column("主要缺口", "segment_name", 18),
    Column("可补的缺口", "gaps", 36),
    Column("贡献（优先级分）", "contribution", 14, "score"),
    Column("得分", "score", 7, "score"),
    Column("推荐理由", "reason", 46),
    Column("需注意", "conflicts", 22, "list"),
)

PROJECTS: tuple[Column, ...] = (
    Column("项目", "name", 34),
    Column("环节", "segment_name", 20),
    Column("阶段", "stage", 9, "stage"),
    Column("来源表述", "stage_text", 24),
    Column("阶段日期", "stage_on", 11, "date"),
    Column("总投资（亿元）", "planned_cny", 13, "yi"),
    Column("协议额（亿元）", "agreement_cny", 13, "yi"),
    Column("合同额（亿元）", "contract_cny", 13, "yi"),
    Column("到位资金（亿元）", "paid_in_cny", 14, "yi"),
    Column("来源", "source_title", 30),
    Column("数据截止", "as_of", 11, "date"),
)

SOURCES: tuple[Column, ...] = (
    Column("来源", "title", 40),
    Column("文件", "file_name", 30),
    Column("数据截止", "as_of", 11, "date"),
    Column("导入时间", "imported_at", 18, "date"),
    Column("读入行", "n_read", 10, "number"),
    Column("采纳行", "n_accepted", 10, "number"),
    Column("退回行", "n_rejected", 10, "number"),
    Column("存疑行", "n_flagged", 10, "number"),
)
