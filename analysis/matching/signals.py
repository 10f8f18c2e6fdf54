"""What a firm's name says of it."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analysis.matching.rules import SegmentRule
from analysis.matching.search import find

#: Classes of names.
PLAIN_NAME, MAKER_NAME, TRADER_NAME, SERVICE_NAME, BRANCH_NAME, OUTLET_NAME = range(6)

#: Shops carry their head office's scope, whatever it says of making.
_OUTLET = r"加油站|加气站|加油点|油库|药店|药房|超市|便利店|专卖店|连锁店|营业厅|分理处|储蓄所|书店|[^酒]店$|代销点"

_BRANCH = r"分公司|分店|支公司|营业部|门市部?|经营部|营业厅|分部|办事处|专卖店|连锁店|加油站|代销点|[^车]站$|店$|超市|商场|商店|药房|药店|商行|供应站|支行|分社|销售公司|销售部|服务部"
_TRADER = r"商贸|贸易|经贸|销售|经销|物资|商业|商社|进出口|批发|零售|供销|百货|电子商务|物贸|建材城|贸工|外贸|便利|市场|购销|供应|汽贸|科贸|农资|生产资料"
_SERVICE = r"工程|安装|维修|修理|服务|咨询|劳务|租赁|装饰|建筑|装璜|装潢|物流|运输|货运|快递|物业|投资|置业|地产|酒店|宾馆|广告|传媒|管理|旅游|餐饮|保险|银行|典当|汽修|回收|施工|监理|信息技术|网络|软件"
_MAKER = r"厂$|厂[（(]|制造|加工厂|总厂|分厂|工厂|制品|制作|加工|轧钢|铸造|锻造|冶炼"
#: What follows the product in a maker's name: 武进轴承有限公司, 东方泵业集团.
_AFTER = r"^(?:专业|农民|合作社|养殖|种植|加工|农牧|农业|场|系统|设备|材料|机械|产品|制品|部件|零部件|配件|科技|技术|工业|实业|制造|加工|生产|业|电器|电子|集团|总|分|厂|有限|股份|公司|责任|（|\(|[一-龥]{0,2}厂|[一-龥]{0,3}(?:有限|股份|集团))"


def read_names(names: pl.Series) -> pl.Series:
    """The class of every name."""
    name = pl.col("name")
    frame = pl.DataFrame({"name": names.cast(pl.String).fill_null("")})
    return frame.select(
        pl.when(name.str.contains(_OUTLET))
        .then(pl.lit(OUTLET_NAME))
        .when(name.str.contains(_BRANCH))
        .then(pl.lit(BRANCH_NAME))
        .when(name.str.contains(_MAKER))
        .then(pl.lit(MAKER_NAME))
        .when(name.str.contains(_TRADER))
        .then(pl.lit(TRADER_NAME))
        .when(name.str.contains(_SERVICE))
        .then(pl.lit(SERVICE_NAME))
        .otherwise(pl.lit(PLAIN_NAME))
        .cast(pl.UInt8)
        .alias("name_class")
    )["name_class"]


def named_after(names: pl.Series, patterns: pl.DataFrame, rules: Sequence[SegmentRule]) -> pl.DataFrame:
    """Firms named after a keyword of a segment: rows (firm, segment, named_keyword); names in plain form."""
    found = find(names, patterns)
    stop = pl.col("start") + pl.col("word").str.len_bytes().cast(pl.Int64)
    rest = pl.col("name").cast(pl.Binary).bin.slice(stop).cast(pl.String)
    frame = found.with_columns(name=names.gather(found["row"])).filter(rest.str.contains(_AFTER))
    frame = _without_denied(frame.join(patterns, on="word"), rules).select(
        firm="row", segment="segment", named_keyword="keyword"
    )
    return frame.unique(["firm", "segment"], keep="first", maintain_order=True)


def _without_denied(frame: pl.DataFrame, rules: Sequence[SegmentRule]) -> pl.DataFrame:
    """Leave out names in which an exclusion reaches over the keyword: 某某液压机械 is no maker of 液压机."""
    denying = [number for number, rule in enumerate(rules) if rule.denied or rule.denials]
    named = frame.filter(pl.col("segment").is_in(denying)).select("segment", "name", "start", "word").unique()
    refused = []
    for segment, name, start, word in named.iter_rows():
        before = name.encode()[:start].decode()
        if rules[segment].refuses(before, word, name[len(before) + len(word) :]):
            refused.append((segment, name, start, word))
    schema = {column: frame.schema[column] for column in ("segment", "name", "start", "word")}
    return frame.join(pl.DataFrame(refused, schema=schema, orient="row"), on=list(schema), how="anti")
