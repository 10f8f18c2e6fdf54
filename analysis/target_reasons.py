"""Why a target is on the list and what speaks against it, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

RUNNING: tuple[str, ...] = ("存续", "在营", "开业", "在业", "在册", "正常")
"""How the states of a running firm begin (存续（在营、开业、在册）); 非正常 and 注销 do not."""


def running(status: pd.Series) -> pd.Series:
    """Which firms are not known to have ended: of an unknown status nothing is held against them.

    >>> running(pd.Series(["存续（在营）", "注销", None], dtype="str")).to_list()
    [True, False, True]
    """
    return status.isna() | status.astype("str").str.startswith(RUNNING).fillna(False)


def explain(targets: pd.DataFrame, as_of: date, wider: Mapping[str, str] | None = None) -> pd.DataFrame:
    """``targets`` with reason (one Chinese sentence) and conflicts (list of sentences) for every row.

    Parameters
    ----------
    targets : result of ``rank_targets`` on candidates that also have name, region, evidence, industry_text, stock_code,
        revenue_year, employees, tie_text, n_projects, status, other_trade, n_affiliates_away, last_affiliate_name,
        last_affiliate_place, last_affiliate_confidence, kin_name and kin_confidence
    as_of : date of the data, for the age of firms
    wider : divisions that the home region is part of, by code, each with the word for what is unknown of a firm of which
        only that division is known (adcode, else city_code): it may be in the home region already
    """
    result, rows = targets.copy(), list(targets.itertuples())
    result["reason"] = [_reason(row) for row in rows]
    result["conflicts"] = [_conflicts(row, as_of, wider or {}) for row in rows]
    return result


def yuan(amount: float) -> str:
    """Money for people: 1.2 亿元, 350 万元."""
    if amount >= 1e8:
        return f"{amount / 1e8:,.1f} 亿元"
    return f"{amount / 1e4:,.0f} 万元"


def in_short(row: Any, basis: str) -> str:
    """Why a firm is shown, what it founded elsewhere and how it is tied to the home region, where facts stand beside it.

    Parameters
    ----------
    row : as a row of ``targets`` in :func:`explain`; connection is NA where no path is known
    """
    return "；".join(phrase for phrase in (basis, _growth(row), _tie(row)) if phrase)


def _reason(row: Any) -> str:
    phrases = [_who(row), _size(row), f"依据：{row.evidence}", _growth(row), _tie(row)]
    return "；".join(phrase for phrase in phrases if phrase)


def _who(row: Any) -> str:
    place = f"位于{row.region}" if pd.notna(row.region) else "所在地未知"
    return place if pd.isna(row.founded_on) else f"{place}，{pd.Timestamp(row.founded_on).year} 年成立"


def _size(row: Any) -> str:
    facts = []
    if pd.notna(row.stock_code):
        industry = f"，{str(row.industry_text).rstrip('Ⅱ Ⅲ')}" if pd.notna(row.industry_text) else ""
        facts.append(f"上市公司（{row.stock_code}{industry}）")
    if pd.notna(row.revenue_cny):
        year = f"（{int(row.revenue_year)} 年）" if pd.notna(row.revenue_year) else ""
        facts.append(f"营收 {yuan(row.revenue_cny)}{year}")
    if pd.notna(row.employees):
        facts.append(f"员工 {int(row.employees):,} 人")
    if pd.notna(row.capital_cny) and row.capital_cny > 0 and pd.isna(row.capital_flag):
        facts.append(f"注册资本 {yuan(row.capital_cny)}")
    if pd.notna(row.tags):
        facts.append(str(row.tags))
    return "，".join(facts)


def _growth(row: Any) -> str:
    told = []
    if row.n_branches_away > 0:
        count = f"已在外地设分支机构或投资企业 {int(row.n_branches_away)} 家"
        told.append(count + ("" if pd.isna(row.last_branch_on) else f"，最近一家设于 {_year(row.last_branch_on)} 年"))
    if row.n_affiliates_away > 0:
        told.append(affiliate_text(row) + _more(int(row.n_affiliates_away)))
    return "；".join(told)


def affiliate_text(row: Any) -> str:
    """The last firm of the brand founded elsewhere: 2016 年在重庆市设立同字号企业“…”（推断，把握 97%）."""
    place = "外地" if pd.isna(row.last_affiliate_place) else row.last_affiliate_place
    sure = f"（推断，把握 {row.last_affiliate_confidence:.0%}）"
    return f"{_year(row.last_affiliate_on)} 年在{place}设立同字号企业“{row.last_affiliate_name}”{sure}"


def _more(n: int) -> str:
    return f"，此类企业共 {n} 家" if n > 1 else ""


def _year(day: Any) -> int:
    return pd.Timestamp(day).year


def _tie(row: Any) -> str:
    return f"与本地有关联：{row.tie_text}" if pd.notna(row.connection) else ""


def _maybe_here(row: Any, wider: Mapping[str, str]) -> list[str]:
    place = row.city_code if pd.isna(row.adcode) else row.adcode
    return [f"所在{wider[place]}未知，可能已在本地"] if place in wider else []


def standing(row: Any, wider: Mapping[str, str]) -> list[str]:
    """What speaks against a firm whatever it makes: projects here already, status, doubtful capital, a larger firm of its brand."""
    found = _maybe_here(row, wider) if wider else []
    if row.n_projects > 0:
        found.append(f"本地已有该企业的项目 {int(row.n_projects)} 个")
    if pd.notna(row.status) and not str(row.status).startswith(RUNNING):
        found.append(f"登记状态：{row.status}")
    if pd.notna(row.capital_flag):
        found.append(f"注册资本存疑：{row.capital_flag}")
    if pd.notna(row.kin_name):
        sure = f"（推断，把握 {row.kin_confidence:.0%}）"
        found.append(f"与“{row.kin_name}”同字号{sure}，投资可能由其决定")
    return found


def _conflicts(row: Any, as_of: date, wider: Mapping[str, str]) -> list[str]:
    found = standing(row, wider)
    if pd.notna(row.other_trade):
        found.append(f"企业名称或行业显示主业为{row.other_trade}，请核实是否自产")
    if row.kind == "production" and row.role == "rd":
        found.append("只写明研发，未写明生产")
    if pd.notna(row.founded_on) and (pd.Timestamp(as_of) - pd.Timestamp(row.founded_on)).days < 3 * 365.25:
        found.append("成立不足 3 年，注册资本未必实缴")
    return found
