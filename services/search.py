"""The index of all firms, made from the store: built once for each state of it and shared by all who search."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import polars as pl

from analysis.search.facets import Facet
from analysis.search.index import FirmIndex
from analysis.search.membership import read_pairs
from analysis.search.texts import Texts, read_texts
from chains.model import Chain
from data.sql import load_sql
from data.store import Store
from services.known_firms import KnownFirms, mask, with_none
from services.ties import Ties, tied

_TEXTS = ("last_affiliate_name", "last_affiliate_place", "kin_name", "tags", "tie_text")


def firm_texts(store: Store) -> Texts:
    """The texts of all firms; they change with imports alone (:func:`texts_version`)."""
    rows = store.query_polars(load_sql("search_texts")).sort("firm_id")
    others = store.query_polars(load_sql("search_other_names"))
    if others.height:
        told = others.group_by("firm_id").agg(pl.col("name").str.join("\n").alias("others"))
        named = pl.concat_str("names", "others", separator="\n", ignore_nulls=True)
        rows = rows.join(told, on="firm_id", how="left", maintain_order="left").with_columns(named.alias("names"))
    return read_texts(rows, _place_names(store.query_polars(load_sql("search_places"))))


def texts_version(store: Store) -> str:
    """Changes whenever the texts do, and not with every decision or home region."""
    return str(store.rows(load_sql("search_version"))[0][0])


@dataclass(frozen=True)
class Universe:
    """All firms of the store as they are searched and told of.

    facts : as ``KnownFirms.facts``
    beside : by firm_id, of the firms of which any of it is known: foundings elsewhere, the larger firm of the brand and lists
        (search_growth.sql), the path to a local firm (``services.ties.tied``), connection (its value) and n_projects (local)
    """

    index: FirmIndex
    facts: pl.DataFrame
    beside: pd.DataFrame
    chains: tuple[Chain, ...]


def read_universe(store: Store, chains: tuple[Chain, ...], ties: Ties, texts: Texts, known: KnownFirms) -> Universe:
    """The firms with facets, segments of the chains, orders and texts.

    texts, known : of the same state of the store (:func:`firm_texts`, ``services.known_firms.read_known``)
    """
    paths = tied(store, ties, pd.Series(ties.paths.firms)).set_index("firm_id")
    pairs = store.query_polars(load_sql("search_pairs"), {"chains": [chain.id for chain in chains]})
    firms = known.facts["firm_id"]
    rows = firms.to_frame().with_row_index("at")
    members = read_pairs(pairs.join(rows, on="firm_id"), len(firms))
    facets = {**known.facets, "tie": _tie_facet(paths.tie_steps, rows)}
    index = FirmIndex(firms, facets, members, texts, known.orders, known.places)
    growth = known.growth.to_pandas().set_index("firm_id")
    beside = growth.join(paths, how="outer").join(ties.n_projects.rename("n_projects"), how="outer")
    beside = beside.assign(connection=beside.tie_value).astype(dict.fromkeys(_TEXTS, "str"))
    return Universe(index, known.facts, beside, chains)


def _place_names(places: pl.DataFrame) -> list[str]:
    """What may stand before a firm's own name: 山东, 山东省, 济南, 山东省济南市, 济南历下."""
    short = pl.col("name").str.replace("(省|市|区|县|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$", "")
    known = places.filter(pl.col("level") != "nation").with_columns(short.alias("short"))
    names = {row["adcode"]: (row["name"], row["short"]) for row in known.to_dicts()}
    above = {
        row["adcode"]: {row["province_code"], row["city_code"]} - {row["adcode"], None} for row in known.to_dicts()
    }
    single = [name for two in names.values() for name in two]
    double = [a + b for code, own in names.items() for up in above[code] if up in names for a in names[up] for b in own]
    return [*single, *double]


def _tie_facet(steps: pd.Series, rows: pl.DataFrame) -> Facet:
    """Firms by the number of links to a local firm or project; ``steps`` : by firm_id."""
    paths = pl.DataFrame({"firm_id": pl.Series(steps.index.to_list(), dtype=pl.String), "n_steps": steps.to_list()})
    known = rows.join(paths, on="firm_id")
    words = {"1": "直接关联", "2": "隔一家", "3": "隔两家"}
    masks = {key: mask(known["at"].filter(known["n_steps"] == int(key)), rows.height) for key in words}
    return with_none(words, masks, rows.height, "未见关联")
