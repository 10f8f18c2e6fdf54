"""Why a firm that one would expect among the targets of a segment is not there, or stands low: a sentence a firm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.target_reasons import RUNNING
from analysis.targets import PART_NAMES, TargetParams

ROLES_OUT: Mapping[str, str] = {
    "trader": "只是贸易商：经营范围只写销售，未写生产",
    "construction": "只是施工、安装单位，不生产",
    "service": "只提供服务，不生产",
    "none": "经营范围提到关键词，但不表示做这件事",
}
"""What a rejected pair says by its role."""
LOW = 0.34
"""Parts below it are named as what keeps a firm down."""


def why_not(firms: pd.DataFrame, ranked: pd.DataFrame, params: TargetParams = TargetParams()) -> pd.DataFrame:
    """``firms`` with rank (NA: not on the list) and why (one Chinese sentence).

    What keeps a firm off the list is said in this order: it is at home already, it is a branch, it is no body that can
    invest, nothing of it speaks of the segment, it was rejected, it waits for a person. A firm on the list is told its rank
    and what is lowest in its score; its state, where it is not running, comes first.

    Parameters
    ----------
    firms : firm_id, name, status, region, local (bool), parent (name of the firm it is a branch of, NA), branch_name (bool:
        named as a branch), no_investor (bool), role, verdict, evidence, decided_by (of the pair; NA where there is none)
    ranked : result of ``analysis.targets.rank_targets`` for the segment, best first
    """
    places = pd.Series(range(1, len(ranked) + 1), index=ranked.firm_id)
    parts = ranked.set_index("firm_id")
    rank = firms.firm_id.map(places).astype("Int64")
    told = [
        _outside(row) if pd.isna(place) else _low(row, int(place), len(ranked), parts.loc[row.firm_id], params)
        for row, place in zip(firms.itertuples(), rank, strict=True)
    ]
    return firms.assign(rank=rank, why=pd.Series(told, index=firms.index, dtype="str"))


def _outside(row: Any) -> str:
    if row.local:
        return f"已在本地（{row.region}），不是招商对象；可作为二次招商或以商招商的企业"
    if pd.notna(row.parent):
        return f"是“{row.parent}”的分支机构，不能独立投资；请看其总公司"
    if row.branch_name:
        return "名称显示是分支机构或内设单位，不能独立投资"
    if row.no_investor:
        return "是工会、协会、合作社等，不作为投资主体"
    return _unconfirmed(row)


def _unconfirmed(row: Any) -> str:
    if pd.isna(row.verdict):
        return "经营范围、名称和产品里没有这个环节的关键词"
    if row.verdict == "uncertain":
        return f"待核：依据是“{row.evidence}”，尚不能确认做这个环节，可到人工复核页确认"
    if row.verdict == "confirmed":
        return "确认做这个环节，但名单是在此之前排的；请刷新页面"
    if row.decided_by != "rule":
        return f"{row.decided_by}复核后否定"
    return f"{ROLES_OUT.get(row.role, '判读为不做这个环节')}（依据：{row.evidence}）"


def _low(row: Any, rank: int, total: int, parts: pd.Series, params: TargetParams) -> str:
    state = "" if pd.isna(row.status) or str(row.status).startswith(RUNNING) else f"登记状态为{row.status}；"
    known = {part: parts[part] for part in PART_NAMES if params.weights.get(part, 0) > 0}
    low = [PART_NAMES[part] for part, value in known.items() if pd.notna(value) and value < LOW]
    missing = [PART_NAMES[part] for part, value in known.items() if pd.isna(value)]
    words = [f"偏低：{'、'.join(low)}"] if low else []
    words += [f"无数据、按中性值计：{'、'.join(missing)}"] if missing else []
    return f"{state}在名单上，{total:,} 家中排第 {rank:,}，得分 {parts.score:.0f}" + "".join(
        f"；{one}" for one in words
    )
