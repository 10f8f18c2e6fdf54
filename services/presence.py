"""Counts of a region against the nation, from the store's cube to the five labels."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from analysis.coverage import count_by_segment
from analysis.labels import LabelParams, label_reason, label_segments
from analysis.presence import NothingToCompare, benchmark, location_quotients, regional_presence
from analysis.relatedness import density, proximity
from chains.model import Chain, Kind
from data.regions import Region
from data.sql import load_sql
from data.store import Store

NATION = "全国"
WHOLE = "*"
"""Prefix of the cube's rows that count every firm of a chain once."""
NOWHERE = "000000"
"""The cube's row of firms whose prefecture is unknown."""
MIN_PRODUCERS = 30
"""Prefectures with fewer producing firms say too little about which segments go together."""


class NotMatched(ValueError):
    """The chain has not been matched yet."""

    def __init__(self, chain: Chain) -> None:
        super().__init__(f"产业链“{chain.name}”还没有与企业匹配；请先运行 match 命令，或在“数据管理”页点“重新匹配”")


@dataclass(frozen=True)
class Cube:
    """Counting firms by prefecture: long counts (region, segment_id, n, w, w2), totals by prefecture, benchmark by segment.

    chains : those whose segments are counted; benchmark : name of what ``marks`` tells the shares of
    industries : firms by prefecture and middle class of GB/T 4754 (region, segment_id, n), where codes are known
    cities : the prefectures of the benchmark; None for all
    """

    counts: pd.DataFrame
    totals: pd.DataFrame
    marks: pd.DataFrame
    chains: tuple[Chain, ...]
    industries: pd.DataFrame
    benchmark: str = NATION
    cities: tuple[str, ...] | None = None

    def against(self, cities: Collection[str], name: str) -> Cube:
        """The same counts with some prefectures as the benchmark. Raises NothingToCompare where they have no firm."""
        marks = benchmark(self.counts, self.totals, self.marks.base, cities, self.marks["shape"])
        if (marks.base_total <= 0).any():
            raise NothingToCompare
        return replace(self, marks=marks, benchmark=name, cities=tuple(cities))


def load_cube(store: Store, chains: Sequence[Chain]) -> Cube:
    """The prefecture × segment cube of those chains that are matched, with the nation as benchmark.

    Changes only with the data. Raises NotMatched where no chain is.
    """
    counted = matched_chains(store, chains)
    if not counted:
        raise NotMatched(chains[0])
    totals = store.query("SELECT city_code AS region, * EXCLUDE (city_code) FROM city_total ORDER BY region")
    totals = totals.set_index("region")
    rows = store.query("SELECT city_code AS region, * EXCLUDE (city_code, chain_id) FROM city_segment")
    counts = counting_of(rows, counted)
    industries = store.query(load_sql("city_industries"))
    return Cube(counts, totals, benchmark(counts, totals, _base_of(counted)), counted, industries)


def matched_chains(store: Store, chains: Sequence[Chain]) -> tuple[Chain, ...]:
    """Those of the chains that have a matching run on this store."""
    matched = {row[0] for row in store.rows("SELECT chain_id FROM match_run")}
    return tuple(chain for chain in chains if chain.id in matched)


@dataclass(frozen=True)
class Local:
    """Counting firms of one region: counts (region, segment_id, n_makers, n_rd, n_anchor, w_makers, w_rd) and totals (one row).

    industries : its firms by middle class of GB/T 4754 (region, segment_id, n), where codes are known.
    n_anchor counts listed firms. Only segments with some firm have a row; ``*chain`` counts every firm of a chain once.
    """

    counts: pd.DataFrame
    totals: pd.DataFrame
    industries: pd.DataFrame


def load_local(store: Store, region: Region) -> Local:
    """The counts of a region, of any level."""
    counts = counted_segments(store, region).drop(columns=["w2_makers", "w2_rd"])
    industries = store.query(load_sql("region_industries").replace("{region}", region.where_sql), region.params)
    return Local(counts, counted_totals(store, region), industries.assign(region=region.adcode))


def counted_segments(
    store: Store, region: Region | None = None, tier: str = "confirmed", sure: float = 1.0, until: date | None = None
) -> pd.DataFrame:
    """One row a place and segment with a counting firm, as ``counted_segments.sql``: the region, or every prefecture."""
    sql, params = _placed("counted_segments", region)
    return store.query(sql, {"tier": tier, "sure": sure, "until": until, **params})


def counted_totals(store: Store, region: Region | None = None, until: date | None = None) -> pd.DataFrame:
    """n_firms, n_producers, w_firms, w_producers by place, as ``counted_totals.sql``; a region has a row, if of zeros."""
    sql, params = _placed("counted_totals", region)
    totals = store.query(sql, {"until": until, **params}).set_index("region")
    # not a missing number: nobody is there
    return totals if region is None else totals.reindex(pd.Index([region.adcode], name="region"), fill_value=0)


def _placed(name: str, region: Region | None) -> tuple[str, dict[str, str]]:
    if region is None:
        return load_sql(name).replace("{place}", f"coalesce(f.city_code, '{NOWHERE}')").replace("{region}", "true"), {}
    sql = load_sql(name).replace("{place}", "$place").replace("{region}", region.where_sql)
    return sql, {"place": region.adcode, **region.params}


def chain_labels(
    chain: Chain, local: Local, cube: Cube, projects: pd.DataFrame | None, params: LabelParams = LabelParams()
) -> pd.DataFrame:
    """Every segment of the chain with its presence, label, projects and reason, in the order of the package.

    Parameters
    ----------
    projects : the region's projects attached to the chain (``services.projects.attached_projects``); None where there is
        no register of projects, so that nothing is known of them

    Returns
    -------
    one row a segment: segment_id, name, stage, stage_name, group, kind, level, critical, n_local, n_rd, n_anchor,
    expected, size, size_expected, shape, lq, lq_low, lq_high, lq_size, lq_size_low, lq_size_high, tier, label, nominal,
    effective, reason.
    """
    marks = cube.marks.loc[[segment.id for segment in chain.segments]]
    presence = regional_presence(counting_of(local.counts, [chain]), local.totals, marks).drop(columns="region")
    labels = label_segments(_described(chain, presence, local.counts), params)
    labels = labels.join(count_by_segment(projects, labels.segment_id.to_list()), on="segment_id")
    sized = location_quotients(labels["size"], labels.size_expected, labels["shape"], params.level)
    labels = labels.join(sized.rename(columns=lambda name: name.replace("lq", "lq_size")))
    labels["reason"] = [label_reason(row, cube.benchmark, params) for _, row in labels.iterrows()]
    return labels


def chain_presence(chain: Chain, local: Local, cube: Cube, params: LabelParams = LabelParams()) -> pd.Series:
    """Presence of the chain as a whole, every firm counted once: n_local, expected, lq, lq_low, lq_high, label, reason."""
    presence = regional_presence(counting_of(local.counts, [chain]), local.totals, cube.marks.loc[[WHOLE + chain.id]])
    anchors = local.counts.set_index("segment_id").n_anchor.reindex([WHOLE + chain.id]).fillna(0)  # none counted
    row = label_segments(presence.assign(n_anchor=anchors.astype(int).to_numpy()), params).iloc[0]
    return pd.concat([row, pd.Series({"reason": label_reason(row, cube.benchmark, params)})])


def related_density(local: Local, cube: Cube) -> pd.Series:
    """Relatedness density of every segment of the cube for the region, by segment_id; NaN where it is near no other.

    Proximity is learned from prefectures with at least ``MIN_PRODUCERS`` producing firms (firms of unknown place are no
    prefecture), between all segments and, where industry codes are known, the middle classes of GB/T 4754; present means
    n ≥ E > 0.
    """
    totals = cube.totals[(cube.totals.n_producers >= MIN_PRODUCERS) & (cube.totals.index != NOWHERE)]
    segments = cube.marks[~cube.marks.index.str.startswith(WHOLE)]
    classes = pd.Series("firms", index=pd.Index(cube.industries.segment_id.unique()), dtype="str")
    marks = pd.concat([segments, benchmark(cube.industries, cube.totals, classes, shape=pd.Series(1.0, classes.index))])
    marks = marks[["base", "total", "base_total", "shape"]]
    everywhere = _present(pd.concat([cube.counts, cube.industries]), totals, marks)
    here = _present(pd.concat([counting_of(local.counts, cube.chains), local.industries]), local.totals, marks)
    return pd.Series(density(here, proximity(everywhere))[0], index=marks.index)[segments.index]


def _present(counts: pd.DataFrame, totals: pd.DataFrame, marks: pd.DataFrame) -> np.ndarray:
    presence = regional_presence(counts, totals, marks)
    return ((presence.n_local >= presence.expected) & (presence.n_local > 0)).to_numpy().reshape(-1, len(marks))


def counting_of(rows: pd.DataFrame, chains: Sequence[Chain]) -> pd.DataFrame:
    """region, segment_id, n, w (and w2) of the chains' segments: makers or servers; in research segments researchers too.

    rows : region, segment_id, n_makers, n_rd, w_makers, w_rd (and w2_makers, w2_rd)
    """
    kinds = {segment.id: segment.kind for chain in chains for segment in chain.segments}
    kinds |= {WHOLE + chain.id: _kind_of(chain) for chain in chains}
    known = rows[rows.segment_id.isin(list(kinds))]
    research = known.segment_id.map(kinds) == Kind.RD
    sums = {
        short: known[f"{short}_makers"] + known[f"{short}_rd"].where(research, 0)
        for short in ("n", "w", "w2")
        if f"{short}_makers" in known
    }
    return known[["region", "segment_id"]].assign(**sums)


def _base_of(chains: Sequence[Chain]) -> pd.Series:
    """Base population by segment: producing firms for production, all firms for services, research and support."""
    bases = {
        segment.id: "producers" if segment.kind == Kind.PRODUCTION else "firms"
        for chain in chains
        for segment in chain.segments
    }
    whole = {WHOLE + chain.id: "producers" if _makes_mostly(chain) else "firms" for chain in chains}
    return pd.Series(bases | whole)


def _kind_of(chain: Chain) -> Kind:
    """As what the chain as a whole counts: with its researchers where research is the chain's own trade."""
    return Kind.RD if Kind.RD in chain.core_kinds else Kind.PRODUCTION


def _makes_mostly(chain: Chain) -> bool:
    return 2 * chain.core_kinds.count(Kind.PRODUCTION) > len(chain.core_kinds)


def _described(chain: Chain, presence: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    facts = [
        {
            "segment_id": segment.id,
            "name": segment.name,
            "stage": segment.stage,
            "stage_name": chain.stage_name(segment.stage),
            "group": segment.group,
            "kind": str(segment.kind),
            "level": str(segment.criticality.level),
            "critical": segment.criticality.level == "high",
            "tier": "A",
        }
        for segment in chain.segments
    ]
    rows = pd.DataFrame(facts).merge(presence, on="segment_id", validate="one_to_one")
    rows = rows.join(own.set_index("segment_id")[["n_rd", "n_anchor"]], on="segment_id")
    # the pairs of a matched chain are complete: a segment without a row has no such firm
    rows[["n_rd", "n_anchor"]] = rows[["n_rd", "n_anchor"]].fillna(0).astype(int)  # none counted
    return rows
