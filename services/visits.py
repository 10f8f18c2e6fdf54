"""Whom of a chain's targets to visit when visits and cities are few."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.target_reasons import running
from analysis.visits import Choice, Plan, VisitParams, choice_of, plan_visits
from chains.model import Chain
from data.regions import region_names
from data.store import Store
from services.context import Context
from services.journeys import Days, reach
from services.loop import ChainState

Targets = Callable[[str], pd.DataFrame]
COLUMNS = ("position", "city", "name", "region", "segment_name", "gaps", "contribution", "score", "reason", "conflicts")


class NothingToVisit(ValueError):
    """The chain has no gap, or its gaps have no target that could be visited."""


@dataclass(frozen=True)
class VisitPlan:
    """A list of visits.

    rows : one row a firm, city by city, those that cover most first: position, city, city_code, distance_km, firm_id, name, region, segment_id and
        segment_name (the gap for which it counts most), gaps (all of its gaps with the score, in words), n_gaps,
        contribution (priority points that are lost without this visit), score, reason, conflicts
    plan : value, bound and method; n_candidates : firms among which was chosen; n_gaps : gaps of the chain
    total : Σ priority of the gaps; left_out : sentences on targets that could not be chosen
    """

    rows: pd.DataFrame
    plan: Plan
    n_candidates: int
    n_gaps: int
    total: float
    left_out: tuple[str, ...]
    params: VisitParams

    @property
    def cities(self) -> list[str]:
        """Cities in the order of the list."""
        return list(dict.fromkeys(self.rows.city))

    @property
    def told(self) -> str:
        """What the list covers and how far it is from the best, in one sentence."""
        served = len({gap for gaps in self.rows.gap_ids for gap in gaps})
        greedy = f"，比逐家挑最好的多 {self.plan.value / self.plan.greedy - 1:.1%}" if self._beats_greedy else ""
        return (
            f"{len(self.rows)} 次拜访、{len(self.cities)} 座城市（{'、'.join(self.cities)}）：{self.n_gaps} 个缺口中 {served} 个有人可谈，"
            f"预计补上缺口优先级 {self.total:.0f} 中的 {self.plan.value:.1f}（{self.plan.value / self.total:.0%}）；"
            f"在 {self.n_candidates:,} 家候选中选出，距最优不超过 {self.plan.missed:.1%}{greedy}。"
        )

    @property
    def _beats_greedy(self) -> bool:
        return self.plan.value > self.plan.greedy * 1.0005

    @property
    def note(self) -> str:
        """What the figures stand on."""
        return (
            f"假定一次拜访按 得分 × {self.params.success:.0%} 的可能补上缺口、各家互不影响（是假定，不是统计结果）；"
            f"同一缺口的第二家因此比第一家值得少，一家能补几个缺口的都算上。候选为每个缺口得分最高的 {self.params.per_gap} 家。"
        )


def visit_plan(  # noqa: PLR0913 - what is known, and the limits of the visits
    store: Store,
    chain: Chain,
    context: Context,
    state: ChainState,
    targets: Targets,
    n_visits: int,
    n_cities: int | None = None,
    params: VisitParams = VisitParams(),
    days: Days | None = None,
) -> VisitPlan:
    """The visits that together cover most gap priority of the chain.

    Parameters
    ----------
    targets : ranked targets of a segment by its id (``services.loop.targets_of``, or a cache of it)
    n_visits, n_cities : at most so many firms, in at most so many cities (None: in any number)
    days : only in cities that these days hold (None: anywhere)

    Raises
    ------
    NothingToVisit : no gap, or no target of a gap in a known city; NoDayFree : the days hold none
    """
    if state.gaps.empty:
        raise NothingToVisit(f"{chain.name}在{context.home.name}没有薄弱或缺失的环节，不需要安排拜访")
    found, left_out = _candidates(state, targets, params)
    if found.empty:
        raise NothingToVisit(f"{chain.name}的缺口没有所在城市明确的目标企业；可导入更多外地企业后重新匹配")
    priority = state.gaps.set_index("segment_id").priority
    choice = choice_of(found, priority, params)
    if days is not None:
        cities = found.drop_duplicates("firm_id").set_index("firm_id").city
        within_days = reach(store, context.home, choice, list(cities.reindex(choice.firms)), n_visits, days)
        found = found[found.city.isin(within_days.cities)]
        choice, n_visits = choice_of(found, priority, params), within_days.n_visits
        left_out = (*left_out, within_days.told)
    plan = plan_visits(choice, n_visits, n_cities, params)
    rows = _described(store, chain, context, state, found, _shares(choice, plan, priority.index))
    return VisitPlan(rows, plan, len(choice.firms), len(priority), float(priority.sum()), left_out, params)


def _candidates(state: ChainState, targets: Targets, params: VisitParams) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The best targets of every gap that can be visited, and sentences on those that cannot."""
    best, nowhere, ended, far = [], set(), set(), set()
    for segment_id in state.gaps.segment_id:
        ranked = targets(str(segment_id)).head(2 * params.per_gap)
        placed = ranked.city_code.notna()
        near = within(ranked.distance_km, params.within_km)
        active = running(ranked.status)
        nowhere |= set(ranked[~placed].firm_id)
        ended |= set(ranked[~active].firm_id)
        far |= set(ranked[placed & active & ~near].firm_id)
        best.append(ranked[placed & active & near].head(params.per_gap).rename(columns={"city_code": "city"}))
    said = (
        (nowhere, "所在城市不明"),
        (ended, "登记状态不正常"),
        (far, f"不在 {params.within_km or 0:,.0f} 公里以内或距离不明"),
    )
    return pd.concat(best, ignore_index=True), tuple(
        f"{len(firms)} 家目标企业{why}，未列入候选" for firms, why in said if firms
    )


def within(distance_km: pd.Series, limit: float | None) -> pd.Series:
    """Which of the distances are known to be within a limit (None: every one is)."""
    return distance_km <= limit if limit is not None else pd.Series(True, index=distance_km.index)


def _shares(choice: Choice, plan: Plan, segments: pd.Index) -> pd.DataFrame:
    """One row a chosen firm and gap that it suits: firm_id, segment_id, share (priority lost there without the visit)."""
    chosen = np.array([choice.firms.index(firm) for firm in plan.firms], dtype=np.int64)
    parts = []
    for firm in chosen:
        others = choice.left(chosen[chosen != firm])
        share = choice.priority * others * choice.chance[:, firm]
        parts.append(pd.DataFrame({"firm_id": choice.firms[firm], "segment_id": segments, "share": share}))
    rows = pd.concat(parts, ignore_index=True)
    return rows[rows.share > 0]


def _described(
    store: Store, chain: Chain, context: Context, state: ChainState, found: pd.DataFrame, shares: pd.DataFrame
) -> pd.DataFrame:
    each = shares.merge(found, on=["firm_id", "segment_id"]).sort_values(
        ["share", "segment_id"], ascending=[False, True]
    )
    each["word"] = each.segment_name + [f"（{score:.0f} 分）" for score in each.score]
    by_firm = each.groupby("firm_id", sort=False)
    main = state.explain(by_firm.head(1), context).set_index("firm_id")
    sums = by_firm.agg(
        contribution=("share", "sum"), gaps=("word", "、".join), n_gaps=("word", "size"), gap_ids=("segment_id", tuple)
    )
    rows = main.join(sums).reset_index()
    names = region_names(store, sorted(set(rows.city)))
    rows["city_code"] = rows.city
    rows["city"] = [names.get(code, code) for code in rows.city]
    whole = rows.groupby("city").contribution.transform("sum")
    order = rows.assign(whole=-whole, own=-rows.contribution).sort_values(["whole", "city", "own", "firm_id"]).index
    rows = rows.loc[order].reset_index(drop=True)
    return rows.assign(position=range(1, len(rows) + 1))
