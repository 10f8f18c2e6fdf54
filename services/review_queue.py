"""Which pairs wait for a person, the most valuable first, and what deciding one of them changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.labels import LabelParams
from analysis.matching.score import CONFIRMED_FROM
from analysis.review import (
    Change,
    Footing,
    estimate_changes,
    first_change,
    labels_after,
    pair_worth,
    rank_pairs,
    say_worth,
)
from chains.model import Chain, Kind
from chains.words import LABELS
from data.regions import Region
from data.sql import load_sql
from data.store import Store
from services.presence import counted_totals
from services.review import COUNTING, Pair

WEAK_BELOW = (1 + CONFIRMED_FROM) / 2
"""A confirmed pair is weakly so while its score is nearer to the threshold than to certainty."""
TARGET_GAPS, TARGETS_PER_GAP = 10, 20
"""Firms elsewhere are asked about for so many of the most urgent gaps, so many for each."""
VIEWS = ("local", "targets")
COLUMNS = ["segment_id", "firm_id", "sign", "role", "score", "capital_cny", "stock_code", "city_code", "worth"]


@dataclass(frozen=True)
class Ground:
    """Base populations, which no decision changes: n_firms and n_producers of every prefecture and of the region."""

    cities: pd.DataFrame
    own: pd.Series


def load_ground(store: Store, region: Region) -> Ground:
    """The base populations of the store and of a region."""
    cities = store.query("SELECT city_code, n_firms, n_producers FROM city_total ORDER BY city_code")
    return Ground(cities.set_index("city_code"), counted_totals(store, region).iloc[0])


def pairs_version(store: Store) -> str:
    """Changes with imports, matching and home region, but not with decisions: as long as a list of pairs may be kept."""
    return str(store.rows(load_sql("pairs_version"))[0][0])


def waiting_counts(store: Store, chain: Chain, region: Region) -> dict[str, int]:
    """Number of uncertain firms of the region by segment; segments without any are left out."""
    sql = load_sql("waiting_counts").replace("{region}", region.where_sql)
    return dict(store.rows(sql, {"chain_id": chain.id, **region.params}))


def local_queue(
    store: Store,
    chain: Chain,
    region: Region,
    labels: pd.DataFrame,
    gaps: pd.DataFrame,
    params: LabelParams = LabelParams(),
) -> pd.DataFrame:
    """Pairs of the region that wait, most valuable first (see ``analysis.review.rank_pairs``).

    Weakly confirmed ones only where rejecting them would change a label.
    """
    pairs = _waiting(store, chain, region)
    pairs = pairs.assign(counts=_counts(chain, pairs))
    moving = pairs[pairs.counts]
    n = moving.groupby(["segment_id", "sign"]).size().reset_index(name="n")
    changes = estimate_changes(labels, n, params).drop(columns="n")
    every = pairs[["segment_id", "sign"]].drop_duplicates()
    facts = labels[["segment_id", "label", "critical"]].join(gaps.set_index("segment_id").priority, on="segment_id")
    segments = every.merge(changes, on=["segment_id", "sign"], how="left").merge(facts, on="segment_id")
    kept = segments[(segments.sign > 0) | segments.n_change.notna()]
    pairs = pairs.merge(kept[["segment_id", "sign"]], on=["segment_id", "sign"])
    return rank_pairs(pairs, kept)[COLUMNS]


def target_queue(store: Store, chain: Chain, region: Region, gaps: pd.DataFrame) -> pd.DataFrame:
    """Uncertain firms elsewhere that might fill the most urgent gaps: gap by gap, most worth deciding first."""
    first = gaps.segment_id.head(TARGET_GAPS).to_list()
    sql = load_sql("waiting_targets").replace("{region}", region.where_sql)
    rows = store.query(sql, {"chain_id": chain.id, "segments": first, **region.params})
    rows = rows.assign(worth=pair_worth(rows.score, rows.capital_cny), turn=rows.segment_id.map(first.index))
    rows = rows.sort_values(["turn", "worth", "firm_id"], ascending=[True, False, True])
    return rows.groupby("turn").head(TARGETS_PER_GAP)[COLUMNS].reset_index(drop=True)


def review_pair(store: Store, chain: Chain, pair: Pair, region: Region) -> pd.Series | None:
    """The firm with what is said of it in the segment; None where there is no such firm.

    role, verdict, score, evidence, decided_by and decided_at are NA where nothing is said; is_local: of the region.
    """
    segment_id, firm_id = pair
    asked = {"chain_id": chain.id, "segment_id": segment_id, "firm_id": firm_id, **region.params}
    rows = store.query(load_sql("review_pair").replace("{region}", region.where_sql), asked)
    return None if rows.empty else rows.iloc[0]


def load_footing(store: Store, chain: Chain, segment_id: str, region: Region, ground: Ground) -> Footing:
    """What the segment's label in the region stands on at this moment."""
    kind = chain.segment(segment_id).kind
    base = "n_producers" if kind == Kind.PRODUCTION else "n_firms"
    rows = store.query(
        "SELECT city_code, n_makers, n_rd FROM city_segment WHERE chain_id = ? AND segment_id = ?",
        [chain.id, segment_id],
    ).set_index("city_code")
    counting = rows.n_makers + (rows.n_rd if kind == Kind.RD else 0)
    sql = load_sql("segment_counts").replace("{region}", region.where_sql)
    n_makers, n_rd, n_anchor = store.rows(sql, {"chain_id": chain.id, "segment_id": segment_id, **region.params})[0]
    return Footing(
        counting.reindex(ground.cities.index).fillna(0).to_numpy(dtype=float),  # none counted
        ground.cities[base].to_numpy(dtype=float),
        n_makers + (n_rd if kind == Kind.RD else 0),
        n_anchor,
        float(ground.own[base]),
    )


@dataclass(frozen=True)
class Prospect:
    """What deciding one pair does: the fewest decisions that change the label, this one first, and the sentence."""

    change: Change | None
    label: str
    sentence: str


def prospect(
    store: Store, chain: Chain, pair: Pair, region: Region, ground: Ground, params: LabelParams = LabelParams()
) -> Prospect:
    """What deciding a pair of the region changes now; the other waiting pairs of the segment follow by their worth."""
    segment_id, firm_id = pair
    waiting = _waiting(store, chain, region, segment_id)
    mine = waiting[waiting.firm_id == firm_id]
    footing = load_footing(store, chain, segment_id, region, ground)
    label = labels_after(footing, _steps(chain, waiting.head(0), ground), [0], params)[0]
    if mine.empty:
        return Prospect(None, label, f"这一对不在待核之列，本环节现为“{LABELS[label]}”")
    sign = int(mine.sign.iloc[0])
    same = waiting[(waiting.sign == sign) & (waiting.firm_id != firm_id) & _counts(chain, waiting)]
    counts = bool(_counts(chain, mine).iloc[0])
    order = pd.concat([mine, same.sort_values(["worth", "firm_id"], ascending=[False, True])])
    change = first_change(footing, _steps(chain, order, ground), params) if counts else None
    return Prospect(change, label, say_worth(change, sign, len(order), label, counts))


def say_target(store: Store, chain: Chain, segment_id: str, gaps: pd.DataFrame) -> str:
    """One Chinese sentence: what confirming a firm elsewhere is good for."""
    (n_confirmed,) = store.rows(
        "SELECT count(*) FROM segment_firm WHERE chain_id = ? AND segment_id = ? AND verdict = 'confirmed'",
        [chain.id, segment_id],
    )[0]
    name = chain.segment(segment_id).name
    places = gaps.segment_id.to_list()
    if segment_id not in places:
        return f"“{name}”已不是缺口；确认后仍会列入目标企业，全库已确认 {n_confirmed} 家"
    label = LABELS[gaps.label.iloc[places.index(segment_id)]]
    return f"“{name}”是第 {places.index(segment_id) + 1} 位的缺口（{label}）；确认后即列入目标企业，全库已确认 {n_confirmed} 家"


def _waiting(store: Store, chain: Chain, region: Region, segment_id: str | None = None) -> pd.DataFrame:
    sql = load_sql("waiting_pairs").replace("{region}", region.where_sql)
    asked = {"chain_id": chain.id, "segment_id": segment_id, "weak": WEAK_BELOW, **region.params}
    rows = store.query(sql, asked)
    rows = rows[rows.segment_id.isin([segment.id for segment in chain.segments])].reset_index(drop=True)
    return rows.assign(worth=pair_worth(rows.score, rows.capital_cny))


def _counts(chain: Chain, pairs: pd.DataFrame) -> pd.Series:
    """Whether a pair, once confirmed, is one more firm of its segment: a researcher only is where the segment is research."""
    kinds = {segment.id: segment.kind for segment in chain.segments}
    roles = [
        role in ("rd",) and COUNTING[kinds[key]] != "rd" for key, role in zip(pairs.segment_id, pairs.role, strict=True)
    ]
    return ~pd.Series(roles, index=pairs.index, dtype=bool)


def _steps(chain: Chain, pairs: pd.DataFrame, ground: Ground) -> pd.DataFrame:
    """The decisions as ``analysis.review`` reads them."""
    return pd.DataFrame(
        {
            "place": ground.cities.index.get_indexer(pairs.city_code),
            "n": np.where(_counts(chain, pairs), pairs.sign, 0),
            "anchor": np.where(pairs.stock_code.notna(), pairs.sign, 0),
        }
    ).reset_index(drop=True)
