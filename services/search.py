"""The index of all firms, made from the store: built once for each state of it and shared by all who search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import polars as pl
from numpy.typing import NDArray

from analysis.search import bands
from analysis.search.facets import Facet, code_facet, set_facet
from analysis.search.filter import NONE
from analysis.search.index import FirmIndex, Order
from analysis.search.membership import read_pairs
from analysis.search.texts import Texts, read_texts
from analysis.target_reasons import RUNNING
from analysis.targets import size
from chains.model import Chain
from data.sql import load_sql
from data.store import Store
from services.context import Context
from services.ties import Ties, tied

ENDED = "注销|吊销|撤销|迁出|停业|清算"
_SORTED = ("capital_cny", "founded_on", "employees", "revenue_cny")
_KNOWN_PLACES = {
    "province": pl.col("level") == "province",
    "city": (pl.col("level") == "city") | (pl.col("city_code") == pl.col("adcode")),
    "county": pl.lit(value=False),
}
_REPEATED = ("capital_flag", "status", "industry_text", "city_code", "adcode", "region")
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
    return "/".join(str(one) for one in store.rows(load_sql("search_version"))[0])


@dataclass(frozen=True)
class Universe:
    """All firms of the store as they are searched and told of.

    facts : what the store says of each firm of the index (search_facts.sql), without its scope
    beside : by firm_id, of the firms of which any of it is known: foundings elsewhere, the larger firm of the brand and lists
        (search_growth.sql), the path to a local firm (``services.ties.tied``), connection (its value) and n_projects (local)
    """

    index: FirmIndex
    facts: pl.DataFrame
    beside: pd.DataFrame
    chains: tuple[Chain, ...]


def read_universe(store: Store, context: Context, chains: tuple[Chain, ...], ties: Ties, texts: Texts) -> Universe:
    """The firms with facets, segments of the chains, orders and texts (:func:`firm_texts` of the same state of the store)."""
    paths = tied(store, ties, pd.Series(ties.paths.firms)).set_index("firm_id")
    growth = store.query_polars(load_sql("search_growth").replace("{growth}", load_sql("firm_growth")))
    sql = load_sql("search_facts").replace("{region}", context.home.where_sql)
    facts = store.query_polars(sql, context.home.params)
    rows = facts.select("firm_id").with_row_index("at")
    tags = store.query_polars(load_sql("search_tags")).join(rows, on="firm_id")
    pairs = store.query_polars(load_sql("search_pairs"), {"chains": [chain.id for chain in chains]})
    facets = {
        **_place_facets(facts, store.query_polars(load_sql("search_places"))),
        **_fact_facets(facts, context.as_of),
        "tag": _tag_facet(tags, facts.height),
        "growing": _growing_facet(growth.join(rows, on="firm_id"), facts.height, context.as_of),
        "tie": _tie_facet(paths.tie_steps, rows),
        "source": _source_facet(store, rows),
    }
    members = read_pairs(pairs.join(rows, on="firm_id"), facts.height)
    orders = _orders(facts, tags, context.as_of)
    places = {sort: _inverse(order) for sort, order in orders.items()}
    index = FirmIndex(facts["firm_id"], facets, members, texts, orders, places)
    known = growth.to_pandas().set_index("firm_id").join(paths, how="outer")
    known = known.join(ties.n_projects.rename("n_projects"), how="outer").assign(connection=lambda all: all.tie_value)
    told = facts.drop("province", "city", "county").with_columns(pl.col(_REPEATED).cast(pl.Categorical))
    return Universe(index, told, known.astype(dict.fromkeys(_TEXTS, "str")), chains)


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


def _place_facets(facts: pl.DataFrame, places: pl.DataFrame) -> dict[str, Facet]:
    """Every province and prefecture in force can be asked for; of the many counties those that have a firm."""
    names = dict(places.select("adcode", "full_name").rows())
    here = facts["here"].to_numpy()
    found: dict[str, Facet] = {"place": code_facet({"away": "外地", "here": "本地"}, here.astype(np.int64))}
    for level in ("province", "city", "county"):
        known = places.filter(_KNOWN_PLACES[level])["adcode"]
        codes = sorted({*facts[level].drop_nulls().unique(), *known})
        found[level] = _by_value(facts[level], {code: names.get(code, code) for code in codes})
    return found


def _by_value(values: pl.Series, words: Mapping[str, str]) -> Facet:
    """A choice for each value, and one for what is not known."""
    at = {key: number for number, key in enumerate(words)}
    codes = values.replace_strict(at, default=len(at), return_dtype=pl.Int32).fill_null(len(at))
    return code_facet({**words, NONE: bands.UNKNOWN}, codes.to_numpy())


def _fact_facets(facts: pl.DataFrame, as_of: date) -> dict[str, Facet]:
    age = _years(facts["founded_on"], as_of)
    read_in = facts["as_of"].dt.year()
    years = sorted(read_in.unique().to_list(), reverse=True)
    return {
        "capital": _capital_facet(facts),
        "employees": _banded(bands.EMPLOYEES, _floats(facts["employees"])),
        "revenue": _banded(bands.REVENUE, _floats(facts["revenue_cny"])),
        "age": _banded(bands.AGE, age),
        "listed": code_facet(
            {"1": "上市", NONE: "无上市记录"}, facts["stock_code"].is_null().to_numpy().astype(np.int64)
        ),
        "status": _status_facet(facts["status"]),
        "year": _by_value(read_in.cast(pl.String), {str(year): f"{year} 年" for year in years}),
    }


def _banded(chosen: bands.Bands, values: NDArray[np.float64]) -> Facet:
    return code_facet(bands.words(chosen), bands.codes(chosen, values))


def _capital_facet(facts: pl.DataFrame) -> Facet:
    """Bands of registered capital; a capital of 0 (branches) is unknown, one that the import doubted stands by itself."""
    capital = _floats(facts["capital_cny"])
    codes = bands.codes(bands.CAPITAL, np.where(capital > 0, capital, np.nan))
    words = bands.words(bands.CAPITAL) | {bands.DOUBTFUL: "存疑"}
    doubted = facts["capital_flag"].is_not_null().to_numpy()
    return code_facet(words, np.where(doubted, len(words) - 1, codes))


def _status_facet(status: pl.Series) -> Facet:
    words = {"running": "存续", "ended": "注销、吊销等", "other": "其他", NONE: bands.UNKNOWN}
    running = status.str.contains(f"^(?:{'|'.join(RUNNING)})").fill_null(value=False).to_numpy()
    ended = status.str.contains(ENDED).fill_null(value=False).to_numpy()
    codes = np.where(status.is_null().to_numpy(), 3, np.where(ended, 1, np.where(running, 0, 2)))
    return code_facet(words, codes)


def _tag_facet(tags: pl.DataFrame, n: int) -> Facet:
    """A choice for each list and year; those whose year is not known have one of the list alone."""
    masks: dict[str, NDArray[np.bool_]] = {}
    words: dict[str, str] = {}
    for (name, year), rows in tags.partition_by("list_name", "year", as_dict=True, maintain_order=True).items():
        key = f"{name}|{'' if year is None else year}".replace(",", "，")
        words[key] = f"{name} {'年份不详' if year is None else f'{year} 年'}"
        masks[key] = _mask(rows["at"], n)
    return _with_none(words, masks, n, "不在名单上")


def _growing_facet(growth: pl.DataFrame, n: int, as_of: date) -> Facet:
    """Firms by the last of their foundings in other prefectures, recorded or inferred."""
    found = growth.filter((pl.col("n_branches_away") > 0) | (pl.col("n_affiliates_away") > 0))
    since = _years(found.select(pl.max_horizontal("last_branch_on", "last_affiliate_on")).to_series(), as_of)
    masks = {
        key: _mask(found["at"].filter(pl.Series((since <= years) | (years == np.inf), dtype=pl.Boolean)), n)
        for key, (_, years) in bands.WITHIN.items()
    }
    return _with_none({key: word for key, (word, _) in bands.WITHIN.items()}, masks, n, bands.UNKNOWN)


def _tie_facet(steps: pd.Series, rows: pl.DataFrame) -> Facet:
    """Firms by the number of links to a local firm or project; ``steps`` : by firm_id."""
    paths = pl.DataFrame({"firm_id": pl.Series(steps.index.to_list(), dtype=pl.String), "n_steps": steps.to_list()})
    known = rows.join(paths, on="firm_id")
    words = {"1": "直接关联", "2": "隔一家", "3": "隔两家"}
    masks = {key: _mask(known["at"].filter(known["n_steps"] == int(key)), rows.height) for key in words}
    return _with_none(words, masks, rows.height, "未见关联")


def _source_facet(store: Store, rows: pl.DataFrame) -> Facet:
    told = store.query_polars(load_sql("search_sources")).join(rows, on="firm_id")
    words, masks = {}, {}
    for (source, title), part in sorted(told.partition_by("source_id", "title", as_dict=True).items()):
        words[str(source)], masks[str(source)] = str(title), _mask(part["at"], rows.height)
    return _with_none(words, masks, rows.height, bands.UNKNOWN)


def _with_none(words: dict[str, str], masks: dict[str, NDArray[np.bool_]], n: int, word: str) -> Facet:
    """The choices, and one of the firms that have none of them."""
    none = ~np.logical_or.reduce([*masks.values(), np.zeros(n, np.bool_)])
    return set_facet(words | {NONE: word}, [*masks.values(), none])


def _orders(facts: pl.DataFrame, tags: pl.DataFrame, as_of: date) -> dict[str | None, Order]:
    """Rows by size (``analysis.targets.size``), of one size the larger revenue first, and by the sortable columns; unknown last."""
    tagged = pd.Series("有", index=range(facts.height), dtype="str").where(_mask(tags["at"], facts.height))
    asked = ("capital_cny", "capital_flag", "employees", "revenue_cny", "founded_on")
    sizes = size(facts.select(asked).to_pandas().assign(tags=tagged), as_of)
    columns = {name: _numbers(facts[name]) for name in _SORTED}
    larger = [-columns[name] for name in ("capital_cny", "employees", "revenue_cny")]  # size is capped: ties are many
    usual = np.lexsort((*larger, np.where(sizes.isna(), 1.0, -sizes)))
    orders: dict[str | None, Order] = {None: usual.astype(np.int32)}
    orders |= {name: _sorted(values) for name, values in columns.items()}
    return orders | {f"-{name}": _sorted(-values) for name, values in columns.items()}


def _inverse(order: Order) -> Order:
    """The place of each row in the order."""
    places = np.empty(len(order), np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    return places


def _sorted(values: NDArray[np.float64]) -> Order:
    return np.argsort(values, kind="stable").astype(np.int32)


def _numbers(values: pl.Series) -> NDArray[np.float64]:
    return _floats(values.to_physical() if values.dtype == pl.Date else values)


def _floats(values: pl.Series) -> NDArray[np.float64]:
    return values.cast(pl.Float64).fill_null(np.nan).to_numpy()


def _years(days: pl.Series, as_of: date) -> NDArray[np.float64]:
    """Years from the days to the data's day."""
    return _floats((pl.Series([as_of]) - days.cast(pl.Date)).dt.total_days()) / 365.25


def _mask(at: pl.Series, n: int) -> NDArray[np.bool_]:
    mask = np.zeros(n, np.bool_)
    mask[at.to_numpy()] = True
    return mask
