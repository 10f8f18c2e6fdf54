"""The Chinese words of the codes that facts and conclusions hold; one word per idea."""

from __future__ import annotations

LABELS: dict[str, str] = {"strong": "优势", "fair": "一般", "weak": "薄弱", "missing": "缺失", "unknown": "数据不足"}
STAGES: dict[str, str] = {
    "negotiating": "在谈",
    "signed": "签约",
    "started": "开工",
    "operating": "投产",
    "suspended": "暂缓",
    "terminated": "终止",
}
ROLES: dict[str, str] = {"maker": "制造", "rd": "研发", "trader": "经销", "service": "服务", "construction": "施工"}
VERDICTS: dict[str, str] = {"confirmed": "确认", "uncertain": "待核", "rejected": "不符"}
KINDS: dict[str, str] = {"production": "生产", "service": "服务", "rd": "研发", "support": "配套"}
MEASURES: dict[str, str] = {"count": "企业家数", "size": "规模加权"}
LEVELS: dict[str, str] = {"high": "高", "medium": "中", "low": "低"}
MONEY_LAYERS: dict[str, str] = {
    "contract_cny": "合同额",
    "agreement_cny": "协议额",
    "planned_cny": "总投资",
    "paid_in_cny": "到位资金",
}
"""Layers of a project's money, never added; those that bind most first, and what has come of them last."""

CONTACT_STATES: tuple[str, ...] = ("待联系", "已联系", "已拜访", "有意向", "在谈", "放弃")
"""How far a firm of a catalogue has been brought, in order."""
