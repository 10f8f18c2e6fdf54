"""Which firms of a list to visit when visits and cities are few: those that cover most gap priority, then the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.targets import distance_km
from analysis.visits import Choice, VisitParams, choice_of, plan_visits
from data.regions import Region
from data.sql import load_sql
from data.store import Store
from services.journeys import Days, reach
from services.loop import ChainState
from services.outreach import GIVEN_UP
from services.visits import NothingToVisit, within

States = Callable[[str], ChainState]
Targets = Callable[[str, str], pd.DataFrame]
VALUES = ("chain_id", "segment_id", "firm_id", "priority", "score")


@dataclass(frozen=True)
class ListPlan:
    """Firms of a list to visit.

    rows : one row a firm, those that cover most first: firm_id, name, region, city, city_code, chain_id, segment_id, priority
        and score (NA where the list names no gap for it), contribution (priority points lost without the visit),
        distance_km, contact_state
    told : how they were chosen, and what was left out, in sentences
    """

    rows: pd.DataFrame
    told: tuple[str, ...]


def worth_of(items: pd.DataFrame, states: States, targets: Targets) -> pd.DataFrame:
    """What each firm of a list is worth for the gap it stands there for.

    Returns
    -------
    one row a firm: firm_id, priority of the gap (NA: no gap today, or none named), score as its target (NA: no target),
    and label (NA: no segment named).
    """
    found = []
    for (chain_id, segment_id), rows in items.dropna(subset=["chain_id", "segment_id"]).groupby(
        ["chain_id", "segment_id"]
    ):
        state = states(str(chain_id))
        priority = state.gaps.set_index("segment_id").priority.get(segment_id)
        label = state.labels.set_index("segment_id").label.get(segment_id)
        score = targets(str(chain_id), str(segment_id)).set_index("firm_id").score
        found.append(
            pd.DataFrame(
                {"firm_id": rows.firm_id, "priority": priority, "label": label, "score": rows.firm_id.map(score)}
            ).astype({"priority": "float", "score": "float", "label": "str"})
        )
    known = pd.concat(found) if found else pd.DataFrame(columns=["firm_id", "priority", "label", "score"])
    return items[["firm_id"]].merge(known, on="firm_id", how="left").astype({"priority": "float", "score": "float"})


def list_plan(
    store: Store,
    home: Region,
    items: pd.DataFrame,
    worth: pd.DataFrame,
    n_visits: int,
    n_cities: int | None = None,
    params: VisitParams = VisitParams(),
    days: Days | None = None,
) -> ListPlan:
    """At most so many firms of a list in at most so many cities, or in those that some days hold.

    Parameters
    ----------
    items : of ``services.lists.items_of``; firms that were given up or whose city is unknown are not visited
    worth : of :func:`worth_of`; firms without a gap or score come after the others, in the order of the list

    Raises
    ------
    NothingToVisit : no firm is left; NoDayFree : the days hold none
    """
    rows, told = _open(store, home, items.merge(worth, on="firm_id"), params)
    if rows.empty:
        raise NothingToVisit(f"名单里没有可拜访的企业：{'；'.join(told) or '名单是空的'}")
    valued = rows[rows.priority.notna() & rows.score.notna()]
    if days is not None and len(valued):
        choice, cities = _choice(valued, params)
        found = reach(store, home, choice, cities, n_visits, days)
        rows, valued = (part[part.city_code.isin(found.cities)] for part in (rows, valued))
        n_visits, told = found.n_visits, (*told, found.told)
    n_places = rows.city_code.nunique() if n_cities is None else n_cities
    shares = _chosen(valued, n_visits, n_places, params) if len(valued) else {}
    visited = dict.fromkeys(rows[rows.firm_id.isin(shares)].city_code)
    taken = list(shares)
    unvalued = rows[~rows.firm_id.isin(valued.firm_id)]
    for row in unvalued.itertuples():
        if len(taken) < n_visits and (row.city_code in visited or len(visited) < n_places):
            taken.append(row.firm_id)
            visited[row.city_code] = None
    if len(unvalued):
        told += (f"{len(unvalued)} 家没有得分或所列环节不是缺口，排在有得分的之后",)
    chosen = rows.set_index("firm_id", drop=False).loc[taken].reset_index(drop=True)
    return ListPlan(chosen.assign(contribution=chosen.firm_id.map(shares).astype("float")), told)


def _open(store: Store, home: Region, rows: pd.DataFrame, params: VisitParams) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The firms that can be visited, with the place of their city, and sentences on the others."""
    codes = sorted(set(rows.city_code.dropna()))
    places = store.query(load_sql("city_places"), {"codes": codes}).rename(
        columns={"adcode": "city_code", "name": "city"}
    )
    rows = rows.merge(places, on="city_code", how="left")
    rows = rows.assign(distance_km=distance_km(rows.longitude, rows.latitude, (home.longitude, home.latitude)))
    over, nowhere = rows.contact_state == GIVEN_UP, rows.city_code.isna()
    far = ~within(rows.distance_km, params.within_km)
    said = (
        (over, "已放弃"),
        (nowhere & ~over, "所在城市不明"),
        (far & ~over & ~nowhere, f"不在 {params.within_km or 0:,.0f} 公里以内或距离不明"),
    )
    told = tuple(f"{int(out.sum())} 家{why}，未排入" for out, why in said if out.any())
    return rows[~(over | nowhere | far)].reset_index(drop=True), told


def _chosen(valued: pd.DataFrame, n_visits: int, n_cities: int, params: VisitParams) -> dict[str, float]:
    """Priority points lost without each chosen firm, most first."""
    choice, _ = _choice(valued, params)
    chosen = [choice.firms.index(firm) for firm in plan_visits(choice, n_visits, n_cities, params).firms]
    shares = {choice.firms[one]: _lost(choice, chosen, one) for one in chosen}
    return dict(sorted(shares.items(), key=lambda pair: (-pair[1], pair[0])))


def _choice(valued: pd.DataFrame, params: VisitParams) -> tuple[Choice, list[str]]:
    """The firms with a score, and the city of each."""
    keyed = valued.assign(city=valued.city_code, segment_id=valued.chain_id + "/" + valued.segment_id)
    choice = choice_of(keyed, keyed.groupby("segment_id").priority.first(), params)
    return choice, list(keyed.drop_duplicates("firm_id").set_index("firm_id").city.reindex(choice.firms))


def _lost(choice: Choice, chosen: list[int], one: int) -> float:
    others = choice.left(np.array([other for other in chosen if other != one], dtype=np.int64))
    return float(choice.priority @ (others * choice.chance[:, one]))
