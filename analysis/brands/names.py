"""Firm names taken apart: place, brand (字号), trade words, legal form."""

from __future__ import annotations

import polars as pl

from analysis.brands.places import Places
from analysis.brands.words import any_word, trade_of

_COMPANY = r"(?:有限|责任|股份)公司$"
_FORM = r"(?:集团|控股)*(?:股份)?(?:有限)?(?:责任)?(?:总)?公司$"
_GROUP = r"^(.{2,12}?)集团(.+)$"
_BRAND = rf"^(.{{2,8}}?)((?:{any_word()})*)$"
_COMMON = (
    "国有|集体|供销|农村|城市|城乡|人民|中心|事务|服务|项目|第[一二三四五六七八九十]|城镇|乡镇|街道|合作社|总公司|经济|研究|公共|交通|公路|高速|有线|广播|电视"
    "|国网|油田|监狱|邮政|烟草|自来水|供电|民政|残疾|福利|社会|地方|国营|军|省|市$|县$|地质|水利|农垦|林场|农场|矿务|[东西南北中]部$|[一二三四五六七八九]建$|^[一二三四五六七八九]机|光谷|冀中|厂$"
)
"""Words of public bodies and of what is no brand."""
_NO_BRAND = rf"^(?:{any_word()})+$"
_PLACES = 3
"""Places before a brand: province, prefecture, county."""
_TOLD = (
    "firm_id",
    "brand",
    "tail",
    "trade",
    "place_brand",
    "bracket",
    "inside",
    "origin",
    "origin_province",
    "is_group",
    "of_group",
)


def read_names(firms: pl.DataFrame, places: Places) -> pl.DataFrame:
    """The names of companies taken apart; conservative: what is not understood has no brand.

    A name is [place] brand trade-words [(place)] form: 湖州福耀汽车玻璃有限公司 → place 湖州, brand 福耀, trade 玻璃. The brand is the
    shortest beginning of two to eight characters after which only known trade words follow, and no trade word itself.

    Parameters
    ----------
    firms : firm_id, name, city_code (prefecture, may be null)
    places : names of divisions (``analysis.brands.places.read_places``)

    Returns
    -------
    one row a company with limited liability that is no branch: firm_id, brand (null: not understood), tail (its trade
    words), trade (null: none named), place_brand (a division has the name of the brand), bracket (its own place stands in
    brackets), inside (its own place stands behind the brand), origin (another place stands in the name: 汉川广东温氏家禽 →
    广东) and origin_province (two digits), is_group (…集团有限公司), of_group (a group is named before the firm's own words:
    福耀集团长春有限公司).

    Examples
    --------
    >>> from analysis.brands.places import read_places
    >>> divisions = pl.DataFrame({"name": ["浙江省", "湖州市"], "level": ["province", "city"],
    ...                           "city_code": [None, "330500"], "province_code": ["330000", "330000"]})
    >>> firm = pl.DataFrame({"firm_id": ["a"], "name": ["湖州福耀汽车玻璃有限公司"], "city_code": ["330500"]})
    >>> read_names(firm, read_places(divisions)).select("brand", "tail", "trade").row(0)
    ('福耀', '汽车玻璃', '玻璃')
    """
    companies = _companies(firms)
    parts = companies.partition_by("city_code", as_dict=True)
    read = [_of_prefecture(rows, places.own_pattern(city)) for (city,), rows in parts.items()]
    rows = _without_far_place(pl.concat(read) if read else _of_prefecture(companies, "$^"), places)
    rows = _with_brand(rows, places)
    parts = rows.partition_by("city_code", as_dict=True)
    read = [_without_inner_place(rows, places.own_pattern(city)) for (city,), rows in parts.items()]
    rows = pl.concat(read) if read else _without_inner_place(rows, "$^")
    province = pl.col("origin").replace_strict(dict(places.far), default=None, return_dtype=pl.String)
    named = pl.col("brand").is_in(list(places.every)).fill_null(value=False)
    return _with_trade(rows).with_columns(named.alias("place_brand"), province.alias("origin_province")).select(_TOLD)


def _companies(firms: pl.DataFrame) -> pl.DataFrame:
    """Companies with their name taken into body (before the form), bracket text, and the words after a group's name."""
    plain = (
        pl.col("name")
        .str.replace_all(r"\s", "")
        .str.replace_all("[（〔﹝【\\[]", "(")
        .str.replace_all("[）〕﹞】\\]]", ")")
    )
    rows = firms.select("firm_id", "city_code", plain.alias("plain"))
    one = pl.col("plain").str.count_matches("公司", literal=True) == 1
    rows = rows.filter(pl.col("plain").str.contains(_COMPANY) & one)
    body = pl.col("plain").str.replace_all(r"\([^()]*\)", "")
    rows = rows.with_columns(
        pl.col("plain").str.extract(r"\(([^()]*)\)", 1).fill_null("").alias("bracketed"),
        body.str.contains(r"集团(?:控股)?(?:股份)?(?:有限)?(?:责任)?公司$").alias("ends_group"),
        body.str.replace(_FORM, "").alias("body"),
    )
    group = pl.col("body").str.extract_groups(_GROUP)
    return rows.with_columns(group.struct.field("1").alias("lead"), group.struct.field("2").alias("own_words")).select(
        "firm_id",
        "city_code",
        "bracketed",
        pl.coalesce("lead", "body").alias("rest0"),
        pl.col("own_words").fill_null(""),
        pl.col("lead").is_not_null().alias("of_group"),
        ((pl.col("ends_group") | (pl.col("bracketed") == "集团")) & pl.col("lead").is_null()).alias("is_group"),
    )


def _of_prefecture(rows: pl.DataFrame, own: str) -> pl.DataFrame:
    """Firms of one prefecture with rest1 … rest3: the name without its first one, two, three places."""
    for number in range(_PLACES):
        rows = rows.with_columns(pl.col(f"rest{number}").str.replace(f"^{own}", "").alias(f"rest{number + 1}"))
    return rows.with_columns(pl.col("bracketed").str.contains(f"^{own}$").alias("bracket"))


def _without_far_place(rows: pl.DataFrame, places: Places) -> pl.DataFrame:
    """origin: another place that stands before the brand, with at least four characters after it."""
    found = pl.col(f"rest{_PLACES}").str.extract_groups(f"^{places.far_pattern}(.{{4,}})$")
    return rows.with_columns(
        found.struct.field("1").alias("origin"), found.struct.field("2").alias("_behind")
    ).with_columns(pl.coalesce("_behind", f"rest{_PLACES}").alias(f"rest{_PLACES}"))


def _with_brand(rows: pl.DataFrame, places: Places) -> pl.DataFrame:
    """brand and tail; where only trade words are left, one place too many was taken off: 长沙芙蓉建材.

    A place with the trade word behind it is the brand of last resort: 上海电气, 武汉钢铁.
    """
    rows = _taken(rows, _PLACES)
    for number in range(_PLACES - 1, 0, -1):
        failed = pl.col("brand").is_null() & (pl.col(f"rest{number}") != pl.col(f"rest{number + 1}"))
        again = rows.filter(failed)
        rows = pl.concat([rows.filter(~failed), _taken(again.drop("brand", "tail"), number)])
    bare = "|".join(sorted(places.far))
    of_place = pl.col("rest0").str.extract(f"^((?:{bare})(?:{any_word()}))", 1)
    known = pl.col("brand").is_not_null() & ~pl.col("brand").is_in(list(places.far))
    allowed = ~of_place.str.contains(_COMMON)
    return rows.with_columns(pl.when(known).then("brand").when(allowed).then(of_place).alias("brand"))


def _taken(rows: pl.DataFrame, number: int) -> pl.DataFrame:
    rest = pl.col(f"rest{number}")
    found = rest.str.extract_groups(_BRAND)
    rows = rows.with_columns(found.struct.field("1").alias("brand"), found.struct.field("2").alias("tail"))
    # 中国石化, 中国船舶: the word that follows belongs to the brand
    national = pl.when(pl.col("brand") == "中国").then(rest.str.slice(0, 4)).otherwise("brand")
    understood = ~rest.str.contains(_NO_BRAND) & ~pl.col("brand").str.contains(_COMMON)
    return rows.with_columns(pl.when(understood).then(national).alias("brand"))


def _without_inner_place(rows: pl.DataFrame, own: str) -> pl.DataFrame:
    """inside: the firm's own place stands behind the brand (重庆 in 海尔重庆电器), or behind the group's name."""
    inner = pl.col("brand").str.extract(f"^(.{{2,}}?){own}$", 1)
    behind = pl.col("own_words").str.contains(f"^{own}")
    return rows.with_columns(
        pl.coalesce(inner, "brand").alias("brand"),
        (inner.is_not_null() | behind).fill_null(value=False).alias("inside"),
        pl.col("own_words").str.replace(f"^{own}", ""),
    )


def _with_trade(rows: pl.DataFrame) -> pl.DataFrame:
    """The trade that the firm's own words say, else its tail."""
    texts = pl.concat([rows["own_words"], rows["tail"].drop_nulls()]).unique()
    said = pl.DataFrame(
        {"text": texts, "said": [trade_of(text) for text in texts]}, {"text": pl.String, "said": pl.String}
    )
    for column, name in (("own_words", "own_trade"), ("tail", "tail_trade")):
        rows = rows.join(said.rename({"text": column, "said": name}), on=column, how="left")
    return rows.with_columns(pl.coalesce("own_trade", "tail_trade").alias("trade"))
