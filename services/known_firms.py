"""What the store says of every firm, with the facets and orders made of it: the same until firms are imported or home moves."""

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
from analysis.search.index import Order
from analysis.target_reasons import RUNNING
from analysis.targets import size
from data.sql import load_sql
from data.store import Store
from services.context import Context

ENDED = "注销|吊销|撤销|迁出|停业|清算"
_SORTED = ("capital_cny", "founded_on", "employees", "revenue_cny")
_KNOWN_PLACES = {
    "province": pl.col("level") == "province",
    "city": (pl.col("level") == "city") | (pl.col("city_code") == pl.col("adcode")),
    "county": pl.lit(value=False),
}
_REPEATED = ("capital_flag", "status", "industry_text", "city_code", "adcode", "region")


@dataclass(frozen=True)
class KnownFirms:
    """All firms of the store, by firm_id, as far as imports and the home region tell. Made by :func:`read_known`.

    facts : one row a firm, what a list says of it (search_facts.sql), without its scope
    growth : one row a firm that has any: foundings elsewhere, the larger firm of the brand and lists
        (search_growth.sql)
    facets : made of these; orders, places : as ``analysis.search.index.FirmIndex``
    """

    facts: pl.DataFrame
    growth: pl.DataFrame
    facets: Mapping[str, Facet]
    orders: Mapping[str | None, Order]
    places: Mapping[str | None, Order]

    def of(self, firms: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Facts and growth of some of the firms: one row each that there is."""
        asked = pl.col("firm_id").is_in(firms.implode())
        return self.facts.filter(asked).with_columns(pl.col(_REPEATED).cast(pl.String)), self.growth.filter(asked)


def known_version(store: Store) -> str:
    """Changes whenever what is known of firms does, and not with every decision."""
    return "/".join(str(one) for one in store.rows(load_sql("search_version"))[0])


def read_known(store: Store, context: Context) -> KnownFirms:
    """What the store says of its firms."""
    growth = store.query_polars(load_sql("search_growth").replace("{growth}", load_sql("firm_growth")))
    sql = load_sql("search_facts").replace("{region}", context.home.where_sql)
    facts = store.query_polars(sql, context.home.params)
    rows = facts.select("firm_id").with_row_index("at")
    tags = store.query_polars(load_sql("search_tags")).join(rows, on="firm_id")
    facets = {
        **_place_facets(facts, store.query_polars(load_sql("search_places"))),
        **_fact_facets(facts, context.as_of),
        "tag": _tag_facet(tags, facts.height),
        "growing": _growing_facet(growth.join(rows, on="firm_id"), facts.height, context.as_of),
        "source": _source_facet(store, rows),
    }
    orders = _orders(facts, tags, context.as_of)
    places = {sort: _inverse(order) for sort, order in orders.items()}
    told = facts.drop("province", "city", "county").with_columns(pl.col(_REPEATED).cast(pl.Categorical))
    return KnownFirms(told, growth, facets, orders, places)


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
        masks[key] = mask(rows["at"], n)
    return with_none(words, masks, n, "不在名单上")


def _growing_facet(growth: pl.DataFrame, n: int, as_of: date) -> Facet:
    """Firms by the last of their foundings in other prefectures, recorded or inferred."""
    found = growth.filter((pl.col("n_branches_away") > 0) | (pl.col("n_affiliates_away") > 0))
    since = _years(found.select(pl.max_horizontal("last_branch_on", "last_affiliate_on")).to_series(), as_of)
    masks = {
        key: mask(found["at"].filter(pl.Series((since <= years) | (years == np.inf), dtype=pl.Boolean)), n)
        for key, (_, years) in bands.WITHIN.items()
    }
    return with_none({key: word for key, (word, _) in bands.WITHIN.items()}, masks, n, bands.UNKNOWN)


def _source_facet(store: Store, rows: pl.DataFrame) -> Facet:
    told = store.query_polars(load_sql("search_sources")).join(rows, on="firm_id")
    words, masks = {}, {}
    for (source, title), part in sorted(told.partition_by("source_id", "title", as_dict=True).items()):
        words[str(source)], masks[str(source)] = str(title), mask(part["at"], rows.height)
    return with_none(words, masks, rows.height, bands.UNKNOWN)


def with_none(words: dict[str, str], masks: dict[str, NDArray[np.bool_]], n: int, word: str) -> Facet:
    """The choices, and one of the firms that have none of them."""
    none = ~np.logical_or.reduce([*masks.values(), np.zeros(n, np.bool_)])
    return set_facet(words | {NONE: word}, [*masks.values(), none])


def _orders(facts: pl.DataFrame, tags: pl.DataFrame, as_of: date) -> dict[str | None, Order]:
    """Rows by size (``analysis.targets.size``), of one size the larger revenue first, and by the sortable columns; unknown last."""
    tagged = pd.Series("有", index=range(facts.height), dtype="str").where(mask(tags["at"], facts.height))
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


def mask(at: pl.Series, n: int) -> NDArray[np.bool_]:
    """Which of ``n`` rows are at the places."""
    found = np.zeros(n, np.bool_)
    found[at.to_numpy()] = True
    return found
