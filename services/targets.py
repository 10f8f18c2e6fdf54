"""Target firms for a segment: candidates from the whole country, ranked and explained."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.centrality import centrality, other_trade, says
from analysis.targets import distance_km
from chains.model import Chain
from data.regions import Region
from data.sql import load_sql
from data.store import Store
from services.known_firms import KnownFirms
from services.ties import Ties, read_ties, tied


def segment_candidates(
    store: Store,
    chain: Chain,
    segment_id: str,
    region: Region,
    ties: Ties | None = None,
    known: KnownFirms | None = None,
) -> pd.DataFrame:
    """Every firm outside the region that is confirmed in the segment, with the facts that ranking needs.

    Parameters
    ----------
    ties : of the region (``services.ties.read_ties``), where they are known already: they are those of every segment
    known : the firms of this state of the store, where they are read already: then a million of them are not read for a few

    Returns
    -------
    one row a firm: the columns of ``segment_candidates.sql``, n_projects (its projects in the region), segment_id,
    segment_name, kind, main_business (name or stated industry says a keyword), other_trade and centrality
    (see ``analysis.centrality``), distance_km from the region (NaN where a place is unknown), and tie_value, tie_steps,
    tie_inferred and tie_text (``services.ties.tied``; NA where no path is known).
    Depends on firms and region only, not on weights: keep it and rank it anew.

    Raises
    ------
    KeyError : the chain has no such segment
    """
    segment = chain.segment(segment_id)
    words = segment.keywords, segment.exclusions
    rows = _read(store, {"chain_id": chain.id, "segment_id": segment_id}, region, known)
    ties = ties or read_ties(store, region)
    rows = rows.assign(
        n_projects=rows.firm_id.map(ties.n_projects).fillna(0).astype(int),  # none counted
        segment_id=segment_id,
        segment_name=segment.name,
        kind=str(segment.kind),
        main_business=says(rows.name, *words) | says(rows.industry_text, *words),
        distance_km=distance_km(rows.longitude, rows.latitude, (region.longitude, region.latitude)),
    )
    rows = rows.merge(tied(store, ties, rows.firm_id), on="firm_id", how="left")
    rows = rows.assign(other_trade=other_trade(rows))
    return rows.assign(centrality=centrality(rows))


def _read(store: Store, asked: Mapping[str, str], region: Region, known: KnownFirms | None) -> pd.DataFrame:
    """The rows of ``segment_candidates.sql``, from the tables of the store or from what is known."""
    sql = load_sql("segment_candidates").replace("{region}", region.where_sql)
    params = {**asked, **region.params}
    if known is None:
        return store.query(sql.replace("{firms}", "firm").replace("{growth}", load_sql("firm_growth")), params)
    firms = store.query_polars(load_sql("confirmed_firms"), dict(asked))["firm_id"]
    facts, growth = known.of(firms)
    there = sql.replace("{firms}", "known_facts").replace("{growth}", "growth AS (FROM known_growth)\n")
    return store.query(there, params, known_facts=facts, known_growth=growth)
