"""What a search found, in rows that say of each firm what is known, where it belongs and why it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from analysis.search.bits import Bits, of_positions
from analysis.search.filter import Filter
from analysis.search.index import FirmIndex, Found, Order
from analysis.search.passage import basis
from analysis.target_reasons import in_short, standing
from chains.model import Chain
from chains.words import ROLES
from services.context import Context
from services.search import Universe

_COUNTED = ["n_branches_away", "n_affiliates_away", "n_projects"]
SHOWN_SEGMENTS = 3
TARGET_SORTS = ("name", "score", "completeness", "founded_on", "capital_cny")
"""Columns by which targets of a segment can be ordered."""
MOST_EXPORTED = 10_000
"""Rows of one export of all firms."""


def ids_at(index: FirmIndex, rows: Order) -> list[str]:
    """The firms of the rows."""
    ids: list[str] = index.firm_id.gather(rows).to_list()
    return ids


def found_firms(
    context: Context, universe: Universe, rows: Order, text: str = "", chain_id: str | None = None
) -> pd.DataFrame:
    """The firms at the rows of the index, in their order, with what a list says of them.

    Parameters
    ----------
    text : that found them; chain_id : whose segments are named first

    Returns
    -------
    one row a firm: the columns of ``Universe.facts`` and of ``Universe.beside``, scope, pairs (tuple of (chain_id,
    segment_id, role), best first), segments (the first of them in words, NA for none), reason (where the
    text stands, or what the firm does; foundings; path) and conflicts (list of sentences).
    """
    facts = _told(universe.facts[rows])
    beside = universe.beside.reindex(facts.firm_id).reset_index(drop=True)
    found = pd.concat([facts, beside.fillna(dict.fromkeys(_COUNTED, 0))], axis="columns")  # none counted
    found["scope"] = _scopes(universe.index.texts.written(rows), facts.products)
    return _explained(_with_pairs(universe, rows, found, chain_id), context, text)


def _told(facts: pl.DataFrame) -> pd.DataFrame:
    """The rows as the store would give them: text is ``str``, whole numbers with gaps are ``Int64``."""

    def column(values: pl.Series) -> Any:
        if values.dtype in (pl.String, pl.Categorical):
            return pd.array(values.to_list(), dtype="str")
        return pd.array(values.to_list(), dtype="Int64") if values.dtype.is_integer() else values.to_numpy()

    return pd.DataFrame({values.name: column(values) for values in facts})


def _scopes(written: list[str], products: pd.Series) -> pd.Series:
    """What is written behind the products: the scopes of all firms are held once."""
    known = zip(written, products, strict=True)
    scopes = [whole if pd.isna(before) else whole[len(before) + 1 :] for whole, before in known]
    return pd.Series([scope or None for scope in scopes], index=products.index, dtype="str")


def _explained(rows: pd.DataFrame, context: Context, text: str) -> pd.DataFrame:
    reasons, against = [], []
    for row in rows.itertuples():
        reasons.append(in_short(row, basis(row.name, row.products, row.scope, text)))
        against.append((["已在本地"] if row.here else []) + standing(row, context.home.wider))
    return rows.assign(reason=pd.Series(reasons, index=rows.index, dtype="str"), conflicts=against)


def _with_pairs(universe: Universe, at: Order, rows: pd.DataFrame, first: str | None) -> pd.DataFrame:
    known = {chain.id: {segment.id for segment in chain.segments} for chain in universe.chains}
    found = universe.index.membership.pairs_of(at)
    held = [[one for one in found.get(int(row), []) if one[1] in known.get(one[0], ())] for row in at]
    pairs = [tuple(sorted(one, key=lambda pair: pair[0] != first)) for one in held]
    chains = {chain.id: chain for chain in universe.chains}
    words = [_segments(chains, one) for one in pairs]
    return rows.assign(pairs=pairs, segments=pd.Series(words, index=rows.index, dtype="str"))


def _segments(chains: Mapping[str, Chain], pairs: tuple[tuple[str, str, str], ...]) -> str | None:
    """高端装备：滚动轴承、轴承套圈；通用配套：仓储（服务） 等 5 个."""
    if not pairs:
        return None
    named: dict[str, list[str]] = {}
    for chain, segment, role in pairs[:SHOWN_SEGMENTS]:
        beside = "" if role == "maker" else f"（{ROLES.get(role, role)}）"
        named.setdefault(chains[chain].name, []).append(chains[chain].segment(segment).name + beside)
    told = "；".join(f"{chain}：{'、'.join(names)}" for chain, names in named.items())
    return told + (f" 等 {len(pairs)} 个" if len(pairs) > SHOWN_SEGMENTS else "")


def targets_among(index: FirmIndex, wanted: Filter, ranked: pd.DataFrame) -> Bits:
    """The ranked targets of a segment as rows of the index, to be searched among.

    Parameters
    ----------
    wanted : of a chain and a segment; ranked : targets of that segment, firm_id
    """
    part = index.membership.slices.get((wanted.chain or "", next(iter(wanted.segments), "")))
    rows = index.membership.firm[part] if part is not None else index.membership.firm[:0]
    known = index.firm_id.gather(rows).is_in(pl.Series(ranked.firm_id.to_list(), dtype=pl.String).implode())
    return of_positions(rows[known.to_numpy()], index.n)


def kept_targets(index: FirmIndex, ranked: pd.DataFrame, found: Found, sort: str | None = None) -> pd.DataFrame:
    """The ranked targets that a search among them left: best first, or by a column, missing values last."""
    kept = ranked[ranked.firm_id.isin(ids_at(index, found.ordered(index)))]
    key = (sort or "").lstrip("-")
    if key in TARGET_SORTS:
        kept = kept.sort_values(key, ascending=not str(sort).startswith("-"), kind="stable", na_position="last")
    return kept.reset_index(drop=True)


def best_segment(rows: Iterable[Mapping[str, Any]], wanted: Filter) -> dict[str, str]:
    """The segment of the chain asked in which each firm is confirmed best, of those asked if there are any, by firm."""
    found = {}
    for row in rows:
        fitting = [
            segment
            for chain, segment, _ in row["pairs"]
            if chain == wanted.chain and segment in (wanted.segments or [segment])
        ]
        if fitting:
            found[str(row["firm_id"])] = fitting[0]
    return found


def rows_of(index: FirmIndex, firms: Iterable[str]) -> Order:
    """The rows of those firms of the index that there are, in the order given."""
    asked = list(dict.fromkeys(firms))
    at = index.firm_id.is_in(pl.Series(asked, dtype=pl.String).implode()).arg_true()
    known = dict(zip(index.firm_id.gather(at).to_list(), at.to_list(), strict=True))
    return np.array([known[firm] for firm in asked if firm in known], np.int32)
