"""Rows of a firms table (registry, listed firms, targets) to rows of firm_record."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from data.imports.capital import read_capital, to_yuan
from data.imports.cells import Cells
from data.imports.context import Context, Portion
from data.imports.identity import identify
from data.imports.issues import FLAGGED
from data.imports.places import place_firms

TEXTS = ("scope", "products", "address", "industry_text", "status")

# a firm that pays at least fifty people takes in more a year than a tenth of a low wage for each: listed firms that state
# less had written 千元 or 百万元 as 元 (宁德时代: 1,304 万 for 83,601 people), or have nothing to sell yet
MANY = 50
LEAST_REVENUE_CNY = 1e4
TINY = "营业收入折合每名员工不足 1 万元，疑为千元、万元或百万元误作元，未采用"

# columns read ahead of the rest: who and when
KEYS = ("uscc", "stock_code", "name", "as_of")


def read_firms(context: Context) -> Iterator[Portion]:
    """Records of all rows that can be taken, chunk by chunk; the codes that are no division are noted as issues."""
    keys = _keys(context)
    places: list[pl.DataFrame] = []
    done = 0
    for chunk in context.table.chunks(context.columns.sources):
        part = keys.slice(done, chunk.height)
        done += chunk.height
        records, unknown = _check(context, chunk, part)
        places.append(unknown)
        yield Portion({"firm_record": records}, done / context.table.n_rows)
    _note_unknown(context, pl.concat(places))


def _keys(context: Context) -> pl.DataFrame:
    columns = context.columns.columns
    dated = context.as_of is not None or "as_of" in columns or "revenue_year" in columns
    targets = [*KEYS, "revenue_year", *([] if dated else ["founded_on"])]
    sources = [columns[target].source for target in targets if target in columns]
    cells = context.cells(context.table.read(list(dict.fromkeys(source for source in sources if source))))
    return identify(cells, context.dates_of(cells))


def _check(context: Context, chunk: pl.DataFrame, keys: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """firm_record rows of the rows taken, and which of their codes are no division."""
    taken = keys["taken"]
    keys = keys.filter(taken)
    cells = context.cells(chunk.filter(taken))
    as_of = keys["as_of"]
    texts = [cells.text(target) for target in TEXTS]
    place = place_firms(cells, keys["uscc"], texts[TEXTS.index("address")], context.region)
    employees = cells.count("employees")
    columns = [
        *keys.drop("taken").get_columns(),
        cells.date("founded_on", as_of),
        *read_capital(cells, as_of).get_columns(),
        *texts,
        cells.code("gb4754").alias("gb4754"),
        employees,
        _revenue(cells, as_of, employees),
        cells.year("revenue_year").alias("revenue_year"),
        *place.select("registered_code", "city_code", "adcode").get_columns(),
    ]
    records = pl.DataFrame(columns).with_columns(
        batch_id=pl.lit(context.batch_id), source_id=pl.lit(context.source_id())
    )
    return records, _unknown(place, keys["row_number"])


def _revenue(cells: Cells, as_of: pl.Series, employees: pl.Series) -> pl.Series:
    """Revenue in 元; what cannot be the year's revenue of so many people is flagged and left unknown."""
    stated = cells.money("revenue")
    revenue = to_yuan(stated.amount, stated.currency.fill_null("CNY"), as_of).alias("revenue_cny")
    tiny = (revenue > 0) & (employees >= MANY) & (revenue < LEAST_REVENUE_CNY * employees)
    cells.flag("revenue", pl.select(pl.when(tiny.fill_null(value=False)).then(pl.lit(TINY))).to_series())
    return pl.select(pl.when(~tiny.fill_null(value=False)).then(revenue).alias("revenue_cny")).to_series()


def _unknown(place: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """code, n_rows, first_row of codes that are no division."""
    marked = place.select("asked", "code_known").with_columns(rows.alias("row_number")).filter(~pl.col("code_known"))
    return marked.group_by(code="asked").agg(n_rows=pl.len().cast(pl.Int64), first_row=pl.col("row_number").min())


def _note_unknown(context: Context, places: pl.DataFrame) -> None:
    """One issue a code, not one a row: a region may have a hundred thousand firms under one."""
    codes = (
        places.group_by("code")
        .agg(pl.col("n_rows").sum(), pl.col("first_row").min())
        .sort("n_rows", "code", descending=True)
    )
    context.unknown_codes.update(codes.select("code", "n_rows").iter_rows())
    target = "county_code" if "county_code" in context.columns else "uscc"
    label = context.cells(pl.DataFrame({"row_number": []})).label(target)
    reason = pl.format(
        "区划代码 {} 不是现行或已撤并的行政区划，共 {} 行，首见于本行；企业保留在所在城市", "code", "n_rows"
    )
    context.issues.note(
        codes.select(
            severity=pl.lit(FLAGGED), row_number="first_row", column_name=pl.lit(label), value="code", reason=reason
        )
    )
