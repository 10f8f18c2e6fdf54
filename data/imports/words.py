"""Words of stages, money layers and relations in the sources, and what they mean here; other words mean nothing."""

from __future__ import annotations

import polars as pl

STAGES = {
    "negotiating": ("negotiating", "在谈", "洽谈", "洽谈中", "在谈项目", "洽谈推进", "对接洽谈"),
    "signed": ("signed", "签约", "已签约", "正式签约", "签约项目"),
    "started": ("started", "开工", "已开工", "在建", "开工建设", "开工在建"),
    "operating": ("operating", "投产", "已投产", "竣工投产", "建成投产", "达产", "投产达产"),
    "suspended": ("suspended", "暂缓", "停滞", "暂停"),
    "terminated": ("terminated", "终止", "退库", "已终止", "取消"),
}
LAYERS = {
    "agreement": ("agreement", "协议", "协议投资", "协议投资额", "协议金额", "协议资金"),
    "contract": ("contract", "合同", "合同投资", "合同投资额", "合同金额", "合同额", "合同资金"),
    "paid_in": ("paid_in", "到位", "到位资金", "实际到位", "实际到位资金", "到资", "到账", "实际到资"),
    "planned": (
        "planned",
        "计划",
        "计划投资",
        "计划总投资",
        "总投资",
        "总投资额",
        "投资总额",
        "投资",
        "投资意向",
        "意向投资",
    ),
}
RELATIONS = {
    "supplies": ("supplies", "供应", "供货", "配套", "供应商"),
    "owns": ("owns", "控股", "参股", "投资", "持股", "股东"),
    "branch": ("branch", "分支", "分支机构", "分公司"),
    "referral": ("referral", "引荐", "推荐", "以商招商"),
}


def meaning(words: dict[str, tuple[str, ...]], texts: pl.Series) -> pl.Series:
    """The meaning of each text that is exactly one of the words; null for all others."""
    table = {word: key for key, synonyms in words.items() for word in synonyms}
    return texts.str.to_lowercase().replace_strict(table, default=None, return_dtype=pl.String)


def unknown(texts: pl.Series, meanings: pl.Series, reason: str) -> pl.Series:
    """``reason`` where there is a text but no meaning."""
    frame = pl.DataFrame({"text": texts, "meaning": meanings})
    lost = pl.col("text").is_not_null() & pl.col("meaning").is_null()
    return frame.select(pl.when(lost).then(pl.lit(reason)).cast(pl.String)).to_series()
